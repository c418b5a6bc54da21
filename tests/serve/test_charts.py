"""Charts carry their numbers, and the map never passes a country off as a place."""

from __future__ import annotations

import re

from rasid.serve import charts
from rasid.serve.charts import Bar, Dot, Edge, Heat, Node, Shade

QUADS = ("one", "two", "three", "four")


def test_bars_are_as_high_as_their_numbers() -> None:
    drawn = charts.stacked([Bar("a", (2, 0, 0, 2), "/a"), Bar("b", (0, 1, 0, 0), "/b")], label="x", quads=QUADS)
    heights = [float(value) for value in re.findall(r'<rect [^>]*height="([\d.]+)"', drawn)]
    assert heights[0] == heights[1] == 2 * heights[2]
    assert 'href="/a"' in drawn
    assert "a: 4 (one 2, four 2)" in drawn


def test_nothing_in_a_chart_is_read_as_markup() -> None:
    drawn = charts.stacked([Bar("<b>", (1, 0, 0, 0), '/"><script>')], label="<i>", quads=("<u>", "", "", ""))
    assert "<b>" not in drawn
    assert "<script>" not in drawn


def test_charts_set_no_style() -> None:
    drawn = charts.network([Node("a", "A", 1, "/a")], [], label="x") + charts.world([], [], region="mena", label="x")
    assert " style=" not in drawn


def test_a_country_is_shaded_and_never_gets_a_dot() -> None:
    drawn = charts.world([Shade("SYR", 3, "Syria: 3", "/syr")], [], region="mena", label="map")
    assert "<circle" not in drawn
    if charts.has_borders():
        assert re.search(r'href="/syr".*class="land c5"', drawn)


def test_a_country_too_small_to_draw_gets_a_square() -> None:
    drawn = charts.world([Shade("BHR", 1, "Bahrain: 1", "/bhr", (50.6, 26.2))], [], region="gulf", label="map")
    assert "<circle" not in drawn
    assert 'href="/bhr"' in drawn


def test_a_province_is_a_ring_and_a_town_a_dot() -> None:
    dots = [Dot(36.6, 35.9, 4, 4, "town", "/t"), Dot(44.4, 33.3, 1, 1, "province", "/p", province=True)]
    drawn = charts.world([], dots, region="mena", label="map")
    assert drawn.count("<circle") == 2
    assert "province f1" in drawn
    assert "dot f4" in drawn


def test_places_outside_the_region_are_left_out() -> None:
    assert "<circle" not in charts.world([], [Dot(-74, 40.7, 1, 1, "New York", "/n")], region="gulf", label="map")


def test_the_network_is_the_same_each_time_and_heavy_edges_are_wide() -> None:
    nodes = [Node(name, name, 1, f"/{name}") for name in "abc"]
    edges = [Edge("a", "b", 16, 1, "ab", "/ab"), Edge("b", "c", 1, 4, "bc", "/bc")]
    drawn = charts.network(nodes, edges, label="x")
    assert drawn == charts.network(nodes, edges, label="x")
    light, heavy = (float(value) for value in re.findall(r'stroke-width="([\d.]+)"', drawn))
    assert light < heavy
    assert charts.network([], [], label="x").count("<circle") == 0


def test_a_heat_map_is_a_table_with_links() -> None:
    told = Heat([("r", "Row")], [("c", "C"), ("d", "D")], {("r", "c"): 9}, lambda row, column: f"/{row}/{column}")
    drawn = charts.heat(told, label="heat")
    assert '<td class="h5"><a href="/r/c">9</a></td>' in drawn
    assert drawn.count("<th") - drawn.count("<thead") == 3
