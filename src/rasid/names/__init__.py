"""Names and roles: mentions, and from a phrase to an actor with country, sectors, name and identity."""

from rasid.names.act import Act
from rasid.names.coding import Coder, code
from rasid.names.showing import shown
from rasid.names.stage import code_reports, stage

__all__ = ["Act", "Coder", "code", "code_reports", "shown", "stage"]
