"""Reports become events, and events stay what they are."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.merge import Known, Ruling, Told, join, reach
from rasid.records import Status
from tests.merge.made import DAY, crowd, groups, party, planned, told

A, B, C = told("a:1"), told("b:1"), told("c:1")


def test_two_papers_tell_of_one_strike() -> None:
    assert groups(A, B) == {frozenset({"a:1", "b:1"})}


@pytest.mark.parametrize(
    "other",
    [
        told("b:1", 1),
        told("b:1", type_name="CONSULT"),
        told("b:1", 9, parties=(party("JPNGOV"), party("KORGOV", "recipient")), place=A.place, days=A.days),
        told("b:1", day=400, days=None),
    ],
    ids=["another act", "another type", "other parties", "another year"],
)
def test_what_differs_stays_apart(other: Told) -> None:
    assert groups(A, other) == {frozenset({"a:1"}), frozenset({"b:1"})}


def test_a_copy_says_that_it_repeats() -> None:
    (event,) = join([A, told("b:1", copy_of="a")])
    assert all("one article repeats the other" in member.reasons for member in event.members)


def test_a_code_fits_a_broader_one() -> None:
    broad = told("b:1", parties=(party("SYR"), party("TUR", "recipient")))
    assert groups(A, broad) == {frozenset({"a:1", "b:1"})}


def test_a_plan_is_no_report() -> None:
    plan, done = planned("a:1", day=-5, days=None, type_name="CONSULT"), told("b:1", type_name="CONSULT")
    assert groups(plan, done) == {frozenset({"a:1"}), frozenset({"b:1"})}


def test_every_member_says_why() -> None:
    (event,) = join([A, B])
    assert [member.report for member in event.members] == ["a:1", "b:1"]
    for member in event.members:
        assert 0.5 < member.score <= 1
        assert "both are ASSAULT" in member.reasons
        assert any("2025-09-09" in reason for reason in member.reasons)
        assert any("الموصل" in reason for reason in member.reasons)
    assert event.score == min(member.score for member in event.members)


def test_a_lone_report_says_so() -> None:
    (event,) = join([A])
    assert event.members[0].reasons == ("no other report tells of it",)


def test_an_event_keeps_its_id() -> None:
    (first,) = join([A])
    (second,) = join([B], [Known(first.id, (A,))])
    assert (second.id, second.reports, second.absorbed) == (first.id, ("a:1", "b:1"), ())


def test_nothing_comes_back_that_did_not_change() -> None:
    (first,) = join([A])
    other = told("z:1", 5)
    (event,) = join([other], [Known(first.id, (A,))])
    assert event.reports == ("z:1",)


def test_a_bridge_absorbs_the_younger_event() -> None:
    elder, younger = Known("elder", (A,)), Known("younger", (B,))
    (event,) = join([C], [younger, elder])
    assert (event.id, event.absorbed, event.reports) == ("elder", ("younger",), ("a:1", "b:1", "c:1"))


def test_a_report_told_anew_takes_the_old_ones_place() -> None:
    (event,) = join([A, B])
    changed = told("b:1", 5)
    found = join([changed], [Known(event.id, (A, B))])
    assert {frozenset(one.reports) for one in found} == {frozenset({"a:1"}), frozenset({"b:1"})}
    assert {one.id for one in found if "a:1" in one.reports} == {event.id}


def test_a_ruling_parts_what_is_alike_and_joins_what_is_not() -> None:
    assert groups(A, B, rulings=(Ruling("a:1", "b:1", False),)) == {frozenset({"a:1"}), frozenset({"b:1"})}
    assert groups(A, told("z:1", 5), rulings=(Ruling("a:1", "z:1", True),)) == {frozenset({"a:1", "z:1"})}


def test_a_ruling_on_standing_events_is_carried_out() -> None:
    (event,) = join([A, B])
    found = join([], [Known(event.id, (A, B))], [Ruling("a:1", "b:1", False)])
    assert sorted(one.reports for one in found) == [("a:1",), ("b:1",)]
    assert event.id in {one.id for one in found}


def test_a_ruling_is_given_as_the_reason() -> None:
    (event,) = join([A, told("z:1", 5)], (), [Ruling("a:1", "z:1", True)])
    assert all("a person ruled" in member.reasons[0] for member in event.members)


def test_a_third_report_does_not_bridge_what_a_person_parted() -> None:
    found = groups(A, B, C, rulings=(Ruling("a:1", "b:1", False),))
    assert not any({"a:1", "b:1"} <= event for event in found)


def test_the_later_ruling_counts() -> None:
    apart, together = Ruling("a:1", "b:1", False), Ruling("a:1", "b:1", True)
    assert groups(A, B, rulings=(apart, together)) == {frozenset({"a:1", "b:1"})}
    assert groups(A, B, rulings=(together, apart)) == {frozenset({"a:1"}), frozenset({"b:1"})}


def test_rulings_on_unknown_reports_are_passed_over() -> None:
    assert groups(A, rulings=(Ruling("a:1", "gone:1", True),)) == {frozenset({"a:1"})}


def test_reach_covers_publication_and_the_days_told() -> None:
    late = told("a:1", day=0, published=DAY + datetime.timedelta(days=100))
    spans = reach([late])
    assert len(spans) == 2
    assert all(any(span.first <= day <= span.last for span in spans) for day in (DAY, late.published) if day)


def test_reach_of_nothing_is_nothing() -> None:
    assert reach([]) == ()
    assert join([]) == ()


@settings(max_examples=15, deadline=None)
@given(st.permutations(crowd(24)))
def test_order_of_reports_makes_no_difference(reports: list[Told]) -> None:
    assert join(reports) == join(crowd(24))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 39))
def test_two_batches_come_to_the_events_of_one(seed: int, cut: int) -> None:
    """Happenings here are clear; where they are not, later reports may part or join what stood (docs/merging.md)."""
    reports = crowd(40, seed=seed)
    by_id = {report.id: report for report in reports}
    events = {event.id: event for event in join(reports[:cut])}
    standing = [Known(event.id, tuple(by_id[name] for name in event.reports)) for event in events.values()]
    for event in join(reports[cut:], standing):
        for gone in event.absorbed:
            del events[gone]
        events[event.id] = event
    once = {frozenset(event.reports) for event in join(reports)}
    assert {frozenset(event.reports) for event in events.values()} == once


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19), st.booleans()), max_size=12))
def test_rulings_hold_and_every_report_has_one_event(drawn: list[tuple[int, int, bool]]) -> None:
    reports = crowd(20)
    rulings = [Ruling(reports[a].id, reports[b].id, together) for a, b, together in drawn if a != b]
    events = join(reports, (), rulings)
    held = [name for event in events for name in event.reports]
    assert sorted(held) == sorted(report.id for report in reports)
    assert all(event.members for event in events)
    where = {name: event.id for event in events for name in event.reports}
    if rulings:
        last = rulings[-1]
        assert (where[last.first] == where[last.second]) is last.together


@pytest.mark.slow
def test_cost_grows_near_linearly() -> None:
    """Four times the reports in at most seven times the time: 20,000 reports, on days of equal size."""
    few, many = (_spread(size) for size in (5_000, 20_000))
    join(few[:500])
    small, large = _seconds(few), _seconds(many)
    assert large < 7 * small, f"{small:.1f} s for 5,000, {large:.1f} s for 20,000"


def _spread(size: int) -> list[Told]:
    """A crowd whose days hold 500 reports each."""
    return [told(report.id, int(at), day=at // 500, type_name=report.type) for at, report in enumerate(crowd(size))]


def _seconds(reports: list[Told]) -> float:
    start = time.process_time()
    join(reports)
    return time.process_time() - start


def test_status_of_a_denial_differs() -> None:
    """A denial of the same act on the same day is still told of that act; a plan is not."""
    denial = told("b:1", status=Status.NEGATION)
    assert groups(A, denial) == {frozenset({"a:1", "b:1"})}
