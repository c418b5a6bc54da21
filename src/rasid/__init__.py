"""Rasid: Arabic news to PLOVER-coded events."""
