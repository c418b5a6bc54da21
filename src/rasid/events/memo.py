"""Remembering what was worked out for a word form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from rasid.records import Token

Value = TypeVar("Value")

_LIMIT = 1 << 16


class PerForm(Generic[Value]):
    """A function of a token that depends on its folded form and cuts alone, worked out once for each form.

    The tokenizer cuts a form in the same way wherever it stands, so the folded form is the key. Bounded.
    """

    def __init__(self, compute: Callable[[Token], Value]) -> None:
        self._compute = compute
        self._kept: dict[str, Value] = {}

    def __call__(self, token: Token) -> Value:
        try:
            return self._kept[token.fold]
        except KeyError:
            if len(self._kept) >= _LIMIT:
                self._kept.clear()
            value = self._kept[token.fold] = self._compute(token)
            return value
