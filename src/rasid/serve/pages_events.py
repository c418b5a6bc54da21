"""The list of events with its filters, and the page of one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from rasid.serve import data, data_reports, exporting, filters, sentences
from rasid.serve.data import Count
from rasid.serve.view import View, Visitor
from rasid.serve.words import Words
from rasid.store import queries

router = APIRouter()
_PAGE = 50
COLUMNS = (
    *("date", "type", "line", "who", "place", "sources_n", "status", "modes", "contexts", "toll", "publisher"),
    *("published", "reports_n", "confidence", "cameo", "score", "reviewed"),
)
_USUAL = ("date", "type", "line", "who", "place", "sources_n")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how it is called, how many events have it, whether it is chosen."""

    value: str
    label: str
    events: int
    chosen: bool
    quad: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of several values; ``single`` when one at most can be chosen."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    single: bool = False


@router.get("/events")
def listed(view: Visitor) -> Response:
    """Events that fit the filters."""
    order = view.chosen("order", ORDERS)
    found = data.page(view.desk, view.filters, order, _PAGE, view.asked("after") or None)
    columns = [name for name in view.request.query_params.getlist("col") if name in COLUMNS] or list(_USUAL)
    return view.show(
        "events.html",
        here="events",
        events=found.events,
        found=found,
        total=data.count(view.desk, view.filters),
        facets=facets(view),
        chips=filters.chips(view.pairs, view.w),
        columns=columns,
        all_columns=COLUMNS,
        order=order,
        orders=ORDERS,
        hits=sentences.hits(view.store, found.events, view.filters.text),
        formats=exporting.formats(),
        stances=("states", "confirms", "denies", "claims"),
    )


ORDERS = ("published", "date", "sources", "killed", "confidence")


def facets(view: View) -> list[Facet]:
    """The filters of several values, counted."""
    return [
        _facet(view, "quad", 4),
        _facet(view, "type", 16),
        _facet(view, "status", 4),
        _facet(view, "country", 25),
        _facet(view, "publisher", 15, single=True),
        _facet(view, "reviewed", 2, single=True),
    ]


def _facet(view: View, name: str, limit: int, *, single: bool = False) -> Facet:
    chosen = set(view.request.query_params.getlist(name))
    counts = list(data.facet(view.desk, view.filters, name, limit))
    if name == "reviewed":
        counts = [Count("yes" if count.value == "true" else "no", count.events) for count in counts]
    if name == "quad":
        counts.sort(key=lambda count: count.value)
    shown = {count.value for count in counts}
    counts += [Count(value, 0) for value in sorted(chosen - shown) if name != "publisher"]
    choices = tuple(_choice(name, count, chosen, view.w) for count in counts)
    return Facet(name, view.w(name), choices, single)


def _choice(name: str, count: Count, chosen: set[str], w: Words) -> Choice:
    quad = int(count.value) if name == "quad" and count.value.isdigit() else 0
    label = f"{count.value} · {w.label('type', count.value)}" if name == "type" else filters.shown(name, count.value, w)
    return Choice(count.value, label, count.events, count.value in chosen, quad)


@router.get("/events/{name}")
def event(view: Visitor, name: str) -> Response:
    """One event with its reports side by side."""
    found = queries.event(view.store, name).to_pylist()[0]
    reports = data_reports.told(view.store, name)
    targets = [name, *(report.id for report in reports)]
    return view.show(
        "event.html",
        here="events",
        event=found,
        reports=[sentences.card(report, view.w) for report in reports],
        conflicts=data_reports.conflicts(reports),
        links=data_reports.links(view.store, name),
        decisions=data_reports.decisions(view.store, targets),
        **forms(view),
    )


def forms(view: View) -> dict[str, Any]:
    """What the forms of corrections offer."""
    from rasid.codebook import types
    from rasid.serve.words import codes, countries

    return {
        "types": types(),
        "statuses": codes("status"),
        "precisions": ("exact", "locality", "district", "province", "country"),
        "country_codes": countries(),
        "modes": tuple(dict.fromkeys(mode for kind in types().values() for mode in kind.modes)),
    }
