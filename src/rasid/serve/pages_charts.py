"""Overview, timeline, map and network."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup

from rasid.serve import charts, data, data_parties, data_review, filters, middles
from rasid.serve.data_parties import Dyad
from rasid.serve.desk import Desk
from rasid.serve.filters import Pair
from rasid.serve.view import View, Visitor
from rasid.store.filters import Filters

router = APIRouter()
_DYADS, _LINKS, _PLACES, _FEW_PLACES = 12, 70, 1200, 300
_MONTHS = 18
_FINE = ("exact", "locality", "district")


_RUNS = "SELECT * FROM runs ORDER BY id DESC LIMIT 5"
_REJECTS = "SELECT code, count(*) AS n FROM rejected GROUP BY code ORDER BY n DESC"


@router.get("/")
def overview(view: Visitor) -> Response:
    """What happened in the chosen period, and what awaits."""
    desk, asked = view.desk, view.filters
    strongest = data_parties.dyads(desk, asked, "party", 1, _DYADS)
    return view.show(
        "overview.html",
        here="overview",
        total=data.count(desk, asked),
        quads={int(count.value): count.events for count in data.facet(desk, asked, "quad")},
        chart=timeline_chart(view, asked, ""),
        map=map_chart(view, asked, "mena", _FEW_PLACES),
        dyads=data_parties.with_change(desk, asked, strongest),
        newest=data.page(desk, asked, "published", 8, None).events,
        reported=data.page(desk, asked, "sources", 8, None).events,
        waiting=desk.kept("waiting", lambda: data_review.waiting(view.store)),
        articles=desk.kept("articles", lambda: data.one(view.store, "SELECT count(*) FROM articles")),
        runs=desk.kept("runs", lambda: data.rows(view.store, _RUNS)),
        rejects=desk.kept("rejects", lambda: data.rows(view.store, _REJECTS)),
        types=data.facet(desk, asked, "type"),
        chips=filters.chips(view.pairs, view.w),
        borders=charts.has_borders(),
    )


def warm(desk: Desk) -> None:
    """Make what the first page of a large store needs, before somebody asks for it."""
    nothing = Filters()
    for field, limit in (("quad", 40), ("type", 40), ("quad", 4), ("type", 16), ("status", 4), ("country", 25)):
        data.facet(desk, nothing, field, limit)
    data.facet(desk, nothing, "publisher", 15)
    data.facet(desk, nothing, "reviewed", 2)
    data.over_time(desk, nothing, data.unit_for(data.span(desk, nothing)))
    data_parties.places(desk, nothing, _FEW_PLACES)
    data_parties.dyads(desk, nothing, "party", 1, _DYADS)


def timeline_chart(view: View, asked: Filters, unit: str, *, pairs: Sequence[Pair] | None = None) -> Markup | None:
    """Events over time in bars that lead to the events; None where no event has a day.

    ``pairs`` are the filters ``asked`` as they stand in addresses; by default those of the page.
    """
    told = tuple(view.pairs if pairs is None else pairs)
    key = ("timeline", view.w.language, asked, unit, told)
    return view.desk.kept(key, lambda: _timeline(view, asked, unit, told))


def _timeline(view: View, asked: Filters, unit: str, pairs: Sequence[Pair]) -> Markup | None:
    unit = unit or data.unit_for(data.span(view.desk, asked))
    slots = data.over_time(view.desk, asked, unit)
    if not slots:
        return None
    quads = [view.w.label("quad", quad) for quad in (1, 2, 3, 4)]
    bars = [
        charts.Bar(
            _label(slot, unit),
            slot.counts,
            "/events?" + filters.written(pairs, from_=str(slot.first), to=str(slot.last), unit=None),
        )
        for slot in slots
    ]
    return charts.stacked(bars, label=view.w(_CHART_TITLES[unit]), quads=quads)


_CHART_TITLES: Mapping[str, str] = {"day": "by_day", "week": "by_week", "month": "by_month", "year": "by_month"}
_CUTS: Mapping[str, slice] = {"day": slice(5, 10), "week": slice(2, 10), "month": slice(0, 7), "year": slice(0, 4)}


def _label(slot: data.Slot, unit: str) -> str:
    return str(slot.first)[_CUTS[unit]]


def map_chart(view: View, asked: Filters, region: str, places: int = _PLACES) -> Markup:
    """The map: countries shaded by what is told of them alone, dots for so many places."""
    key = ("map", view.w.language, asked, region, places, tuple(view.pairs))
    return view.desk.kept(key, lambda: _map(view, asked, region, places))


def _map(view: View, asked: Filters, region: str, places: int) -> Markup:
    shades = []
    for row in data_parties.country_only(view.desk, asked):
        name = view.w.country(row["country"])
        title = f"{name} ({view.w.label('precision', 'country')}): {view.w('n_events', n=row['events'])}"
        address = "/events?" + filters.written(view.pairs, country=row["country"], region=None)
        shades.append(charts.Shade(row["country"], row["events"], title, address, middles.of(row["country"])))
    dots = [_dot(view, row) for row in data_parties.places(view.desk, asked, places) if _drawn(row)]
    return charts.world(shades, dots, region=region, label=view.w("map"))


def _drawn(row: Mapping[str, Any]) -> bool:
    return row["latitude"] is not None and row["precision"] != "country"


def _dot(view: View, row: Mapping[str, Any]) -> charts.Dot:
    name = (row["name_en"] if view.w.language == "en" else None) or row["name"] or row["name_en"] or ""
    told = view.w.label("precision", row["precision"])
    title = f"{name}, {view.w.country(row['country'])} ({told}): {view.w('n_events', n=row['events'])}"
    address = "/events?" + filters.written(view.pairs, place=row["name"] or name, country=row["country"], region=None)
    wide = row["precision"] not in _FINE
    return charts.Dot(row["longitude"], row["latitude"], row["events"], row["quad"], title, address, wide)


@router.get("/map")
def world(view: Visitor) -> Response:
    """The map of a region, with its numbers as a table."""
    region = view.chosen("region", tuple(charts.REGIONS))
    return view.show(
        "map.html",
        here="map",
        region=region,
        regions=tuple(charts.REGIONS),
        map=map_chart(view, view.filters, region),
        borders=charts.has_borders(),
        countries=data_parties.country_only(view.desk, view.filters),
        places=[row for row in data_parties.places(view.desk, view.filters, 60) if _drawn(row)],
        placeless=data_parties.placeless(view.desk, view.filters),
        total=data.count(view.desk, view.filters),
        chips=filters.chips(view.pairs, view.w),
    )


@router.get("/timeline")
def timeline(view: Visitor) -> Response:
    """Events over time, and types by month."""
    usual = data.unit_for(data.span(view.desk, view.filters))
    unit = view.chosen("unit", (usual, *data.UNITS))
    slots = data.over_time(view.desk, view.filters, unit)
    return view.show(
        "timeline.html",
        here="timeline",
        unit=unit,
        units=data.UNITS,
        chart=timeline_chart(view, view.filters, unit),
        slots=[slot for slot in slots if any(slot.counts)],
        heat=_types_by_month(view),
        heat_dyads=_dyads_by_type(view),
        total=data.count(view.desk, view.filters),
        chips=filters.chips(view.pairs, view.w),
    )


def _types_by_month(view: View) -> Markup | None:
    found = [row for row in data.aggregate(view.desk, view.filters, ("type", "month")) if row["month"]]
    told = data.span(view.desk, view.filters)
    shown = {str(row["month"])[:7] for row in found if _within(row["month"], told)}
    months = sorted(shown)[-_MONTHS:]
    values = {(row["type"], str(row["month"])[:7]): row["events"] for row in found}
    used = {kind for kind, month in values if month in months}
    types = [(kind, view.w.label("type", kind)) for kind in _TYPES() if kind in used]

    def address(kind: str, month: str) -> str:
        return "/events?" + filters.written(view.pairs, type=kind, from_=f"{month}-01", to=_month_end(month), unit=None)

    drawn = charts.Heat(types, [(month, month) for month in months], values, address)
    return charts.heat(drawn, label=view.w("heat")) if types else None


def _within(month: datetime.date, told: data.Span) -> bool:
    return told.first is not None and told.last is not None and told.first.replace(day=1) <= month <= told.last


def _TYPES() -> tuple[str, ...]:  # noqa: N802 - a constant that is read when it is needed
    from rasid.codebook import types

    return tuple(types())


def _month_end(month: str) -> str:
    import calendar

    year, number = int(month[:4]), int(month[5:7])
    return f"{month}-{calendar.monthrange(year, number)[1]:02}"


def _dyads_by_type(view: View) -> Markup | None:
    found = [
        row
        for row in data.aggregate(view.desk, view.filters, ("dyad", "type"))
        if "---" not in (row["actor"], row["recipient"]) and row["actor"] != row["recipient"]
    ]
    sums: dict[str, int] = {}
    values: dict[tuple[str, str], int] = {}
    for row in found:
        pair = f"{row['actor']}-{row['recipient']}"
        sums[pair] = sums.get(pair, 0) + row["events"]
        values[pair, row["type"]] = row["events"]
    strongest = sorted(sums, key=lambda pair: (-sums[pair], pair))[:12]
    used = {kind for pair, kind in values if pair in strongest}
    columns = [(kind, kind) for kind in _TYPES() if kind in used]

    def address(pair: str, kind: str) -> str:
        return "/events?" + filters.written(view.pairs, type=kind, actor=pair[:3], recipient=pair[4:], unit=None)

    arrow = "←" if view.w.direction == "rtl" else "→"
    told = [(pair, f"{view.w.country(pair[:3])} {arrow} {view.w.country(pair[4:])}") for pair in strongest]
    return charts.heat(charts.Heat(told, columns, values, address), label=view.w("heat_actors")) if told else None


@router.get("/network")
def network(view: Visitor) -> Response:
    """Who deals with whom."""
    level = view.chosen("level", ("country", "party"))
    least = max(1, min(int(view.asked("least", "1")), 10_000)) if view.asked("least", "1").isdecimal() else 1
    found = data_parties.mutual(view.desk, view.filters, level, least, _LINKS)
    return view.show(
        "network.html",
        here="network",
        level=level,
        least=least,
        chart=_network_chart(view, found) if found else None,
        dyads=found,
        total=data.count(view.desk, view.filters),
        chips=filters.chips(view.pairs, view.w),
    )


def _network_chart(view: View, found: tuple[Dyad, ...]) -> Markup:
    weights: dict[str, int] = {}
    for dyad in found:
        for code in (dyad.actor, dyad.recipient):
            weights[code] = weights.get(code, 0) + dyad.events
    nodes = [
        charts.Node(code, _short(view, code), weight, "/events?" + _query(view, party=code))
        for code, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    ]
    edges = [_edge(view, dyad) for dyad in found]
    return charts.network(nodes, edges, label=view.w("network"))


def _short(view: View, code: str) -> str:
    return view.w.party(code)


def _query(view: View, **changes: str) -> str:
    return filters.written(view.pairs, **changes, level=None, least=None)


def _edge(view: View, dyad: Dyad) -> charts.Edge:
    told = ", ".join(
        f"{view.w.label('quad', quad)} {number}" for quad, number in enumerate(dyad.quads, start=1) if number
    )
    title = f"{view.w.party(dyad.actor)} – {view.w.party(dyad.recipient)}: {dyad.events} ({told})"
    address = "/events?" + _query(view, actor=dyad.actor, recipient=dyad.recipient)
    return charts.Edge(dyad.actor, dyad.recipient, dyad.events, dyad.quad, title, address)
