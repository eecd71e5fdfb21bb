"""The benchmark page: its cells and its list of targets."""

from __future__ import annotations

from dataclasses import replace

from tests.benchmarks.page import page
from tests.benchmarks.stopwatch import Measured

ABOUT = {"minutes": "8.0 minutes", "computer": "a computer", "states": "217"}
FEW = Measured("sort", 2_237, 0.0004, "sorted(keys)", 0.0002, "≤ 100 ms", limit=0.1)
MANY = replace(FEW, size=100_000, ours=0.062, theirs=0.031)


def test_a_theme_is_a_table_with_a_column_per_number_of_records() -> None:
    whole = page({"The table": [FEW, MANY]}, "", {}, **ABOUT)

    assert (
        """\
## The table

| what | 2,237 records | 100,000 records | beside | target |
|---|--:|--:|---|---|
| sort | 0.4 ms · 2.00 × | 62 ms · 2.00 × | sorted(keys) | ≤ 100 ms |
"""
        in whole
    )
    assert "**2 of 2 targets are met.**" in whole


def test_a_measure_missing_for_a_size_leaves_an_empty_cell() -> None:
    alone = Measured("a file of it", 100_000, 265e6, unit="B")

    assert "| a file of it |  | 265 MB |  |  |" in page({"File": [FEW, alone]}, "", {}, **ABOUT)


def test_a_missed_target_is_bold_and_listed_with_its_reason() -> None:
    slow = replace(MANY, ours=0.31, reason="The keys are compared by Python.")

    whole = page({"The table": [FEW, slow]}, "", {}, **ABOUT)

    assert "| sort | 0.4 ms · 2.00 × | **310 ms · 10.0 ×** |" in whole
    assert (
        """\
**1 of 2 targets are met.** These are not:

- *sort* ≤ 100 ms: 310 ms with 100,000 records (3.10 × the target). The keys are compared by Python.
"""
        in whole
    )


def test_no_reason_is_given_when_the_target_is_met() -> None:
    quick = replace(MANY, reason="The keys are compared by Python.")

    assert "by Python." not in page({"The table": [quick]}, "", {}, **ABOUT)


def test_measures_without_records_have_a_time_column() -> None:
    command = Measured("mideditor --help", 0, 0.06, "python -c pass", 0.012)

    whole = page({"The command line": [command]}, "", {"The command line": "A note."}, **ABOUT)

    assert (
        """\
| what | time | beside | target |
|---|--:|---|---|
| mideditor --help | 60 ms · 5.00 × | python -c pass |  |

A note.
"""
        in whole
    )


def test_the_picture_comes_before_the_tables() -> None:
    whole = page({"The table": [FEW]}, "pictures/growth.svg", {}, **ABOUT)

    assert whole.index("(pictures/growth.svg)") < whole.index("## The table")
