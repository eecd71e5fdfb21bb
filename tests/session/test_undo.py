"""Undo adds a step, works after a restart, and explains why if it is impossible."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.steps import StepKind
from mideditor.session.project.verifying import faults
from mideditor.session.project_view import NoSuchRecord
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo
from tests.session.chapters import (
    ALASKA,
    CHAPTER,
    TRAINER,
    import_text,
    imported,
    one_entry,
    reopened,
)


def correct(session: Session, record: int, **values: object) -> int:
    step = session.edit(StepKind.CORRECTION, {record: values})
    assert step is not None
    return step.number


def test_undo_and_redo_go_back_and_forth_and_the_log_grows(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        states = [session.record(ALASKA)]
        for page in (1, 2):
            correct(session, ALASKA, page=page)
            states.append(session.record(ALASKA))
        for expected in (states[1], states[0]):
            session.undo()
            assert session.record(ALASKA) == expected
        for expected in states[1:]:
            session.redo()
            assert session.record(ALASKA) == expected
        kinds = [(step.kind.value, step.undoes) for step in session.history.steps[1:]]
        assert kinds == [
            ("correction", None),
            ("correction", None),
            ("undo", 3),
            ("undo", 2),
            ("redo", 2),
            ("redo", 3),
        ]


def test_undo_and_redo_work_after_reopening(tmp_path: Path) -> None:
    session = imported(tmp_path)
    correct(session, ALASKA, page=1)
    correct(session, ALASKA, page=2)
    session = reopened(session)
    session.undo()
    session = reopened(session)
    session.undo()
    assert session.record(ALASKA).page == 942
    session = reopened(session)
    session.redo()
    assert session.record(ALASKA).page == 1
    session.close()


def test_a_new_step_clears_the_redo_stack(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        correct(session, ALASKA, page=1)
        session.undo()
        correct(session, ALASKA, page=2)
        with pytest.raises(CannotUndo, match="There is nothing to redo"):
            session.redo()


def test_an_earlier_step_can_be_undone_if_no_later_step_depends_on_it(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        first = correct(session, ALASKA, outcome=Outcome.STALEMATE)
        correct(session, ALASKA, fatalities=Fatalities.TO_25)
        correct(session, TRAINER, outcome=Outcome.STALEMATE)
        session.undo(first)
        document = session.documents()[ALASKA]
        assert (document["outcome"], document["fatalities"]) == ("Unclear", "1–25 deaths")
        session.redo()
        assert session.documents()[ALASKA]["outcome"] == "Stalemate"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (
            2,
            "Step 2 cannot be undone by itself: record 2, outcome, was changed again in step 3. "
            "Undo the later step first.",
        ),
        (
            1,
            "Step 1 cannot be undone by itself: record 2, record, was changed again in step 3. "
            "Undo the later step first.",
        ),
        (5, "Step 5 does not stand: it is an undo or was undone."),
        (4, "Step 4 does not stand: it is an undo or was undone."),
        (6, "There is no step 6; the log has 5."),
        (0, "There is no step 0; the log has 5."),
        (-1, "There is no step -1; the log has 5."),
    ],
)
def test_a_step_that_cannot_be_undone_says_why(tmp_path: Path, number: int, message: str) -> None:
    with imported(tmp_path) as session:
        correct(session, ALASKA, outcome=Outcome.STALEMATE)
        correct(session, ALASKA, outcome=Outcome.COMPROMISE)
        correct(session, TRAINER, page=1)
        session.undo()
        before = dict(session.documents())
        with pytest.raises(CannotUndo) as caught:
            session.undo(number)
        assert str(caught.value) == message
        assert session.documents() == before
        assert len(session.history.steps) == 5


def test_a_new_project_has_nothing_to_undo(tmp_path: Path) -> None:
    with Session.open(tmp_path / "new.mid.json", "Ana", create=True) as session:
        with pytest.raises(CannotUndo, match="There is nothing to undo"):
            session.undo()
        with pytest.raises(CannotUndo, match="There is nothing to redo"):
            session.redo()


def test_a_number_that_removes_its_mid_line_is_undone_with_it(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        correct(session, ALASKA, mid_number=2898)
        correct(session, ALASKA, dispute_number=2898)
        assert session.documents()[ALASKA]["mid_number"] is None
        session.undo()
        assert session.documents()[ALASKA]["mid_number"] == 2898
        assert session.documents()[ALASKA]["dispute_number"] == 2899


def test_an_undo_that_would_silently_change_another_field_is_refused(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        correct(session, ALASKA, dispute_number=2898)
        correct(session, ALASKA, mid_number=2899)
        with pytest.raises(CannotUndo, match="record 2, mid_number, was changed again in step 3"):
            session.undo(2)
        assert session.documents()[ALASKA]["mid_number"] == 2899
        session.undo(3)
        session.undo(2)
        assert list(faults(session)) == []


def test_undone_and_redone_imports_keep_the_record_ids(tmp_path: Path) -> None:
    session = imported(tmp_path)
    before = dict(session.documents())
    session.undo()
    assert list(session.ids()) == []
    assert session.removed_documents().keys() == before.keys()
    with pytest.raises(NoSuchRecord, match="It may have been undone"):
        session.record(ALASKA)
    session = reopened(session)
    session.redo()
    assert session.documents() == before
    assert session.removed_documents() == {}
    session.close()


def test_ids_are_never_reused(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.undo()
    session = reopened(session)
    assert import_text(session, tmp_path / "other.txt", one_entry(77)) == [5]
    assert import_text(session, tmp_path / "again.txt", CHAPTER) == [6, 7, 8, 9]
    session.close()


def test_an_import_with_later_edits_is_undone_after_them(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        number = correct(session, ALASKA, page=1)
        with pytest.raises(CannotUndo, match="Undo the later step first"):
            session.undo(1)
        session.undo(number)
        session.undo(1)
        assert list(session.ids()) == []
        session.redo()
        session.redo()
        assert session.record(ALASKA).page == 1
        assert list(faults(session)) == []
