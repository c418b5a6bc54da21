"""A store of made-up articles, and what is written from it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest

from rasid import export
from rasid.export.stored import stored
from rasid.store import Store
from rasid.store.filters import Filters
from tests.store import query_news


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with query_news.opened(tmp_path_factory.mktemp("exported")) as found:
        yield found


@pytest.fixture(scope="session")
def exported(news: Store) -> Callable[[str], bytes]:
    """The bytes of all events of the store in a format."""

    def write(form: str) -> bytes:
        sink = io.BytesIO()
        writer = export.open_writer(form, sink, stored=True)
        for item in stored(news, Filters()):
            writer.write(item)
        writer.close()
        return sink.getvalue()

    return write
