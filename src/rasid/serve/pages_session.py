"""Signing in and out, the reviewer's name, language and appearance."""

from __future__ import annotations

import hmac
import time
from collections import deque
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from rasid.serve.view import View, guarded, visitor
from rasid.serve.words import LANGUAGES

router = APIRouter()
_TRIES, _SECONDS = 5, 60.0  # wrong passwords a minute, from all together
_wrong: deque[float] = deque(maxlen=_TRIES)


@router.get("/login")
def login_form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the parameter's name in the address
    """Where to sign in."""
    view = View(request)
    if view.entered:
        return view.go(next)
    return view.show("login.html", next=next, failed=False)


@router.post("/login")
async def login(
    request: Request,
    password: Annotated[str, Form(max_length=1000)] = "",
    name: Annotated[str, Form(max_length=80)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    """Sign in with the password."""
    view = View(request)
    await guarded(view)
    if _too_often() or not _right(password, view.desk.settings.password):
        _wrong.append(time.monotonic())
        return view.show("login.html", next=next, failed=True, status=403)
    language = view.session.get("lang")
    view.session.clear()  # a session from before must not become a signed-in one
    view.session.update({"signed_in": True, "reviewer": name.strip() or view.desk.settings.reviewer})
    if language:
        view.session["lang"] = language
    return view.go(next)


def _too_often() -> bool:
    return len(_wrong) == _TRIES and time.monotonic() - _wrong[0] < _SECONDS


def _right(given: str, password: str | None) -> bool:
    return password is not None and hmac.compare_digest(given.encode(), password.encode())


@router.post("/logout")
async def logout(view: Annotated[View, Depends(visitor)]) -> Response:
    """Sign out."""
    await guarded(view)
    view.session.clear()
    return view.go("/login")


@router.post("/reviewer")
async def reviewer(view: Annotated[View, Depends(visitor)], name: Annotated[str, Form(max_length=80)] = "") -> Response:
    """Give the name that judgements are kept under."""
    await guarded(view)
    if name.strip():
        view.session["reviewer"] = " ".join(name.split())
    return view.go("/review")


@router.get("/preferences")
def preferences(request: Request, lang: str = "", theme: str = "", next: str = "/") -> Response:  # noqa: A002
    """Choose language or appearance, and go back."""
    view = View(request)
    if lang in LANGUAGES:
        view.session["lang"] = lang
    if theme in ("light", "dark"):
        view.session["theme"] = theme
    return view.go(next)
