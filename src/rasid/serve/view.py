"""What every page is made with: words, filters of the address, the visitor, and the templates."""

from __future__ import annotations

import functools
import hmac
import secrets
from collections.abc import Sequence
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

import rasid
from rasid.serve import filters as addresses
from rasid.serve import formats
from rasid.serve.desk import Desk
from rasid.serve.templating import environment
from rasid.serve.words import Words, words
from rasid.store import Store
from rasid.store.filters import Filters

NAVIGATION = (
    ("overview", "/"),
    ("events", "/events"),
    ("review", "/review"),
    ("timeline", "/timeline"),
    ("map", "/map"),
    ("network", "/network"),
    ("actors", "/actors"),
    ("places", "/places"),
    ("sources", "/sources"),
)
_STATES = {400: "bad_request", 403: "not_allowed", 404: "not_found", 413: "too_large", 419: "form_expired"}


class View:
    """One request to a page."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.desk: Desk = request.app.state.desk

    @property
    def session(self) -> dict[str, Any]:
        return self.request.session

    @property
    def store(self) -> Store:
        return self.desk.reader()

    @functools.cached_property
    def w(self) -> Words:
        """The words of the visitor's language."""
        chosen = self.session.get("lang", self.desk.settings.language)
        return words(chosen)

    @functools.cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The names and values in the address, in order."""
        return [(name, value) for name, value in self.request.query_params.multi_items() if value]

    @functools.cached_property
    def filters(self) -> Filters:
        """The filters in the address. Raises QueryError."""
        return addresses.read(self.pairs)

    def asked(self, name: str, default: str = "") -> str:
        """One value of the address."""
        return self.request.query_params.get(name) or default

    def chosen(self, name: str, known: Sequence[str]) -> str:
        """One value of the address, of those known; the first of them otherwise."""
        value = self.asked(name)
        return value if value in known else known[0]

    @property
    def reviewer(self) -> str:
        """The name that the visitor's judgements are kept under."""
        return cast(str, self.session.get("reviewer", self.desk.settings.reviewer))

    @property
    def signed_in(self) -> bool:
        return bool(self.session.get("signed_in"))

    @property
    def entered(self) -> bool:
        """Whether the visitor may see pages: signed in, or on this machine without a password."""
        settings = self.desk.settings
        return self.signed_in or (settings.password is None and settings.local)

    def token(self) -> str:
        """The session's token, which every form has to send back."""
        if "token" not in self.session:
            self.session["token"] = secrets.token_urlsafe(24)
        return cast(str, self.session["token"])

    def show(self, template: str, *, here: str = "", status: int = 200, **values: Any) -> HTMLResponse:
        """A page."""
        shown = {**_common(self), "here": here, **values}
        return HTMLResponse(environment().get_template(template).render(shown), status)

    def go(self, address: str, *, told: str = "") -> Response:
        """On to another page of the desk, which says ``told`` at its top."""
        if told:
            self.session["told"] = told
        return RedirectResponse(local(address), 303)


def local(address: str) -> str:
    """The address when it is one of the desk's own, else the first page."""
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and "\n" not in address
    return address if own else "/"


def visitor(request: Request) -> View:
    """A visitor who may see pages. Sends others to sign in."""
    view = View(request)
    if not view.entered:
        if view.desk.settings.password is None:
            raise HTTPException(403, "pages are closed here; use the API with a key")
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise HTTPException(303, "sign in", {"location": f"/login?{urlencode({'next': here})}"})
    return view


async def writer(request: Request) -> View:
    """A visitor who may change what is stored, by a form of this desk."""
    view = visitor(request)
    if view.desk.read_only:
        raise HTTPException(403, "this desk is read-only")
    await guarded(view)
    return view


async def guarded(view: View) -> None:
    """Raises HTTPException unless the form carries the session's token."""
    form = await view.request.form()
    sent = form.get("token")
    kept = view.session.get("token")
    if not (isinstance(sent, str) and kept and hmac.compare_digest(sent.encode(), str(kept).encode())):
        raise HTTPException(419, "the form has expired")


Visitor = Annotated[View, Depends(visitor)]
Writer = Annotated[View, Depends(writer)]


def failed(request: Request, status: int, detail: str) -> Response:
    """The page that tells what went wrong."""
    if status == 303:
        return Response(status_code=303)
    view = View(request)
    told = view.w(_STATES.get(status, "went_wrong"), why=detail)
    return view.show("failed.html", status=status, message=told, detail=detail)


def _common(view: View) -> dict[str, Any]:
    return {
        "w": view.w,
        "view": view,
        "theme": view.session.get("theme", ""),
        "told": view.session.pop("told", "") if "told" in view.session else "",
        "entered": view.entered,
        "signed_in": view.signed_in,
        "reviewer": view.reviewer,
        "read_only": view.desk.read_only,
        "navigation": NAVIGATION,
        "release": rasid.__version__,
        "version": rasid.__version__,
        "pairs": view.pairs,
        "guard": functools.partial(_guard, view),
        "preference": functools.partial(_preference, view),
        "query": functools.partial(addresses.written, view.pairs),
        "f": formats.Formats(view.w),
    }


def _guard(view: View) -> Markup:
    return Markup('<input type="hidden" name="token" value="{}">').format(view.token())


def _preference(view: View, **chosen: str) -> str:
    here = view.request.url.path + (f"?{view.request.url.query}" if view.request.url.query else "")
    return f"/preferences?{urlencode({**chosen, 'next': here})}"
