"""Filters: what is asked for is found, nothing else is, and what cannot be asked for is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from rasid.errors import QueryError
from rasid.store import Store, queries
from rasid.store.filters import Box, Filters
from tests.store import query_news

DAY = datetime.date


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with query_news.opened(tmp_path_factory.mktemp("asked")) as found:
        yield found


def found(opened: Store, filters: Filters) -> set[str]:
    return set(queries.events(opened, filters)["type"].to_pylist())


ALL = {"ASSAULT", "CONSULT", "PROTEST", "COERCE"}
ASKED = {
    "nothing": (Filters(), ALL),
    "since": (Filters(since=DAY(2031, 7, 2)), {"CONSULT", "COERCE"}),
    "until": (Filters(until=DAY(2031, 7, 2)), {"ASSAULT", "CONSULT"}),
    "one day": (Filters(since=DAY(2031, 7, 15), until=DAY(2031, 7, 15)), {"COERCE"}),
    "types": (Filters(types=("ASSAULT", "PROTEST")), {"ASSAULT", "PROTEST"}),
    "quads": (Filters(quads=(1,)), {"CONSULT"}),
    "statuses": (Filters(statuses=("future",)), set()),
    "actor code": (Filters(actor="SYRMIL"), {"ASSAULT"}),
    "actor country": (Filters(actor="IRQ"), {"CONSULT"}),
    "actor country by name": (Filters(actor="العراق"), {"CONSULT"}),
    "actor sector": (Filters(actor="MIL"), ALL),
    "actor name": (Filters(actor="جيش المصري"), {"COERCE"}),
    "actor name in English": (Filters(actor="egy Army"), {"COERCE"}),
    "actor id": (Filters(actor="army-TUN"), {"PROTEST"}),
    "recipient": (Filters(recipient="IRQ"), {"ASSAULT"}),
    "recipient without id": (Filters(recipient="المدنيون"), {"ASSAULT"}),
    "party": (Filters(party="IRQ"), {"ASSAULT", "CONSULT"}),
    "place": (Filters(place="زهراء"), {"CONSULT"}),
    "place in English": (Filters(place="la marsa"), {"PROTEST"}),
    "no such place": (Filters(place="غرناطة"), set()),
    "box": (Filters(box=Box(36, 35, 37, 37)), {"ASSAULT"}),
    "box across the date line": (Filters(box=Box(40, 30, 11, 37)), {"CONSULT", "PROTEST"}),
    "countries": (Filters(countries=("SYR", "تونس")), {"ASSAULT", "PROTEST"}),
    "publisher": (Filters(publisher="ضفاف"), {"ASSAULT", "COERCE"}),
    "stance": (Filters(stance="states"), {"ASSAULT"}),
    "no such stance": (Filters(stance="denies"), set()),
    "sources": (Filters(minimum_sources=2), {"ASSAULT"}),
    "confidence": (Filters(minimum_confidence=0.9), {"ASSAULT"}),
    "reviewed": (Filters(reviewed=True), {"CONSULT"}),
    "unreviewed": (Filters(reviewed=False), ALL - {"CONSULT"}),
    "text": (Filters(text="الموصل"), {"COERCE"}),
    "several": (Filters(publisher="الضفاف", types=("COERCE",), text="رجل"), {"COERCE"}),
    "several that exclude each other": (Filters(actor="SYR", types=("CONSULT",)), set()),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_for_is_found(opened: Store, name: str) -> None:
    filters, types = ASKED[name]
    assert found(opened, filters) == types
    assert queries.count(opened, filters) == len(types)


WRONG = {
    "since: .*is after until": {"since": DAY(2031, 2, 1), "until": DAY(2031, 1, 1)},
    "since: .*is no day": {"since": "2031-01-01"},
    "types: 'MEET' is unknown; allowed are AGREE": {"types": ("MEET",)},
    "types: 'ASSAULT' must be a tuple": {"types": "ASSAULT"},
    "quads: 5 is unknown; allowed are 1, 2, 3, 4": {"quads": (5,)},
    "statuses: 'maybe' is unknown; allowed are reported": {"statuses": ("maybe",)},
    "stance: 'doubts' is unknown; allowed are states": {"stance": "doubts"},
    "countries: 'Narnia' is no country": {"countries": ("Narnia",)},
    "actor: ' ' holds no words": {"actor": " "},
    "box: south 5 must not lie above north 1": {"box": Box(0, 5, 1, 1)},
    "box: west 200 and east 1": {"box": Box(200, 0, 1, 1)},
    "minimum_sources: 0 must be a number of at least 1": {"minimum_sources": 0},
    "minimum_confidence: 1.5 must be a number of between 0 and 1": {"minimum_confidence": 1.5},
    "text: '...' holds no word": {"text": "..."},
}


@pytest.mark.parametrize("message", WRONG)
def test_what_cannot_be_asked_is_told_with_field_and_what_is_allowed(message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Filters(**WRONG[message])  # type: ignore[arg-type]


def test_a_box_that_is_none_says_how_to_write_one() -> None:
    with pytest.raises(QueryError, match="write west,south,east,north"):
        Box.parse("1,2,3")
