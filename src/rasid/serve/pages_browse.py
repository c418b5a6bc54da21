"""Actors, places, sources, the codebook, and the description of the API."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from rasid import codebook
from rasid.serve import data, data_parties, filters
from rasid.serve.pages_charts import timeline_chart
from rasid.serve.view import Visitor
from rasid.serve.words import codes
from rasid.store.filters import Filters

router = APIRouter()
_LISTED = 200


@router.get("/actors")
def actors(view: Visitor) -> Response:
    """Named actors by their events."""
    text = view.asked("name")[:100].replace("\0", "")
    return view.show("actors.html", here="actors", text=text, actors=data_parties.actors(view.desk, text, _LISTED))


@router.get("/actors/{name:path}")
def actor(view: Visitor, name: str) -> Response:
    """One actor: names, codes, offices, whom it deals with, its events."""
    found = data_parties.actor(view.desk, name)
    if found is None:
        raise HTTPException(404, name)
    asked = Filters(party=name)
    return view.show(
        "actor.html",
        here="actors",
        actor=found,
        terms=data_parties.terms(name),
        acting=data_parties.partners(view.desk, name, "actor", 12),
        receiving=data_parties.partners(view.desk, name, "recipient", 12),
        types=data.facet(view.desk, asked, "type"),
        total=data.count(view.desk, asked),
        chart=timeline_chart(view, asked, "", pairs=[("party", name)]),
        events=data.page(view.desk, asked, "date", 20, None).events,
    )


@router.get("/places")
def places(view: Visitor) -> Response:
    """Places by their events."""
    found = data_parties.places(view.desk, view.filters, _LISTED)
    chips = filters.chips(view.pairs, view.w)
    return view.show("places.html", here="places", places=found, chips=chips, countries=_countries(view))


def _countries(view: Visitor) -> tuple[data.Count, ...]:
    return data.facet(view.desk, view.filters, "country", 60)


_SOURCES = """
    SELECT coalesce(a.publisher, '') AS publisher, count(*) AS articles, count(a.copy_of) AS copies,
        count(*) FILTER (a.published IS NULL) AS undated, min(a.published) AS first, max(a.published) AS last,
        any_value(t.reports) AS reports, any_value(t.judged) AS judged, any_value(t.rejected) AS rejected
    FROM articles AS a LEFT JOIN (
        SELECT coalesce(b.publisher, '') AS publisher, count(*) AS reports, count(r.judged) AS judged,
            count(*) FILTER (r.judged = 'reject') AS rejected
        FROM reports AS r JOIN articles AS b ON b.id = r.article GROUP BY ALL
    ) AS t ON t.publisher = coalesce(a.publisher, '') GROUP BY 1 ORDER BY articles DESC, publisher LIMIT 300
"""


# Where articles came from; of feeds that were watched (rasid.watch.state), how it stands with them.
_ORIGINS = """
    SELECT source, count(*) AS articles, max(ingested) AS last FROM articles WHERE source IS NOT NULL
    GROUP BY source ORDER BY last DESC LIMIT 50
"""
_WATCHED = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'feeds'"
_FEEDS = "SELECT url, asked, due, failures, reason FROM feeds ORDER BY failures DESC, url LIMIT 300"


@router.get("/sources")
def sources(view: Visitor) -> Response:
    """Publishers, runs, and what was rejected and why."""
    store = view.store
    return view.show(
        "sources.html",
        here="sources",
        publishers=view.desk.kept("sources", lambda: data.rows(store, _SOURCES)),
        runs=data.rows(store, "SELECT * FROM runs ORDER BY id DESC LIMIT 30"),
        reasons=data.rows(store, "SELECT code, count(*) AS n FROM rejected GROUP BY code ORDER BY n DESC"),
        rejected=data.rows(store, 'SELECT * FROM rejected ORDER BY "at" DESC, id LIMIT 100'),
        origins=data.rows(store, _ORIGINS),
        feeds=data.rows(store, _FEEDS) if data.one(store, _WATCHED) else (),
    )


@router.get("/codebook")
def book(view: Visitor) -> Response:
    """Types, modes, statuses, sectors and contexts."""
    return view.show(
        "codebook.html",
        here="codebook",
        types=codebook.types(),
        statuses=codes("status"),
        stances=codes("stance"),
        sectors=codes("sector"),
        groups=codes("group"),
        contexts=codebook.contexts(),
    )


@router.get("/docs")
def description(view: Visitor) -> Response:
    """The API as the program itself describes it."""
    schema = view.request.app.openapi()
    calls = [
        (method.upper(), path, told) for path, methods in schema["paths"].items() for method, told in methods.items()
    ]
    return view.show("docs.html", here="api", calls=calls)
