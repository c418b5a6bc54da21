"""Reports that are new or changed, merged into events; one transaction for some thousands of them, day by day."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import duckdb
import pyarrow as pa

from rasid import merge
from rasid.merge import Joined, Known, Reach, Ruling, Told
from rasid.store import rows
from rasid.store.actors import actors_of, renew
from rasid.store.eventrows import Member, event_rows
from rasid.store.judgements import Judged
from rasid.store.judgements import read as read_judgements
from rasid.store.naming import named
from rasid.store.opening import Store
from rasid.store.told import unpacked
from rasid.store.writing import delete_events

# Reports merged at a time: whole days of publication until there are so many. More would take more memory (8 KB each,
# standing events near them included), fewer would load the same standing events more often.
_AT_A_TIME = 10_000
# An event dated to more days than this is found by its days of publication alone, as rasid.merge does.
_FINE = 7

Watch = Callable[[int, int], None]
Days = list[datetime.date | None]


def merge_new(store: Store, *, watch: Watch | None = None) -> int:
    """Merge all reports that are new or changed; gives the number of events made or changed.

    ``watch`` is told, after each step, how many reports are merged and how many there are to merge.
    A run that is cut short is taken up where it ended and comes to the same events.
    """
    sizes = store.connection.execute(_SIZES).fetchall()
    total, done, written = sum(size for _, size in sizes), 0, 0
    for days, size in _portions(sizes):
        with store.transaction() as connection:
            written += merge_days(connection, days)
        done += size
        if watch:
            watch(done, total)
    return written


_SIZES = "SELECT published, count(*) FROM unmerged GROUP BY published ORDER BY published NULLS LAST"


def _portions(sizes: Sequence[tuple[datetime.date | None, int]]) -> Iterator[tuple[Days, int]]:
    """Days that are merged together, with the number of their reports."""
    days: Days = []
    size = 0
    for day, count in sizes:
        days.append(day)
        size += count
        if size >= _AT_A_TIME:
            yield days, size
            days, size = [], 0
    if days:
        yield days, size


def merge_days(connection: duckdb.DuckDBPyConnection, days: Days) -> int:
    """Merge what was published on ``days`` and is not merged yet, inside the caller's transaction."""
    rulings = Judged(read_judgements(connection)).rulings
    new = _waiting(connection, days)
    existing = _standing(connection, merge.reach(new), [told.id for told in new], rulings)
    joined = merge.join(new, existing, rulings)
    told = {item.id: item for item in itertools.chain((item for event in existing for item in event.reports), new)}
    _replace(connection, joined, told, rulings)
    _link(connection, existing, joined, told)
    renew(connection, actors_of(connection, [item.id for item in new]))
    connection.execute(f"DELETE FROM unmerged WHERE {_ON_DAYS}", [days, None in days])
    return len(joined)


_ON_DAYS = "list_contains(?, published) OR (published IS NULL AND ?)"


def _waiting(connection: duckdb.DuckDBPyConnection, days: Days) -> list[Told]:
    query = f"SELECT record FROM told SEMI JOIN (SELECT report FROM unmerged WHERE {_ON_DAYS}) USING (report)"
    found = connection.execute(query, [days, None in days]).fetchall()
    return sorted((unpacked(record) for (record,) in found), key=lambda told: told.id)


def _standing(
    connection: duckdb.DuckDBPyConnection, spans: Sequence[Reach], new: Sequence[str], rulings: Sequence[Ruling]
) -> list[Known]:
    """Events near the spans, events of the new reports themselves, and those that rulings name."""
    ruled = {name for ruling in rulings for name in (ruling.first, ruling.second)}
    spans_table = pa.table({"first": [span.first for span in spans], "last": [span.last for span in spans]}, _SPANS)
    connection.register("spans", spans_table)
    with named(connection, {*new, *ruled}):
        found = connection.execute(_NEAR, [_FINE]).fetchall()
    connection.unregister("spans")
    events: dict[str, list[Told]] = {}
    for event, record in found:
        events.setdefault(event, []).append(unpacked(record))
    return [Known(name, tuple(sorted(events[name], key=lambda told: told.id))) for name in sorted(events)]


