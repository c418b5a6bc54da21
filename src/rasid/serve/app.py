"""The desk as a web application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.sessions import SessionMiddleware

import rasid
from rasid.errors import JudgementError, QueryError, RasidError, StoreError
from rasid.serve import (
    api,
    api_articles,
    api_stream,
    pages_article,
    pages_browse,
    pages_charts,
    pages_events,
    pages_export,
    pages_place,
    pages_review,
    pages_session,
)
from rasid.serve.desk import Desk
from rasid.serve.keys import Key
from rasid.serve.safety import Guard, TooLargeBody
from rasid.serve.settings import Settings
from rasid.serve.view import failed
from rasid.store import Store

_TWO_WEEKS = 14 * 24 * 3600
_PAGES = (
    pages_session,
    pages_charts,
    pages_events,
    pages_article,
    pages_review,
    pages_browse,
    pages_place,
    pages_export,
)


def create(store: Store, settings: Settings, *, own_keys: Sequence[Key] = ()) -> FastAPI:
    """The application over an open store; ``own_keys`` are keys of this run alone.

    Raises UnsafeServing when others could reach it and nothing guards it.
    """
    settings.check()
    desk = Desk(store, settings, own_keys=own_keys)
    app = FastAPI(
        title="Rasid",
        version=rasid.__version__,
        description="Events coded from Arabic news, each traced to its sentence.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=settings.folder / "static"), name="static")
    for pages in _PAGES:
        app.include_router(pages.router, include_in_schema=False)
    app.include_router(api.router, prefix="/v1")
    app.include_router(api_articles.router, prefix="/v1")
    app.include_router(api_stream.router, prefix="/v1")
    app.add_middleware(
        SessionMiddleware,
        secret_key=desk.secret,
        session_cookie="rasid",
        max_age=_TWO_WEEKS,
        same_site="lax",
        https_only=settings.secure_cookies,
    )
    app.add_middleware(Guard, settings=settings)
    _answer_errors(app)
    return app


def _answer_errors(app: FastAPI) -> None:
    for kind, status in ((QueryError, 400), (JudgementError, 422), (StoreError, 503), (TooLargeBody, 413)):
        app.add_exception_handler(kind, _answering(status))
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


def _answering(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        shown = 404 if isinstance(error, QueryError) and "not in the store" in str(error) else status
        return _failure(request, shown, str(error) if isinstance(error, RasidError) else "too large")

    return answer


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    answer = _failure(request, error.status_code, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    told = "; ".join(f"{'.'.join(map(str, item['loc'][1:]))}: {item['msg']}" for item in error.errors())
    return _failure(request, 422, told)


def _failure(request: Request, status: int, detail: str) -> Response:
    if request.url.path.startswith("/v1/"):
        return JSONResponse({"detail": detail}, status)
    return failed(request, status, detail)
