"""Fixing all findings of a rule in one step, and accepting findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.partial_date import parse_date
from mideditor.domain.rules.table import RULES
from mideditor.session.checks.checks import Checks
from mideditor.session.checks.fixes import (
    NothingToFix,
    accept_findings,
    find_fixes,
    fix_finding,
    preview,
    reopen_findings,
)
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, FRAGMENT, TRAINER, imported, reopened

REPEATED = RULES["repeated words"]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The chapter with repeated words in two entries, and one entry that ends before it starts."""
    with imported(tmp_path) as session:
        spoilt: dict[int, dict[str, Any]] = {
            ALASKA: {"narrative": ("It was the the coast, and and it was cold.",)},
            TRAINER: {
                "narrative": ("It was at at dawn.", "They went over over the border."),
                "end_date": parse_date("1963"),
            },
        }
        session.edit(ChangeKind.CORRECTION, spoilt, reason="to be fixed")
        yield session


def open_findings(checks: Checks) -> list[str]:
    return [f"{record} {finding.rule}" for record, finding in checks.all() if record != FRAGMENT]


def test_all_fixes_of_a_rule_are_one_step_and_one_undo(session: Session) -> None:
    checks = Checks(session)
    values = run_now(find_fixes(checks, REPEATED, session.ids()))
    assert [(one.record, one.field, one.after) for one in preview(session, values)] == [
        (ALASKA, "narrative", "It was the coast, and it was cold."),
        (TRAINER, "narrative", "It was at dawn.\nThey went over over the border."),
    ]
    step = session.edit(ChangeKind.CORRECTION, values, reason="printed twice")
    assert step is not None
    assert {change.record for change in step.record_changes} == {ALASKA, TRAINER}
    assert open_findings(checks) == [f"{TRAINER} dates in order", f"{TRAINER} repeated words"]
    session.undo()
    assert open_findings(checks).count(f"{ALASKA} repeated words") == 2


def test_a_single_finding_is_fixed(session: Session) -> None:
    checks = Checks(session)
    first, second = checks.of(ALASKA)
    fix_finding(session, ALASKA, second, "printed twice")
    assert [one.key for one in checks.of(ALASKA)] == [first.key]


def test_an_uncertain_finding_is_not_fixed(session: Session) -> None:
    (finding,) = (one for one in Checks(session).of(TRAINER) if one.field == "end_date")
    with pytest.raises(NothingToFix, match="MID 2220, end_date: what would mend “The dispute en"):
        fix_finding(session, TRAINER, finding, "why")


def test_an_accepted_finding_is_hidden_until_its_values_change(session: Session) -> None:
    checks = Checks(session)
    (finding,) = (one for one in checks.of(TRAINER) if one.field == "end_date")
    step = run_now(accept_findings(session, [(TRAINER, finding)], "The source has it so."))
    assert step is not None
    assert step.kind is ChangeKind.REVIEW
    assert f"{TRAINER} dates in order" not in open_findings(checks)
    (accepted,) = checks.accepted(TRAINER)
    assert (accepted.finding, accepted.reason) == (finding, "The source has it so.")
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"end_date": parse_date("1962")}})
    assert f"{TRAINER} dates in order" in open_findings(checks)
    assert checks.accepted(TRAINER) == []
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"end_date": parse_date("1963")}})
    assert checks.accepted(TRAINER) == [accepted]


def test_accepted_findings_are_saved_and_keep_the_project_consistent(session: Session) -> None:
    checks = Checks(session)
    run_now(accept_findings(session, [(ALASKA, one) for one in checks.of(ALASKA)], "A stammer."))
    again = reopened(session)
    assert [one.reason for one in Checks(again).accepted(ALASKA)] == ["A stammer.", "A stammer."]
    assert list(faults(again)) == []
    again.undo()
    assert Checks(again).accepted(ALASKA) == []
    assert "accepted" not in again.documents()[ALASKA]
    assert list(faults(again)) == []
    again.redo()
    assert len(Checks(again).accepted(ALASKA)) == 2
    again.close()


def test_one_of_two_accepted_findings_is_reopened(session: Session) -> None:
    checks = Checks(session)
    first, second = checks.of(ALASKA)
    run_now(accept_findings(session, [(ALASKA, first), (ALASKA, second)], "A stammer."))
    run_now(reopen_findings(session, [(ALASKA, second)], "No stammer after all."))
    assert checks.of(ALASKA) == [second]
    assert [one.finding for one in checks.accepted(ALASKA)] == [first]


def test_fixes_leave_accepted_findings_alone(session: Session) -> None:
    checks = Checks(session)
    first, _ = checks.of(ALASKA)
    run_now(accept_findings(session, [(ALASKA, first)], "A stammer."))
    values = run_now(find_fixes(checks, REPEATED, [ALASKA]))
    assert values == {ALASKA: {"narrative": ("It was the the coast, and it was cold.",)}}


def test_a_record_without_accepted_findings_is_stored_unchanged(session: Session) -> None:
    assert all("accepted" not in document for document in session.documents().values())


def test_the_last_accepted_finding_is_reopened(session: Session) -> None:
    checks = Checks(session)
    (finding,) = (one for one in checks.of(TRAINER) if one.field == "end_date")
    run_now(accept_findings(session, [(TRAINER, finding)], "The source has it so."))
    assert finding not in checks.of(TRAINER)
    run_now(reopen_findings(session, [(TRAINER, finding)], "It has not."))
    assert finding in checks.of(TRAINER)
    session.undo()
    assert finding not in checks.of(TRAINER)
