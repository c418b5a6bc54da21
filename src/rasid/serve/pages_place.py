"""The page of one place: how the news call it, what happened there, who deals with whom."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from rasid.serve import data, data_parties, filters
from rasid.serve.pages_charts import timeline_chart
from rasid.serve.view import Visitor
from rasid.store.filters import Box

router = APIRouter()
_DYADS, _EVENTS = 12, 20
_NEAR = 0.001  # degrees


@router.get("/places/at")
def place(view: Visitor) -> Response:
    """One place, by its name and country."""
    name, country = view.asked("name")[:200].replace("\0", ""), view.asked("country")[:3]
    found = data_parties.places_named(view.desk, name, country)
    if not found:
        raise HTTPException(404, name)
    pairs = _pairs(name, country, found)
    asked = filters.read(pairs)
    return view.show(
        "place.html",
        here="places",
        places=found,
        names=data_parties.place_names(view.desk, name, country),
        types=data.facet(view.desk, asked, "type"),
        dyads=data_parties.dyads(view.desk, asked, "party", 1, _DYADS),
        total=data.count(view.desk, asked),
        chart=timeline_chart(view, asked, "", pairs=pairs),
        events=data.page(view.desk, asked, "date", _EVENTS, None).events,
        events_of=lambda **more: "/events?" + filters.written(pairs, **more),
    )


def _pairs(name: str, country: str, found: tuple[data.Row, ...]) -> list[filters.Pair]:
    """The filters that give the events of the place: its name, its country, and where it lies.

    The name alone would also give those of places whose names hold it.
    """
    spots = [(row["longitude"], row["latitude"]) for row in found if row["latitude"] is not None]
    pairs = [("place", name), *([("country", country)] if country else [])]
    if len(spots) < len(found):
        return pairs
    box = Box(
        min(east for east, _ in spots) - _NEAR,
        min(north for _, north in spots) - _NEAR,
        max(east for east, _ in spots) + _NEAR,
        max(north for _, north in spots) + _NEAR,
    )
    return [*pairs, ("bbox", ",".join(f"{edge:.4f}" for edge in box))]

