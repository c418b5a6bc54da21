"""Kinds of place (``lexicon/places.tsv``): how heavy one is that tells no population, and how finely it is known."""

from __future__ import annotations

from collections.abc import Mapping

# Weight (a stand-in for population) of rows that give none.
WEIGHT: Mapping[str, int] = {
    "country": 20_000_000, "province": 400_000, "region": 300_000, "city": 60_000, "town": 12_000, "village": 2_000,
    "district": 30_000, "neighbourhood": 8_000, "camp": 10_000, "crossing": 10_000, "airport": 20_000, "port": 10_000,
    "base": 8_000, "field": 8_000, "square": 8_000, "prison": 5_000, "building": 8_000, "sea": 200_000,
    "mountain": 10_000, "valley": 10_000, "island": 10_000,
}  # fmt: skip
# Precision class; every other kind is exact.
PRECISION: Mapping[str, str] = {
    "country": "country", "province": "province", "region": "province", "sea": "province", "city": "locality",
    "town": "locality", "village": "locality", "district": "district", "mountain": "district", "valley": "district",
    "island": "district",
}  # fmt: skip
