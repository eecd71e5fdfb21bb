"""The log as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mideditor.domain.reports.log_line import LogLine
from mideditor.export.log_formats import LOG_FORMATS, log_as_csv, log_as_json, log_as_text
from mideditor.export.report_text import inert
from tests.export.test_comparison_reports import id_of

CODED = LogLine(
    step=12,
    time=datetime(2026, 3, 14, 12, 1, tzinfo=UTC),
    author="Ana",
    kind="coding",
    kind_label="coding change",
    record=id_of(2),
    dispute_number=2899,
    field="outcome",
    label="Outcome",
    original="Unclear",
    old="Compromise",
    new="Stalemate",
    reason="No one gave way",
    citation="MIDA 4.01",
    undoes=None,
    stands=True,
)
UNDONE = replace(CODED, step=13, kind="undo", old="Stalemate", new="", reason="", undoes=12)


def test_a_change_is_one_line_of_text_with_everything_known() -> None:
    assert log_as_text([CODED, UNDONE]).splitlines() == [
        "   12  2026-03-14 12:01Z  Ana  coding  MID 2899 (record 00000002), outcome: "
        "Compromise → Stalemate (original Unclear)  · No one gave way  · MIDA 4.01",
        "   13  2026-03-14 12:01Z  Ana  undo of step 12  MID 2899 (record 00000002), outcome: "
        "Stalemate → — (original Unclear)  · MIDA 4.01",
    ]


def test_line_breaks_and_escape_codes_are_removed() -> None:
    line = replace(CODED, old="One.\nTwo.", new="One.\r\nTwo.\x1b[31m", reason="a\nb")
    (text,) = log_as_text([line]).splitlines()
    assert "One. Two. → One. Two.[31m" in text
    assert "\x1b" not in text


def test_json_has_every_column() -> None:
    (row,) = json.loads(log_as_json([CODED]))
    assert row == {
        "step": 12,
        "time": "2026-03-14T12:01:00+00:00",
        "author": "Ana",
        "kind": "coding",
        "kind_label": "coding change",
        "record": id_of(2),
        "dispute_number": 2899,
        "field": "outcome",
        "label": "Outcome",
        "original": "Unclear",
        "old": "Compromise",
        "new": "Stalemate",
        "reason": "No one gave way",
        "citation": "MIDA 4.01",
        "undoes": None,
        "stands": True,
    }


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", " =1", "\n=1"]
)
def test_no_cell_of_the_csv_runs_as_a_formula(text: str) -> None:
    table = log_as_csv([replace(CODED, author=text, old=text, reason=text)])
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert [row[name] for name in ("author", "old", "reason")] == [f"'{text}"] * 3
    assert row["new"] == "Stalemate"


@pytest.mark.parametrize("value", [12, None, True, "", "Unclear", "1–25 deaths", ">999 deaths"])
def test_any_other_cell_is_unchanged(value: object) -> None:
    assert inert(value) == value


def test_quotes_commas_and_line_breaks_stay_in_their_cell() -> None:
    reason = 'she said “no”, and "never"\nagain'
    table = log_as_csv([replace(CODED, reason=reason)])
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row["reason"] == reason


def test_an_empty_log_is_still_valid_in_each_format() -> None:
    assert LOG_FORMATS["text"]([]) == ""
    assert json.loads(LOG_FORMATS["json"]([])) == []
    assert LOG_FORMATS["csv"]([]).startswith('"step","time","author","kind",')
