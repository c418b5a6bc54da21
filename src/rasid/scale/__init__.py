"""The pipeline over many processes and many machines; the result is the same to the byte."""

from rasid.scale.coding import Outcome, coded

__all__ = ["Outcome", "coded"]
