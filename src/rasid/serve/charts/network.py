"""Who deals with whom: a network laid out by springs, the same picture for the same data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from rasid.serve.charts.svg import drawing, element, linked

_WIDTH, _HEIGHT, _EDGE = 960.0, 620.0, 60.0
_ROUNDS = 220
_WIDEST = 11.0


@dataclass(frozen=True, slots=True)
class Node:
    """A party; ``weight`` counts its events."""

    id: str
    label: str
    weight: int
    address: str


@dataclass(frozen=True, slots=True)
class Edge:
    """``weight`` events between two nodes, most of them of ``quad``."""

    source: str
    target: str
    weight: int
    quad: int
    title: str
    address: str


def network(nodes: Sequence[Node], edges: Sequence[Edge], *, label: str) -> Markup:
    """The drawing. Heavy edges are wide, nodes grow with the square root of their events."""
    places = _layout(nodes, edges)
    heaviest = max((edge.weight for edge in edges), default=1)
    largest = max((node.weight for node in nodes), default=1)
    lines = [_line(edge, places, heaviest) for edge in sorted(edges, key=lambda edge: edge.weight)]
    dots = [_dot(node, places[node.id], largest) for node in nodes]
    return drawing(*lines, *dots, width=_WIDTH, height=_HEIGHT, label=label, kind="net")


def _line(edge: Edge, places: dict[str, tuple[float, float]], heaviest: int) -> Markup:
    (x1, y1), (x2, y2) = places[edge.source], places[edge.target]
    wide = 1.2 + (_WIDEST - 1.2) * math.sqrt(edge.weight / heaviest)
    drawn = element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=wide, class_=f"s{edge.quad}")
    return linked(edge.address, edge.title, drawn)


def _dot(node: Node, place: tuple[float, float], largest: int) -> Markup:
    x, y = place
    radius = 5 + 15 * math.sqrt(node.weight / largest)
    circle = element("circle", cx=x, cy=y, r=radius, class_="node")
    text = element("text", node.label, x=x, y=y + radius + 12, text_anchor="middle")
    return linked(node.address, f"{node.label}: {node.weight}", circle, text)


def _layout(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, tuple[float, float]]:
    """Fruchterman and Reingold's springs from a circle, without chance."""
    count = len(nodes)
    if count == 0:
        return {}
    index = {node.id: n for n, node in enumerate(nodes)}
    angle = np.arange(count) * 2.399963  # the golden angle spreads neighbours in the list apart
    at = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt(np.arange(count) + 1)[:, None]
    pull = np.zeros((count, count))
    for edge in edges:
        one, other = index[edge.source], index[edge.target]
        pull[one, other] = pull[other, one] = pull[one, other] + 1 + math.log(edge.weight)
    for turn in range(_ROUNDS):
        at = at + _forces(at, pull) * (1 - turn / _ROUNDS) * 0.12
    return {node.id: (float(x), float(y)) for node, (x, y) in zip(nodes, _fitted(at), strict=True)}


def _forces(at: NDArray[np.float64], pull: NDArray[np.float64]) -> NDArray[np.float64]:
    apart = at[:, None, :] - at[None, :, :]
    distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 0.05)
    push = 1.4 / distance**2
    np.fill_diagonal(push, 0)
    strength = push - pull * 0.09
    moved: NDArray[np.float64] = (apart * strength[:, :, None]).sum(axis=1) - at * 0.06
    length = np.maximum(np.sqrt((moved**2).sum(axis=1, keepdims=True)), 1e-9)
    limited: NDArray[np.float64] = moved / length * np.minimum(length, 2.0)
    return limited


def _fitted(at: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([_WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE])
    size = np.where(high - low < 1e-9, 1.0, high - low)
    spread: NDArray[np.float64] = (at - low) / size * room + _EDGE
    return spread if len(at) > 1 else np.array([[_WIDTH / 2, _HEIGHT / 2]])
