"""The benchmark plot: its scale, its lines and their labels."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.plot import Scale, draw_plot, growth, spread
from tests.benchmarks.stopwatch import Measured

SVG = "{http://www.w3.org/2000/svg}"


def test_equal_ratios_are_equally_far_apart() -> None:
    scale = Scale(1_000, 100_000, 100, 500)

    assert [scale(size) for size in (1_000, 10_000, 100_000)] == pytest.approx([100, 300, 500])


def test_a_scale_can_run_upwards() -> None:
    scale = Scale(0.001, 1, 400, 100)

    assert [scale(seconds) for seconds in (0.001, 0.01, 1)] == pytest.approx([400, 300, 100])


def test_a_single_number_is_in_the_middle() -> None:
    assert Scale(2_237, 2_237, 0, 300)(2_237) == pytest.approx(150)


def test_only_plotted_measures_have_points() -> None:
    rows = [
        Measured("open a project", 100_000, 1.2),
        Measured("open a project", 2_237, 0.03),
        Measured("size of the file", 2_237, 5e6, unit="B"),
    ]

    assert growth(rows) == {"open a project": [(2_237, 0.03), (100_000, 1.2)]}


def test_a_line_passes_through_its_points_and_has_a_label_with_its_last_time() -> None:
    plot = draw_plot({"open a project": [(1_000, 0.01), (10_000, 0.1), (100_000, 1.0)]})

    picture = ElementTree.fromstring(plot)
    circles = [
        (float(circle.attrib["cx"]), float(circle.attrib["cy"]))
        for circle in picture.iter(f"{SVG}circle")
    ]
    steps = {(round(x2 - x1), round(y2 - y1)) for (x1, y1), (x2, y2) in pairwise(circles)}
    assert len(circles) == 3
    assert len(steps) == 1
    assert "open 1.0 s" in {text.text for text in picture.iter(f"{SVG}text")}


def test_a_cost_in_proportion_runs_along_the_dotted_line() -> None:
    plot = draw_plot(
        {"open a project": [(1_000, 0.001), (100_000, 0.1)], "count every facet": [(1_000, 9.0)]}
    )

    dotted, line = (
        [float(number) for number in re.findall(r"[\d.]+", path)]
        for path in re.findall(r'd="(M[\d. ]+L[\d. ]+)"[^>]*(?:dasharray|fill="none")', plot)
    )
    assert dotted[3] - dotted[1] == pytest.approx(line[3] - line[1], abs=0.3)


def test_without_measures_there_is_no_plot() -> None:
    assert draw_plot({}) == ""


def test_labels_with_enough_room_stay_in_place() -> None:
    assert spread([10, 50, 90], gap=19) == [10, 50, 90]


def test_overlapping_labels_move_apart_around_their_mean() -> None:
    assert spread([100, 102, 300], gap=20) == [91, 111, 300]


@given(st.lists(st.integers(0, 500), max_size=12).map(sorted))
def test_labels_never_overlap_and_keep_their_order(places: list[float]) -> None:
    spread_out = spread(places, gap=19)

    assert len(spread_out) == len(places)
    assert all(below - above >= 19 - 1e-6 for above, below in pairwise(spread_out))
