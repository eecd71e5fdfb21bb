"""Findings of an open project: from its log and its other records, updated after steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.domain.fields import FIELDS
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import RecordId
from mideditor.domain.states import parse_states
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session
from tests.session.chapters import (
    ALASKA,
    FRAGMENT,
    REFERENCE,
    TRAINER,
    id_at,
    import_text,
    imported,
    one_entry,
    reopened,
)

BESIDE = """\
100 Colombia/101 Venezuela
MID#180
Dispute Number: 180
Date(s): May 4, 1901 to June 1901
Participants: 100 Colombia/101 Venezuela
Outcome (and Settlement): Stalemate (None)
Fatalities: None
Narrative: A gunboat entered the river and left it after two days.
MID#181
Dispute Number: 181
Date(s): July 1903
Participants: 100 Colombia, 130 Ecuador/101 Venezuela
Outcome (and Settlement): Stalemate (None)
Fatalities: None
Narrative: A gunboat entered the river and left it after three days.
101 Venezuela/130 Ecuador
MID#181
Started in July 1903. See the narrative in the 100 Colombia/101 Venezuela dyad dispute list.
MID#182
Dispute Number: 182
Date(s): July 1905
Participants: 101 Venezuela/130 Ecuador
Outcome (and Settlement): Stalemate (None)
Fatalities: None
Narrative: A gunboat entered the river and left it after four days.
"""
FIRST, SECOND, POINTER, LAST = (
    id_at(BESIDE, "MID#180"),
    id_at(BESIDE, "MID#181"),
    id_at(BESIDE, "MID#181\nStarted"),
    id_at(BESIDE, "MID#182"),
)
"""The ids of the records of `BESIDE`."""


def messages(checks: Checks, record: RecordId) -> list[str]:
    return [finding.message for finding in checks.of(record)]


def correct(session: Session, record: RecordId, **values: object) -> None:
    session.edit(ChangeKind.CORRECTION, {record: values}, reason="misread")


def test_a_correct_chapter_has_findings_only_for_its_fragment(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        checks = Checks(session)
        found = {record: len(checks.of(record)) for record in session.ids()}
        assert found == {FRAGMENT: 1, ALASKA: 0, TRAINER: 0, REFERENCE: 0}
        assert [record for record, _ in checks.all()] == [FRAGMENT]


def test_findings_come_and_go_with_the_steps(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        checks = Checks(session)
        assert messages(checks, TRAINER) == []
        correct(session, TRAINER, end_date=parse_date("1963"))
        assert messages(checks, TRAINER) == [
            "The dispute ends (1963) before it starts (January 28, 1964)."
        ]
        session.undo()
        assert messages(checks, TRAINER) == []


def test_a_coding_change_without_a_reason_is_a_finding(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    session = reopened(session)
    checks = Checks(session)
    assert messages(checks, ALASKA) == ["Outcome: the coding change still owes its reason."]
    session.undo()
    assert messages(checks, ALASKA) == []
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="why")
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 3}})
    assert messages(checks, ALASKA) == []
    session.close()


def test_neighbouring_records_have_no_findings(tmp_path: Path) -> None:
    with imported(tmp_path, BESIDE) as session:
        assert [finding for _, finding in Checks(session).all()] == []


# An edit of one record, the record that gets a finding from it, and its message.
EDITS = [
    (POINTER, "started", "June 1903", POINTER, "The cross-reference says June 1903; MID 181 start"),
    (POINTER, "dispute_number", "189", POINTER, "The list of 100 Colombia/101 Venezuela has no"),
    (POINTER, "dispute_number", "180", POINTER, "The cross-reference says July 1903; MID 180"),
    (POINTER, "see", "100 Colombia/130 Ecuador", POINTER, "MID 181 stands under 100 Colombia/101"),
    (POINTER, "heading", "100 Colombia/140 Brazil", POINTER, "100 Colombia/140 Brazil are not on"),
    (POINTER, "dispute_number", "182", POINTER, "The entry itself stands under 101 Venezuela/130"),
    (SECOND, "dispute_number", "180", FIRST, "MID 180 is also the number of another entry, one"),
    (SECOND, "dispute_number", "180", SECOND, "MID 180 is also the number of another entry, one"),
    (SECOND, "start_date", "June 30, 1903", POINTER, "The cross-reference says July 1903; MID 181"),
    (SECOND, "side_a", "100 Colombia", POINTER, "101 Venezuela/130 Ecuador are not on the two"),
    (
        SECOND,
        "dispute_number",
        "189",
        POINTER,
        "The list of 100 Colombia/101 Venezuela has no entr",
    ),
    (
        SECOND,
        "start_date",
        "July 1, 1900",
        SECOND,
        "It starts in July 1, 1900, before MID 180 above",
    ),
    (FIRST, "start_date", "May 4, 1904", SECOND, "It starts in July 1903, before MID 180 above it"),
    (POINTER, "started", "July 1906", LAST, "It starts in July 1905, before MID 181 above it"),
]


@pytest.mark.parametrize(("record", "field", "text", "found_in", "message"), EDITS)
def test_an_edit_gives_neighbouring_records_findings(
    tmp_path: Path, record: int, field: str, text: str, found_in: int, message: str
) -> None:
    with imported(tmp_path, BESIDE) as session:
        checks = Checks(session)
        assert list(checks.all()) == []
        correct(session, record, **{field: FIELDS[field].parse(text, session.states)})
        assert [one for one in messages(checks, found_in) if one.startswith(message)]
        assert found_in in checks.touched
        fresh = Checks(session)
        assert list(checks.all()) == list(fresh.all()), "no finding is out of date"
        session.undo()
        assert list(checks.all()) == []


def test_an_edit_touches_only_records_whose_findings_can_change(tmp_path: Path) -> None:
    with imported(tmp_path, BESIDE) as session:
        checks = Checks(session)
        list(checks.all())
        correct(session, LAST, page=7)
        assert checks.touched == {LAST}
        correct(session, FIRST, page=7)
        assert checks.touched == {FIRST, SECOND}


def test_a_text_imported_later_is_checked_with_the_others(tmp_path: Path) -> None:
    with imported(tmp_path, one_entry(77)) as session:
        checks = Checks(session)
        assert list(checks.all()) == []
        (later,) = import_text(session, tmp_path / "b.txt", one_entry(77).replace("1911", "1912"))
        (first,) = (record for record in session.with_number(77) if record != later)
        assert messages(checks, first) == [
            "MID 77 is also the number of another entry, one that starts in May 1912."
        ]
        session.undo()
        assert list(checks.all()) == []
        assert later in checks.touched


def test_a_duplicate_entry_is_more_severe_than_a_duplicate_number(tmp_path: Path) -> None:
    with imported(tmp_path, one_entry(77)) as session:
        (other,) = import_text(session, tmp_path / "b.txt", one_entry(78))
        correct(session, other, dispute_number=77)
        found = [finding for _, finding in Checks(session).all()]
        assert {(finding.rule, finding.severity) for finding in found} == {("number once", "error")}


def test_another_state_list_can_be_checked_against(tmp_path: Path) -> None:
    table = """\
code,abbreviation,name,from,to,variants
100,COL,Colombia,1831-01-01,,
135,PER,Peru,1912-01-01,,
"""
    with imported(tmp_path, one_entry(77)) as session:
        checks = Checks(session, parse_states(table.splitlines()))
        assert messages(checks, session.ids()[0]) == [
            "135 Peru is not a member of the state system in May 1911 (it was one since "
            "January 1, 1912)."
        ]
