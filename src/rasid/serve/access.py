"""Who may call the API: a key with the scope, a signed-in visitor, or anyone on this machine when nothing guards it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from rasid.serve import keys
from rasid.serve.desk import Desk
from rasid.serve.keys import Scope

_bearer = HTTPBearer(auto_error=False, description="An API key: rasid serve-key NAME --scope read")
Sent = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True, slots=True)
class Caller:
    """A call that is allowed. ``name`` is what judgements are kept under."""

    desk: Desk
    name: str


def caller(scope: Scope) -> Callable[[Request, HTTPAuthorizationCredentials | None], Caller]:
    """The check that a call needs ``scope``."""

    def check(request: Request, sent: Sent) -> Caller:
        desk: Desk = request.app.state.desk
        if sent is not None:
            return Caller(desk, _by_key(desk, sent.credentials, scope))
        settings = desk.settings
        if request.session.get("signed_in"):
            _check_token(request, scope)
            return Caller(desk, str(request.session.get("reviewer", settings.reviewer)))
        if settings.password is None and settings.local and not settings.keys:
            return Caller(desk, settings.reviewer)
        raise HTTPException(401, "a key is needed: Authorization: Bearer KEY", {"www-authenticate": "Bearer"})

    return check


def _by_key(desk: Desk, secret: str, scope: Scope) -> str:
    key = keys.found((*desk.settings.keys, *desk.own_keys), secret)
    if key is None:
        raise HTTPException(401, "this key is unknown", {"www-authenticate": "Bearer"})
    if scope not in key.scopes:
        raise HTTPException(403, f"this key has no scope {scope.value!r}")
    return key.name


def _check_token(request: Request, scope: Scope) -> None:
    """A visitor's browser sends the cookie by itself; what changes something needs the token as well."""
    if scope is Scope.READ:
        return
    kept, sent = str(request.session.get("token", "")), request.headers.get("x-token", "")
    if not (kept and hmac.compare_digest(kept.encode(), sent.encode())):
        raise HTTPException(403, "send the session's token in the header X-Token")


Reader = Annotated[Caller, Depends(caller(Scope.READ))]
Coder = Annotated[Caller, Depends(caller(Scope.CODE))]
Judge = Annotated[Caller, Depends(caller(Scope.JUDGE))]
Ingester = Annotated[Caller, Depends(caller(Scope.INGEST))]
