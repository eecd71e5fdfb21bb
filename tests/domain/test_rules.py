"""Each rule: faults that it must find, and records that it must not report."""

from __future__ import annotations

from typing import Any

import pytest

from mideditor.domain.coding_sentences import split_sentences
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import (
    CrossReference,
    Doubt,
    Dyad,
    Entry,
    Fragment,
    Participant,
    Record,
    Unread,
)
from mideditor.domain.rules import Finding, Severity
from mideditor.domain.rules.context import RuleContext
from mideditor.domain.rules.table import RULES, findings_of
from tests.domain.coder import ENTRY, NAMES, STATES, Coder

WHOLE = ENTRY.replace(narrative=("Gunboats entered the lagoon.",))
USA, RUSSIA = (Participant(code=code, name=NAMES[code]) for code in (2, 365))
REFERENCE = CrossReference(
    dispute_number=611, started=parse_date("May 1964"), see=Dyad(a=USA, b=RUSSIA)
)
DOUBT = Doubt(field="narrative", quote="Gunboats", question="A hyphen here?", certainty=0.5)


def findings(record: Record) -> list[Finding]:
    return findings_of(RuleContext(record=record, original=record, states=STATES))


def as_lines(found: list[Finding]) -> list[str]:
    return [f"{finding.severity} {finding.field}: {finding.message}" for finding in found]


@pytest.mark.parametrize("record", [WHOLE, REFERENCE])
def test_a_record_with_nothing_wrong_has_no_finding(record: Record) -> None:
    assert findings(record) == []


EXPECTED_FINDINGS: list[tuple[Record, dict[str, Any], str]] = [
    (
        WHOLE,
        {"outcome": Unread(unread="Stale mate")},
        "error outcome: Outcome: “Stale mate” could not be read. Type what it should be.",
    ),
    (REFERENCE, {"see": Unread(unread="2/3/4")}, "error see: See dyad: “2/3/4” could not be read."),
    (WHOLE, {"dispute_number": None}, "warning dispute_number: Dispute number is empty."),
    (WHOLE, {"end_date": None}, "warning end_date: End date is empty."),
    (WHOLE, {"side_b": ()}, "warning side_b: Side B is empty."),
    (WHOLE, {"settlement": None}, "warning settlement: Settlement is empty."),
    (WHOLE, {"narrative": ()}, "warning narrative: Narrative is empty."),
    (REFERENCE, {"started": None}, "warning started: Started is empty."),
    (
        WHOLE,
        {"end_date": parse_date("April 1964")},
        "error end_date: The dispute ends (April 1964) before it starts (May 1964).",
    ),
    (
        WHOLE,
        {"mid_number": 2202},
        "warning dispute_number: The line above the entry says MID#2202, the entry itself 2220.",
    ),
    (
        WHOLE,
        {"side_b": (Participant(code=999, name="Nowhere"),)},
        "error side_b: 999 Nowhere: the state list has no code 999.",
    ),
    (
        WHOLE,
        {"side_b": (Participant(code=None, name="Hawaii"),)},
        "error side_b: “Hawaii” has no state code. Choose the state from the list.",
    ),
    (
        WHOLE,
        {"side_b": (Participant(code=365, name="Rusia"),)},
        "notice side_b: 365 Rusia: the state list calls it Russia.",
    ),
    (WHOLE, {"side_b": (USA, RUSSIA)}, "error side_b: 2 USA takes part more than once."),
    (WHOLE, {"side_b": (RUSSIA, RUSSIA)}, "error side_b: 365 Russia takes part more than once."),
    (WHOLE, {"doubts": (DOUBT,)}, "notice narrative: A hyphen here?"),
    (
        Fragment(narrative=("the end of it.",)),
        {},
        "notice narrative: This text belongs to a record that begins outside the imported text.",
    ),
]


@pytest.mark.parametrize(("record", "values", "message"), EXPECTED_FINDINGS)
def test_every_fault_is_found(record: Record, values: dict[str, Any], message: str) -> None:
    (found,) = as_lines(findings(record.replace(**values)))
    assert found.startswith(message)


