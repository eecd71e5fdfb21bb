"""Findings reports: the same facts in every format, and no formulas or control characters."""

from __future__ import annotations

import csv
import io
import json

from mideditor.domain.codes import Outcome
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Finding, Fix, Severity
from mideditor.export.findings_reports import (
    FINDINGS_FORMATS,
    grouped_by_record,
    grouped_by_rule,
)
from tests.export.test_comparison_reports import Page, id_of

NASTY = '=1+1 <script>alert("x")</script>\n\x1b[31m'
TOO_EARLY = Finding(
    "dates in order", "end_date", Severity.ERROR, "It ends before it starts.", about=("May 1964",)
)
UNREAD = Finding(
    "unread text",
    "outcome",
    Severity.ERROR,
    f"Outcome: “{NASTY}” could not be read.",
    fix=Fix("Write Stalemate", {"outcome": Outcome.STALEMATE}),
)
ACCEPTED = Finding("states told", "side_a", Severity.NOTICE, "Peru is never named.", "Peru")
ROWS = [
    FindingRow(id_of(1), 101, "MID 101", TOO_EARLY),
    FindingRow(id_of(2), None, "Entry", UNREAD),
    FindingRow(id_of(2), None, "Entry", TOO_EARLY),
    FindingRow(id_of(3), 103, "MID 103", ACCEPTED, "=It is, as “they”"),
]


def test_text_has_one_line_per_finding() -> None:
    assert FINDINGS_FORMATS["text"](ROWS).splitlines() == [
        "MID 101 (record 00000001), end_date: error: It ends before it starts.",
        "MID — (record 00000002), outcome: error: "
        'Outcome: “=1+1 <script>alert("x")</script>  [31m” '
        "could not be read.",
        "MID — (record 00000002), end_date: error: It ends before it starts.",
        "MID 103 (record 00000003), side_a: notice: Peru is never named. "
        "(accepted: =It is, as “they”)",
    ]


def test_text_grouped_by_rule_and_by_record_has_counts() -> None:
    assert [line for line in grouped_by_rule(ROWS).splitlines() if line[0] != " "] == [
        "unread text: 1, 1 with a certain fix (source: the reader of the chapters)",
        "dates in order: 2 (source: MID codebook, version 4)",
        "states told: 1 (source: the entry’s own narrative)",
    ]
    assert [line for line in grouped_by_record(ROWS).splitlines() if line[0] != " "] == [
        "MID 101 (record 00000001): 1",
        "MID — (record 00000002): 2",
        "MID 103 (record 00000003): 1",
    ]


def test_json() -> None:
    first, unread, _, accepted = json.loads(FINDINGS_FORMATS["json"](ROWS))
    assert first == {
        "record": id_of(1),
        "dispute_number": 101,
        "rule": "dates in order",
        "field": "end_date",
        "severity": "error",
        "message": "It ends before it starts.",
        "quote": "",
        "source": "MID codebook, version 4",
        "key": "dates in order | end_date | May 1964",
        "fix": None,
    }
    assert unread["fix"] == {"label": "Write Stalemate", "values": {"outcome": "Stalemate"}}
    assert accepted["accepted"] == "=It is, as “they”"


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    text = FINDINGS_FORMATS["csv"](ROWS)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["record"], row["dispute_number"], row["fix"]) for row in rows] == [
        (str(id_of(1)), "101", ""),
        (str(id_of(2)), "", "Write Stalemate"),
        (str(id_of(2)), "", ""),
        (str(id_of(3)), "103", ""),
    ]
    assert rows[3]["accepted"] == "'=It is, as “they”"
    assert rows[3]["quote"] == "Peru"
    assert text.splitlines()[1].startswith(f'{id_of(1)},101,"dates in order"'), (
        "numbers are numbers"
    )


def test_html_counts_by_rule_and_lists_accepted_findings_apart() -> None:
    page = Page(FINDINGS_FORMATS["html"](ROWS))
    text = " ".join(page.texts)
    assert "3 findings in 2 records: 3 errors." in text
    assert text.index("dates in order: 2") < text.index("Accepted, with a reason: 1")
    assert "A dispute that certainly ends before it starts. Source: MID codebook" in text
    assert "=It is, as “they”" in page.texts
    assert ("style", "--shade: 0.37") in page.attributes, "two of three"


def test_html_escapes_everything_and_needs_no_other_file() -> None:
    page = Page(FINDINGS_FORMATS["html"](ROWS))
    assert any(NASTY in text for text in page.texts)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert [value for name, value in page.attributes if name in ("src", "href")] == []


def test_no_findings_are_reported_as_such() -> None:
    assert "Nothing was found." in Page(FINDINGS_FORMATS["html"]([])).texts
    assert FINDINGS_FORMATS["text"]([]) == ""
    assert json.loads(FINDINGS_FORMATS["json"]([])) == []
    assert len(FINDINGS_FORMATS["csv"]([]).splitlines()) == 1
