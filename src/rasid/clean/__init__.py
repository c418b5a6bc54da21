"""Cleaning: repairs characters, joins wrapped lines and sets boilerplate aside; every step keeps the way back."""

from rasid.clean.repeated import Repeated, RepeatedLine
from rasid.clean.stage import clean, stage

__all__ = ["Repeated", "RepeatedLine", "clean", "stage"]
