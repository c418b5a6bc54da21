"""Stacked bars over time, one part for each quad class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rasid.serve.charts.svg import drawing, element, linked

_WIDTH, _HEIGHT = 960, 250
_LEFT, _RIGHT, _BOTTOM, _TOP = 40, 24, 22, 8
_LABELS = 10  # at most, under the axis


@dataclass(frozen=True, slots=True)
class Bar:
    """``values`` are the counts of quad classes 1 to 4."""

    label: str
    values: tuple[int, int, int, int]
    address: str

    @property
    def total(self) -> int:
        return sum(self.values)


def stacked(bars: Sequence[Bar], *, label: str, quads: Sequence[str]) -> Markup:
    """Bars from left to right, as dates run on an axis; ``quads`` names the classes."""
    highest = _round_up(max((bar.total for bar in bars), default=0))
    scale = (_HEIGHT - _BOTTOM - _TOP) / max(highest, 1)
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(bars), 1)
    every = max(1, -(-len(bars) // _LABELS))
    drawn = [_grid(highest, scale)]
    for n, bar in enumerate(bars):
        at = _LEFT + n * step
        drawn.append(_bar(bar, at, step, scale, quads))
        if n % every == 0:
            middle = at + step / 2
            drawn.append(element("text", bar.label, x=middle, y=_HEIGHT - 6.0, text_anchor="middle"))
    return drawing(*drawn, width=_WIDTH, height=_HEIGHT, label=label)


def _bar(bar: Bar, at: float, step: float, scale: float, quads: Sequence[str]) -> Markup:
    wide = min(step * 0.78, 42.0)
    left, floor = at + (step - wide) / 2, float(_HEIGHT - _BOTTOM)
    parts = []
    for quad, value in enumerate(bar.values, start=1):
        if value:
            floor -= value * scale
            parts.append(element("rect", x=left, y=floor, width=wide, height=value * scale, class_=f"f{quad}"))
    if not parts:
        return Markup("")
    told = ", ".join(f"{name} {value}" for name, value in zip(quads, bar.values, strict=True) if value)
    return linked(bar.address, f"{bar.label}: {bar.total} ({told})", *parts)


def _grid(highest: int, scale: float) -> Markup:
    lines = []
    for value in sorted({0, highest // 2, highest}):
        y = _HEIGHT - _BOTTOM - value * scale
        lines.append(element("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="axis"))
        lines.append(element("text", f"{value:,}", x=_LEFT - 6.0, y=y + 4, text_anchor="end"))
    return Markup("").join(lines)


def _round_up(value: int) -> int:
    """The next number of the row 2, 4, 6, 8, 10, 20, 40, 60, ..."""
    unit = 1
    while True:
        for step in (2, 4, 6, 8, 10):
            if step * unit >= value:
                return step * unit
        unit *= 10
