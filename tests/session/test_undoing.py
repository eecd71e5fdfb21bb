"""Undo and redo in parts: nothing changes before the end, and then everything at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.steps import Step
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo, records_of
from mideditor.session.work import Work, run_now
from mideditor.store.project import StaleStep
from tests.session.chapters import imported, one_entry

THIRTY = "".join(one_entry(number) for number in range(1, 31))


def released(session: Session) -> int:
    """The number of records whose outcome is a release."""
    return sum(document["outcome"] == "Released" for document in session.documents().values())


def edited(folder: Path) -> Session:
    """A project with a step that changed all of its thirty records."""
    session = imported(folder, THIRTY)
    session.edit(
        ChangeKind.CORRECTION, {record: {"outcome": "Released"} for record in session.ids()}
    )
    return session


def some_of(work: Work[Step], count: int) -> list[int]:
    return [next(work)[0] for _ in range(count)]


def test_undo_reports_progress_and_changes_nothing_until_the_end(
    tmp_path: Path,
) -> None:
    with edited(tmp_path) as session:
        assert records_of(session.history.last) == 30
        work = session.undo_work()
        assert some_of(work, 3) == [8, 16, 24]
        assert (released(session), len(session.history.steps)) == (30, 2)
        step = run_now(work)
        assert (step.kind, released(session)) == (ChangeKind.UNDO, 0)
        assert session.history.reversed_by(step) == 2
        assert some_of(session.redo_work(), 3)[-1] == 24
        assert (released(session), len(session.history.steps)) == (0, 3)
        session.redo()
        assert released(session) == 30
        assert list(faults(session)) == []


def test_cancelled_work_changes_nothing(tmp_path: Path) -> None:
    with edited(tmp_path) as session:
        before = dict(session.documents())
        work = session.undo_work()
        some_of(work, 2)
        work.close()
        assert dict(session.documents()) == before
        assert len(session.history.steps) == 2
        session.undo()
        assert released(session) == 0


@pytest.mark.parametrize("ready", [1, 3])
@pytest.mark.parametrize("place", [0, 29])
def test_a_step_of_the_same_field_made_meanwhile_is_kept_and_the_undo_refused(
    tmp_path: Path, ready: int, place: int
) -> None:
    with edited(tmp_path) as session:
        record = session.ids()[place]
        work = session.undo_work()
        some_of(work, ready)
        session.edit(ChangeKind.CORRECTION, {record: {"outcome": "Compromise"}})
        before = dict(session.documents())
        with pytest.raises((StaleStep, CannotUndo)):
            run_now(work)
        assert dict(session.documents()) == before
        assert len(session.history.steps) == 3
        session.undo(3)
        session.undo(2)
        assert released(session) == 0


@pytest.mark.parametrize("ready", [1, 3])
@pytest.mark.parametrize("place", [0, 29])
def test_a_step_of_another_field_made_meanwhile_is_kept_beside_the_undo(
    tmp_path: Path, ready: int, place: int
) -> None:
    with edited(tmp_path) as session:
        record = session.ids()[place]
        work = session.undo_work()
        some_of(work, ready)
        session.edit(ChangeKind.CORRECTION, {record: {"page": 7}})
        run_now(work)
        assert (released(session), session.record(record).page) == (0, 7)
        assert [step.kind for step in session.history.steps[2:]] == [
            ChangeKind.CORRECTION,
            ChangeKind.UNDO,
        ]
        assert list(faults(session)) == []


def test_an_import_is_undone_and_redone_in_parts(tmp_path: Path) -> None:
    with imported(tmp_path, THIRTY) as session:
        before = dict(session.documents())
        work = session.undo_work()
        some_of(work, 3)
        assert len(session.ids()) == 30
        run_now(work)
        assert list(session.ids()) == []
        run_now(session.redo_work())
        assert dict(session.documents()) == before
        assert list(faults(session)) == []


def test_an_impossible_undo_fails_before_any_record_is_read(tmp_path: Path) -> None:
    with imported(tmp_path, THIRTY) as session:
        with pytest.raises(CannotUndo, match="There is nothing to redo"):
            next(session.redo_work())
        with pytest.raises(CannotUndo, match="There is no step 9; the log has 1"):
            next(session.undo_work(9))


def test_a_later_record_that_was_changed_again_is_found(tmp_path: Path) -> None:
    with edited(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {session.ids()[-1]: {"outcome": "Compromise"}})
        with pytest.raises(CannotUndo, match="MID 30, outcome, was changed again in step 3"):
            session.undo(2)
        assert (released(session), len(session.history.steps)) == (29, 3)
