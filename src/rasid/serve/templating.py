"""The templates: all values are escaped, and unknown names are errors."""

from __future__ import annotations

import functools
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined


@functools.cache
def environment() -> Environment:
    """The environment of all pages."""
    loader = PackageLoader("rasid.serve")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.globals.update(urlencode=urlencode)
    return found