_SPANS = pa.schema([("first", pa.date32()), ("last", pa.date32())])
_NEAR = """
WITH near AS (
    SELECT DISTINCT id FROM events, spans
    WHERE (events."last" - events."first" < ? AND events."first" <= spans."last" AND events."last" >= spans."first")
        OR (events.first_published <= spans."last" AND events.last_published >= spans."first")
    UNION
    SELECT event FROM merges WHERE report IN (SELECT id FROM wanted)
)
SELECT m.event, t.record
FROM merges AS m SEMI JOIN near ON m.event = near.id
JOIN told AS t ON t.report = m.report
"""


def _replace(
    connection: duckdb.DuckDBPyConnection, joined: Sequence[Joined], told: dict[str, Told], rulings: Sequence[Ruling]
) -> None:
    """Write the changed events in place of those that stood before."""
    with named(connection, {name for event in joined for name in (event.id, *event.absorbed)}):
        delete_events(connection)
    _redirect(connection, joined)
    with named(connection, (report for event in joined for report in event.reports)):
        connection.execute("DELETE FROM merges WHERE report IN (SELECT id FROM wanted)")
        members = _members(connection, told)
    ruled = {name for ruling in rulings for name in (ruling.first, ruling.second)}
    made = []
    for event in joined:
        reviewed = not ruled.isdisjoint(event.reports)
        made.append(event_rows(event.id, [members[report] for report in event.reports], reviewed=reviewed))
    rows.append(connection, "events", (event for event, _ in made))
    rows.append(connection, "event_parties", (party for _, parties in made for party in parties))
    rows.append(connection, "merges", (_merge_row(event.id, member) for event in joined for member in event.members))


def _redirect(connection: duckdb.DuckDBPyConnection, joined: Sequence[Joined]) -> None:
    """Remember where events went that are in another one now; an id that is in use again leads nowhere else."""
    gone = [(name, event.id) for event in joined for name in event.absorbed]
    with named(connection, [*(name for name, _ in gone), *(event.id for event in joined)]):
        connection.execute("DELETE FROM redirects WHERE event IN (SELECT id FROM wanted)")
    rows.append(connection, "redirects", gone)


def _merge_row(event: str, member: merge.Member) -> tuple[str, str, float, str]:
    return event, member.report, member.score, rows.dumped(member.reasons)


def _members(connection: duckdb.DuckDBPyConnection, told: dict[str, Told]) -> dict[str, Member]:
    """The reports in the table ``wanted``, whole."""
    found = connection.execute("SELECT * FROM reports SEMI JOIN wanted USING (id)").fetchall()
    listed = connection.execute(_PARTIES).fetchall()
    parties = {
        report: tuple(of_report)
        for report, of_report in itertools.groupby(map(rows.PartyRow._make, listed), key=lambda party: party.report)
    }
    reports = map(rows.ReportRow._make, found)
    return {row.id: Member(row, parties.get(row.id, ()), told[row.id]) for row in reports}


_PARTIES = "SELECT parties.* FROM parties SEMI JOIN wanted ON report = id ORDER BY report, role, n"


class _LinkRow(NamedTuple):
    source_event: str
    target_event: str
    kind: str
    reasons: str


def _link(
    connection: duckdb.DuckDBPyConnection, existing: Sequence[Known], joined: Sequence[Joined], told: dict[str, Told]
) -> None:
    """Renew the links among the events at hand."""
    known = {event.id: event for event in existing}
    gone = {name for event in joined for name in event.absorbed}
    known |= {event.id: Known(event.id, tuple(told[report] for report in event.reports)) for event in joined}
    at_hand = [known[name] for name in sorted(known.keys() - gone)]
    with named(connection, known):
        connection.execute(_UNLINK)
    rows.append(connection, "links", _link_rows(at_hand))


_UNLINK = """
DELETE FROM links WHERE source_event IN (SELECT id FROM wanted) AND target_event IN (SELECT id FROM wanted)
"""


def _link_rows(events: Sequence[Known]) -> Iterable[_LinkRow]:
    return (_LinkRow(link.source, link.target, link.kind, rows.dumped(link.reasons)) for link in merge.links(events))