@pytest.mark.parametrize(
    ("record", "values"),
    [
        (WHOLE, {"end_date": parse_date("May 1964")}),
        (WHOLE, {"start_date": parse_date("1964"), "end_date": parse_date("May 2, 1964")}),
        (WHOLE, {"mid_number": 2220}),
        (WHOLE, {"dispute_number": 0}),
        (WHOLE, {"side_b": (Participant(code=365, name=""),)}),
        (WHOLE, {"side_b": (RUSSIA, Participant(code=40, name="cuba"))}),
        (WHOLE, {"outcome": "Missing", "settlement": "Missing", "fatalities": "None"}),
        (WHOLE, {"heading": None, "chapter": None, "page": None}),
    ],
)
def test_records_without_faults_have_no_findings(record: Record, values: dict[str, Any]) -> None:
    assert findings(record.replace(**values)) == []


def test_unread_participants_are_one_finding_not_many() -> None:
    unread = WHOLE.replace(side_a=Unread(unread="2 USA; 365 Russia"), side_b=())
    assert {finding.rule for finding in findings(unread)} == {"unread text", "missing field"}


def test_a_missing_reason_is_reported_once_per_field() -> None:
    without_reason = RuleContext(
        WHOLE, WHOLE, STATES, reasonless=frozenset({"outcome", "end_date"})
    )
    assert as_lines(findings_of(without_reason)) == [
        "notice end_date: End date: the coding change still owes its reason.",
        "notice outcome: Outcome: the coding change still owes its reason.",
    ]


def lines_after(*actions: str) -> list[str]:
    """The findings about the sentences after these actions of a coder."""
    coder = Coder(WHOLE.replace(coding_changes=split_sentences("Settlement changed from Imposed.")))
    for action in actions:
        coder.do(action)
    context = RuleContext(coder.record, coder.original, STATES, coder.coding())
    return as_lines(findings_of(context))


def test_a_reworded_sentence_with_another_old_value_is_found() -> None:
    assert lines_after("code outcome Stalemate", "word Outcome changed from Unclear.") == [
        "warning coding_changes: “Outcome changed from Unclear.” disagrees with the log, "
        "which says “Outcome changed from Released.”"
    ]


def test_a_reworded_sentence_can_be_replaced_by_that_of_the_log() -> None:
    coder = Coder(WHOLE)
    coder.do("code outcome Stalemate")
    coder.do("word Outcome changed from Unclear.")
    context = RuleContext(coder.record, coder.original, STATES, coder.coding())
    (found,) = [one for one in findings_of(context) if one.rule == "sentence and log"]
    assert found.fix is not None
    assert found.fix.label == "Print the log’s sentence"
    fixed = coder.record.replace(**found.fix.values)
    context = RuleContext(fixed, coder.original, STATES, coder.coding())
    assert [one for one in findings_of(context) if one.rule == "sentence and log"] == []


def test_a_reworded_sentence_without_a_change_is_found() -> None:
    found = lines_after(
        "code outcome Stalemate",
        "word Outcome changed from Released, as page 9 shows.",
        "code outcome Released",
    )
    assert found == [
        "notice coding_changes: “Outcome changed from Released, as page 9 shows.” is not printed: "
        "no coding change in the log calls for it."
    ]


@pytest.mark.parametrize(
    "actions",
    [
        ["code outcome Stalemate"],
        ["code outcome Stalemate", "word Outcome changed from Released, as page 9 shows."],
        ["word Settlement changed from Unclear."],
        ["code settlement Negotiated"],
        ["code settlement Imposed"],
        ["code outcome Stalemate", "undo", "word Settlement changed from Negotiated. No maps."],
    ],
)
def test_sentences_that_agree_with_the_log_have_no_findings(actions: list[str]) -> None:
    assert lines_after(*actions) == []


def test_every_rule_has_a_severity_a_source_and_a_description() -> None:
    assert all(rule.source and rule.what.endswith(".") for rule in RULES.values())
    assert [str(severity) for severity in Severity] == ["error", "warning", "notice"]


def test_an_empty_entry_breaks_no_rule() -> None:
    assert {finding.rule for finding in findings(Entry())} == {"missing field"}
