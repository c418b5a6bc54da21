"""The review queue: one report at a time, by keyboard."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from rasid.serve import data_reports, data_review, filters, sentences
from rasid.serve.pages_events import forms
from rasid.serve.view import Visitor

router = APIRouter()


@router.get("/review")
def review(view: Visitor) -> Response:
    """The report whose turn it is."""
    queue = view.chosen("queue", data_review.QUEUES)
    asked = view.asked("skip", "0")
    skip = min(int(asked), 1_000_000) if asked.isascii() and asked.isdigit() else 0
    turn = data_review.turn(view.desk, view.filters, queue, who=view.reviewer, skip=skip)
    reports = [turn.told.id] if turn.told else []
    return view.show(
        "review.html",
        here="review",
        queue=queue,
        queues=data_review.QUEUES,
        skip=skip,
        waiting=turn.waiting,
        card=sentences.card(turn.told, view.w) if turn.told else None,
        decisions=data_reports.decisions(view.store, reports) if reports and queue != "second" else (),
        last=view.session.get("last"),
        agreement=data_review.agreement(view.store),
        latest=data_reports.latest(view.store, limit=12),
        decided=data_review.decided(view.store),
        chips=filters.chips(view.pairs, view.w),
        **forms(view),
    )
