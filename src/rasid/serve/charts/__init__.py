"""Charts and the map as SVG, drawn on the server: they need no script, print well, and carry links and titles.

Nothing here sets a style: colours come from the style sheet by class, so the strict Content-Security-Policy holds.
"""

from rasid.serve.charts.bars import Bar, stacked
from rasid.serve.charts.heat import Heat, heat
from rasid.serve.charts.network import Edge, Node, network
from rasid.serve.charts.world import REGIONS, Dot, Shade, has_borders, world

__all__ = [
    "REGIONS",
    "Bar",
    "Dot",
    "Edge",
    "Heat",
    "Node",
    "Shade",
    "has_borders",
    "heat",
    "network",
    "stacked",
    "world",
]
