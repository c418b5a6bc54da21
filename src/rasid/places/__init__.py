"""Places: phrases that tell where, resolved to one place of the gazetteer, or left blank with a reason."""

from rasid.places.bind import bind
from rasid.places.reading import read
from rasid.places.reasons import Reason
from rasid.places.stage import resolve, stage

__all__ = ["Reason", "bind", "read", "resolve", "stage"]
