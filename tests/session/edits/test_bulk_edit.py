"""A field of many records at once."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome, ReviewState
from mideditor.domain.fields import FIELDS
from mideditor.session.edits.bulk_edit import common_fields, planned_edits, set_for_all, values_now
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, FRAGMENT, REFERENCE, TRAINER, imported


def test_only_common_fields_can_be_set(tmp_path: Path) -> None:
    session = imported(tmp_path)
    entries = [row.name for row in common_fields(session, [ALASKA, TRAINER])]
    assert "outcome" in entries
    assert "narrative" not in entries
    assert "doubts" not in entries
    every = [row.name for row in common_fields(session, [FRAGMENT, ALASKA, REFERENCE])]
    assert every == ["heading", "chapter", "page", "review"]
    assert common_fields(session, []) == []
    session.close()


def test_current_values_and_planned_changes(tmp_path: Path) -> None:
    session = imported(tmp_path)
    outcome = FIELDS["outcome"]
    assert values_now(session, [ALASKA, TRAINER], outcome) == {"Unclear": 1, "Released": 1}
    plans = planned_edits(session, [ALASKA, TRAINER], outcome, Outcome.RELEASED)
    assert [(one.title, one.now, one.then) for one in plans] == [
        ("MID 2899", "Unclear", "Released")
    ]
    session.close()


def test_one_step_and_one_undo(tmp_path: Path) -> None:
    session = imported(tmp_path)
    before = dict(session.documents())
    entries = [ALASKA, TRAINER]
    step = run_now(
        set_for_all(
            session,
            ChangeKind.CODING,
            entries,
            FIELDS["outcome"],
            Outcome.STALEMATE,
            reason="So it is",
        )
    )
    assert step is not None
    assert [change.record for change in step.record_changes] == entries
    assert [s.text for s in session.printed_changes(ALASKA)] == ["Outcome changed from Unclear."]
    state = run_now(
        set_for_all(
            session,
            ChangeKind.CODING,
            entries,
            FIELDS["review"],
            ReviewState.CODED,
            reason="So it is",
        )
    )
    assert state is not None
    assert state.kind is ChangeKind.REVIEW
    session.undo()
    session.undo()
    assert dict(session.documents()) == before
    session.close()
