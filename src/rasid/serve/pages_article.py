"""The page of one article, and taking corrections from wherever they are made."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import FormData

from rasid import store as stores
from rasid.errors import JudgementError, QueryError
from rasid.serve import bearers, corrections, data_reports, sentences
from rasid.serve.bearers import SeveralBearers
from rasid.serve.formats import Formats
from rasid.serve.pages_events import forms
from rasid.serve.view import View, Visitor, Writer, local
from rasid.store import queries

router = APIRouter()


@router.get("/articles/{name:path}")
def article(view: Visitor, name: str) -> Response:
    """The whole text with its marks, and a card for each report."""
    found = queries.article(view.store, name).to_pylist()[0]
    reports = data_reports.of_article(view.store, name)
    anchor = Formats(view.w).anchor
    coded = json.loads(found["coded"])
    text = data_reports.text_of(found)
    targets = [name, *(report.id for report in reports)]
    return view.show(
        "article.html",
        here="events",
        article=found,
        text=sentences.whole(text, reports, coded["set_aside"], view.w, anchor),
        reports=[sentences.card(report, view.w) for report in reports],
        rejected=data_reports.rejected_in(view.store, name),
        decisions=data_reports.decisions(view.store, targets),
        **forms(view),
    )


@router.post("/judge")
async def judge(view: Writer) -> Response:
    """Take the judgements that a form stands for, then back to where it was sent from."""
    form = await view.request.form()
    sent = form.get("next")
    back = sent if isinstance(sent, str) else "/"
    try:
        taken = await run_in_threadpool(_take, view, form)
    except JudgementError as error:
        return view.go(back, told=view.w("bad_request", why=str(error)))
    except SeveralBearers as several:
        return _asking(view, form, several, back)
    undone = any(item.what is stores.What.UNDO for item in taken)
    view.session["last"] = next((item.id for item in taken if not undone), None)
    return view.go(back, told=view.w(_told(taken, undone)))


def _asking(view: View, form: FormData, several: SeveralBearers, back: str) -> Response:
    """The page that asks which bearer of a place's name is meant; it sends the whole form again."""
    sent = [(name, value) for name, value in form.multi_items() if name != "bearer" and isinstance(value, str)]
    choices = [(bearers.key(entry), entry) for entry in several.entries]
    return view.show(
        "choose.html",
        here="review",
        name=several.name,
        choices=choices,
        neither=bearers.NONE,
        sent=sent,
        back=local(back),
    )


def _told(taken: list[stores.Judgement], undone: bool) -> str:
    if not taken:
        return "no_change"
    if any(map(_is_unplaced, taken)):
        return "saved_unplaced"
    return "undone" if undone else "saved"


def _is_unplaced(taken: stores.Judgement) -> bool:
    """Whether a place was named that got no coordinates."""
    if taken.what is not stores.What.SET or taken.value["field"] != "place":
        return False
    place = taken.value["value"]
    return bool(place and place.get("name") and place.get("latitude") is None)


def _take(view: View, form: Any) -> list[stores.Judgement]:
    event = None
    if form.get("what") == stores.What.SET:
        event = _current(view, form)
    elif form.get("seen"):
        _current(view, form)
    asked = corrections.judgements(view.reviewer, form, event)
    return list(view.desk.judge(asked))


def _current(view: View, form: Any) -> Any:
    """The report as it stands; refused when the page that was corrected showed another."""
    try:
        told = data_reports.report(view.store, str(form.get("target")))
    except QueryError as error:
        raise JudgementError(str(error)) from error
    corrections.check_seen(told.event, str(form.get("seen") or ""))
    return told.event
