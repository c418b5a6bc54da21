"""Rasid: Arabic news to PLOVER-coded events."""

__version__ = "0.1.0"
