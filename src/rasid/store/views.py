"""The SQL of facets, aggregates and the reports of an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FACETS: Mapping[str, str] = {
    "type": "e.type",
    "quad": "e.quad",
    "status": "e.status",
    "country": "e.country",
    "admin1": "e.admin1",
    "place": "coalesce(e.place_name_en, e.place_name)",
    "reviewed": "e.reviewed",
    "precision": 'e."precision"',
    "month": "strftime(e.\"first\", '%Y-%m')",
    "year": "strftime(e.\"first\", '%Y')",
    "mode": "unnest(e.modes)",
    "context": "unnest(e.contexts)",
    "publisher": "unnest(e.publishers)",
    "actor": "actor",
    "recipient": "recipient",
    "actor_country": "actor",
    "recipient_country": "recipient",
}


class _PartyFacet(NamedTuple):
    role: str
    value: str


_PARTY_FACETS: Mapping[str, _PartyFacet] = {
    "actor": _PartyFacet("actor", "coalesce(p.name_en, p.name, nullif(p.code, ''))"),
    "recipient": _PartyFacet("recipient", "coalesce(p.name_en, p.name, nullif(p.code, ''))"),
    "actor_country": _PartyFacet("actor", "nullif(left(p.code, 3), '')"),
    "recipient_country": _PartyFacet("recipient", "nullif(left(p.code, 3), '')"),
}


def facet(field: str, condition: str, limit: int) -> str:
    """SELECT of the values of ``field`` with their numbers of events; ``condition`` is on ``events AS e``."""
    party = _PARTY_FACETS.get(field)
    if party is None:
        values = f"SELECT {FACETS[field]} AS value FROM events AS e WHERE {condition}"
        counted = "count(*)"
    else:
        chosen = "" if condition == "TRUE" else f" AND p.event IN (SELECT e.id FROM events AS e WHERE {condition})"
        values = f"SELECT {party.value} AS value, p.event FROM event_parties AS p WHERE p.role = '{party.role}'{chosen}"
        counted = "count(DISTINCT event)" if field.endswith("country") else "count(*)"
    return (
        f"SELECT CAST(value AS VARCHAR) AS value, {counted} AS events FROM ({values}) WHERE value IS NOT NULL "
        f"GROUP BY value ORDER BY events DESC, value LIMIT {int(limit)}"
    )


class _Group(NamedTuple):
    """``columns`` are the names and expressions that a way of grouping gives; ``roles`` the parties it looks at."""

    columns: tuple[tuple[str, str], ...]
    roles: tuple[str, ...] = ()


_DAY = 'e."first"'
_UNKNOWN = "'---'"
GROUPS: Mapping[str, _Group] = {
    "day": _Group((("day", _DAY),)),
    "week": _Group((("week", f"CAST(date_trunc('week', {_DAY}) AS DATE)"),)),
    "month": _Group((("month", f"CAST(date_trunc('month', {_DAY}) AS DATE)"),)),
    "year": _Group((("year", f"CAST(date_trunc('year', {_DAY}) AS DATE)"),)),
    "type": _Group((("type", "e.type"),)),
    "quad": _Group((("quad", "e.quad"),)),
    "status": _Group((("status", "e.status"),)),
    "country": _Group((("country", "e.country"),)),
    "place": _Group((("place", "coalesce(e.place_name_en, e.place_name)"),)),
    "mode": _Group((("mode", "unnest(e.modes)"),)),
    "context": _Group((("context", "unnest(e.contexts)"),)),
    "publisher": _Group((("publisher", "unnest(e.publishers)"),)),
    "actor": _Group((("actor", f"coalesce(actors.side, {_UNKNOWN})"),), ("actor",)),
    "recipient": _Group((("recipient", f"coalesce(recipients.side, {_UNKNOWN})"),), ("recipient",)),
    "dyad": _Group(
        (
            ("actor", f"coalesce(actors.side, {_UNKNOWN})"),
            ("recipient", f"coalesce(recipients.side, {_UNKNOWN})"),
        ),
        ("actor", "recipient"),
    ),
}
_SUMS = """count(*) AS events, avg(score) AS mean_score,
  count(*) FILTER (quad IN (1, 2)) AS cooperation, count(*) FILTER (quad IN (3, 4)) AS conflict,
  CAST(sum(reports) AS BIGINT) AS reports, CAST(sum(sources) AS BIGINT) AS sources,
  CAST(sum(killed_low) AS BIGINT) AS killed_low,
  CAST(sum(coalesce(killed_high, killed_low)) AS BIGINT) AS killed_high"""
# An event with two actors of one country is one event of that country.
_SIDES = (
    " LEFT JOIN (SELECT DISTINCT p.event, left(p.code, 3) AS side FROM event_parties AS p"
    " WHERE p.role = '{role}' AND p.code <> '') AS {role}s ON {role}s.event = e.id"
)


def aggregate(by: tuple[str, ...], condition: str) -> str:
    """SELECT of the numbers for each combination of ``by``; ``condition`` is on ``events AS e``."""
    columns = dict(column for name in by for column in GROUPS[name].columns)
    roles = dict.fromkeys(role for name in by for role in GROUPS[name].roles)
    joins = "".join(_SIDES.format(role=role) for role in roles)
    listed = ", ".join(f'{value} AS "{name}"' for name, value in columns.items())
    names = ", ".join(f'"{name}"' for name in columns)
    values = "e.score, e.quad, e.reports, e.sources, e.killed_low, e.killed_high"
    told = f"SELECT {listed}, {values} FROM events AS e{joins} WHERE {condition}"
    return f"SELECT {names}, {_SUMS} FROM ({told}) GROUP BY {names} ORDER BY {names}"


# As rasid.records.Article.text.
TEXT = "CASE WHEN a.title IS NULL OR a.title = '' THEN a.body ELSE a.title || chr(10) || chr(10) || a.body END"
_PARTY = """SELECT list({'role': p.role, 'start': p."start", 'end': p."end", 'text': p.text, 'name': p.name,
  'name_en': p.name_en, 'id': p.actor, 'title': p.title, 'country': p.country, 'sectors': p.sectors, 'code': p.code}
  ORDER BY p.role, p.n) FROM parties AS p WHERE p.report = r.id"""
_SAID = """SELECT list({'start': s."start", 'end': s."end", 'text': s.text, 'code': s.code, 'stance': s.stance}
  ORDER BY s.n) FROM attributions AS s WHERE s.report = r.id"""
_REPORT = (
    "r.*, m.event AS of_event, m.score AS merge_score, m.reasons AS merge_reasons, a.publisher, a.published, a.url,"
    " a.title, a.copy_of, a.language, a.sha256, a.published_by, a.published_reliability,"
    f" substring({TEXT}, r.sentence_start + 1, r.sentence_end - r.sentence_start) AS sentence,"
    f" coalesce(({_PARTY}), []) AS parties, coalesce(({_SAID}), []) AS attributions"
)


def reports(condition: str, *, articles: bool = False) -> str:
    """SELECT of the reports of events, in order of publication; ``condition`` is on ``merges AS m``.

    ``articles`` adds each article's whole text (``article_text``) and coded record.
    """
    more = f", {TEXT} AS article_text, a.coded" if articles else ""
    return (
        f"SELECT {_REPORT}{more} FROM merges AS m JOIN reports AS r ON r.id = m.report"
        f" JOIN articles AS a ON a.id = r.article WHERE {condition} ORDER BY a.published NULLS LAST, r.id"
    )
