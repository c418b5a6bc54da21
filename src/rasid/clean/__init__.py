"""Cleaning: repairs characters, joins wrapped lines and sets boilerplate aside; every step keeps the way back."""

from rasid.clean.boilerplate import BLANKED
from rasid.clean.datelines import KEPT
from rasid.clean.repeated import Repeated, RepeatedLine
from rasid.clean.stage import LISTED, clean, stage

__all__ = ["BLANKED", "KEPT", "LISTED", "Repeated", "RepeatedLine", "clean", "stage"]
