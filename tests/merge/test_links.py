"""A plan is linked to what became of it."""

from __future__ import annotations

from rasid.merge import Known, Told, links
from rasid.records import Status
from tests.merge.made import planned, told

PLAN = Known("plan", (planned("a:1", 2, day=0, type_name="CONSULT"),))
CANCEL = frozenset({"الغاء"})


def _became(report: Told) -> list[tuple[str, str, str]]:
    return [(link.source, link.target, link.kind) for link in links([PLAN, Known("later", (report,))])]


def test_a_visit_that_took_place() -> None:
    assert _became(told("b:1", 2, type_name="CONSULT")) == [("plan", "later", "planned_reported")]


def test_a_visit_that_is_denied() -> None:
    denied = told("b:1", 2, type_name="CONSULT", status=Status.NEGATION)
    assert _became(denied) == [("plan", "later", "planned_cancelled")]


def test_a_visit_that_was_called_off() -> None:
    off = told("b:1", 2, type_name="REJECT", trigger=CANCEL)
    assert _became(off) == [("plan", "later", "planned_cancelled")]


def test_another_visit_is_not_linked() -> None:
    assert _became(told("b:1", 5, type_name="CONSULT")) == []


def test_what_was_told_before_the_plan_is_not_its_outcome() -> None:
    assert _became(told("b:1", 2, day=-1, type_name="CONSULT", days=None)) == []


def test_a_mere_possibility_is_no_outcome() -> None:
    assert _became(told("b:1", 2, type_name="CONSULT", status=Status.HYPOTHETICAL)) == []


def test_a_link_says_why() -> None:
    (link,) = links([PLAN, Known("later", (told("b:1", 2, type_name="CONSULT"),))])
    assert "both are CONSULT" in link.reasons
