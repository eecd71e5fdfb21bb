"""Findings of an open project: known from its log, and anew after each step."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.codes import Outcome
from mideditor.domain.partial_date import parse_date
from mideditor.domain.steps import StepKind
from mideditor.session.checks import Checks
from tests.session.chapters import ALASKA, FRAGMENT, REFERENCE, TRAINER, imported, reopened


def messages(checks: Checks, record: int) -> list[str]:
    return [finding.message for finding in checks.of(record)]


def test_a_sound_chapter_has_only_its_fragment_to_look_at(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        checks = Checks(session)
        found = {record: len(checks.of(record)) for record in session.ids()}
        assert found == {FRAGMENT: 1, ALASKA: 0, TRAINER: 0, REFERENCE: 0}


def test_findings_come_and_go_with_the_steps(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        checks = Checks(session)
        assert messages(checks, TRAINER) == []
        session.edit(StepKind.CORRECTION, {TRAINER: {"end_date": parse_date("1963")}})
        assert messages(checks, TRAINER) == [
            "The dispute ends (1963) before it starts (January 28, 1964)."
        ]
        session.undo()
        assert messages(checks, TRAINER) == []


def test_a_coding_change_owes_its_reason_until_it_is_made_with_one(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.edit(StepKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    session = reopened(session)
    checks = Checks(session)
    assert messages(checks, ALASKA) == ["Outcome: the coding change still owes its reason."]
    session.undo()
    assert messages(checks, ALASKA) == []
    session.edit(StepKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="why")
    session.edit(StepKind.CORRECTION, {ALASKA: {"page": 3}})
    assert messages(checks, ALASKA) == []
    session.close()
