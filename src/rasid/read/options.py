"""What the user said about all inputs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Options:
    """The day and publisher where the input names none, a forced format, and the columns of tables.

    ``columns`` maps a field (title, text, url, publisher, published, id) to its column; with ``crawl_day`` the day of a
    crawl may stand in for a date that a page does not tell.
    """

    published: datetime.date | None = None
    publisher: str | None = None
    as_format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    crawl_day: bool = False
