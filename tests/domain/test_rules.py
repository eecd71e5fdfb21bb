"""Each check with what it must find and what it must leave alone."""

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


def told(found: list[Finding]) -> list[str]:
    return [f"{finding.severity} {finding.field}: {finding.message}" for finding in found]


@pytest.mark.parametrize("record", [WHOLE, REFERENCE])
def test_a_record_with_nothing_wrong_has_no_finding(record: Record) -> None:
    assert findings(record) == []


MUST_BE_FOUND: list[tuple[Record, dict[str, Any], str]] = [
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


@pytest.mark.parametrize(("record", "values", "message"), MUST_BE_FOUND)
def test_what_must_be_found(record: Record, values: dict[str, Any], message: str) -> None:
    (found,) = told(findings(record.replace(**values)))
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
def test_what_must_be_left_alone(record: Record, values: dict[str, Any]) -> None:
    assert findings(record.replace(**values)) == []


def test_participants_that_could_not_be_read_are_one_finding_not_many() -> None:
    unread = WHOLE.replace(side_a=Unread(unread="2 USA; 365 Russia"), side_b=())
    assert {finding.rule for finding in findings(unread)} == {"unread text", "missing field"}


def test_a_coding_change_without_its_reason_is_told_once_a_field() -> None:
    owing = RuleContext(WHOLE, WHOLE, STATES, reasonless=frozenset({"outcome", "end_date"}))
    assert told(findings_of(owing)) == [
        "notice end_date: End date: the coding change still owes its reason.",
        "notice outcome: Outcome: the coding change still owes its reason.",
    ]


def worded(*actions: str) -> list[str]:
    """What is found in the sentences after these actions of a coder."""
    coder = Coder(WHOLE.replace(coding_changes=split_sentences("Settlement changed from Imposed.")))
    for action in actions:
        coder.do(action)
    context = RuleContext(coder.record, coder.original, STATES, coder.coding())
    return told(findings_of(context))


def test_a_wording_that_names_another_old_value_is_found() -> None:
    assert worded("code outcome Stalemate", "word Outcome changed from Unclear.") == [
        "warning coding_changes: “Outcome changed from Unclear.” disagrees with the log, "
        "which says “Outcome changed from Released.”"
    ]


def test_a_wording_that_disagrees_can_give_way_to_the_log() -> None:
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


def test_a_wording_that_no_change_calls_for_any_more_is_found() -> None:
    found = worded(
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
def test_sentences_that_agree_with_the_log_are_left_alone(actions: list[str]) -> None:
    assert worded(*actions) == []


def test_every_check_has_its_severity_and_its_place_in_the_table() -> None:
    assert all(rule.source and rule.what.endswith(".") for rule in RULES.values())
    assert [str(severity) for severity in Severity] == ["error", "warning", "notice"]


def test_an_entry_with_nothing_in_it_breaks_no_check() -> None:
    assert {finding.rule for finding in findings(Entry())} == {"missing field"}
