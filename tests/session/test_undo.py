"""Undo adds a step, works after a restart, and explains why if it is impossible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.session.log.logbook import LogFilter, log_lines
from mideditor.session.project.verifying import faults
from mideditor.session.project_view import NoSuchRecord
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo, OthersStep
from tests.session.chapters import (
    ALASKA,
    CHAPTER,
    REFERENCE,
    TRAINER,
    correct,
    import_text,
    imported,
    open_session,
    reopened,
)


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
        history = session.history
        kinds = [(step.kind.value, history.reversed_by(step)) for step in history.steps[1:]]
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
            "Step 2 cannot be undone by itself: MID 2899, outcome, was changed again in step 3. "
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
    with open_session(tmp_path / "new.mid.json", create=True) as session:
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
        with pytest.raises(CannotUndo, match="MID 2898, mid_number, was changed again in step 3"):
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
    with pytest.raises(NoSuchRecord, match="It may have been undone"):
        session.record(ALASKA)
    session = reopened(session)
    session.redo()
    assert session.documents() == before
    assert list(faults(session)) == []
    session.close()


def test_an_import_is_undone_with_the_edits_made_since(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        number = correct(session, ALASKA, page=1)
        session.undo(1)
        assert list(session.ids()) == []
        assert list(faults(session)) == []
        with pytest.raises(CannotUndo, match=f"Step {number} does not stand"):
            session.undo(number)
        session = reopened(session)
        session.redo()
        assert session.record(ALASKA).page == 1
        assert session.changed_fields(ALASKA) == ["page"]
        session.undo(number)
        assert session.record(ALASKA) == session.original(ALASKA)
        assert list(faults(session)) == []
        session.close()


def test_an_import_undone_after_its_edits_comes_back_with_them(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        number = correct(session, ALASKA, page=1)
        session.undo(number)
        session.undo(1)
        session.redo()
        session.redo()
        assert session.record(ALASKA).page == 1
        assert list(faults(session)) == []


def taken_over(session: Session, author: str) -> Session:
    """The project closed, and opened by another coder."""
    session.close()
    return open_session(session.path, author)


def outcome(session: Session) -> str:
    return str(session.document(ALASKA)["outcome"])


class TestTwoCoders:
    """Ana has imported and corrected the outcome (2), then Ben corrected page (3) and notes (4)."""

    @pytest.fixture
    def session(self, tmp_path: Path) -> Iterator[Session]:
        session = imported(tmp_path)
        correct(session, ALASKA, outcome=Outcome.STALEMATE)
        session = taken_over(session, "Ben")
        correct(session, ALASKA, page=7)
        correct(session, TRAINER, fatalities=Fatalities.TO_25)
        yield session
        session.abandon()

    @pytest.mark.parametrize("author", ["Ana", "ana", " ANA "])
    def test_undo_takes_back_the_own_last_step(self, session: Session, author: str) -> None:
        session.author = author
        session.undo()
        assert outcome(session) == "Unclear"
        assert session.document(ALASKA)["page"] == 7
        assert session.document(TRAINER)["fatalities"] == "1–25 deaths"
        session.redo()
        assert outcome(session) == "Stalemate"
        assert list(faults(session)) == []

    def test_the_next_coder_undoes_only_what_was_her_own(self, session: Session) -> None:
        session = taken_over(session, "ana")
        session.undo()
        assert outcome(session) == "Unclear"
        session = taken_over(session, "Ben")
        session.undo()
        session.undo()
        with pytest.raises(OthersStep):
            session.undo()
        assert [step.number for step in session.history.steps if session.history.stands(step)] == [
            1
        ]
        assert list(faults(session)) == []
        session.close()

    def test_one_without_steps_of_her_own_is_told_whose_step_is_next(
        self, session: Session
    ) -> None:
        session.author = "Cleo"
        before = dict(session.documents())
        with pytest.raises(OthersStep) as caught:
            session.undo()
        assert caught.value.step.number == 4
        assert str(caught.value) == (
            "None of your own steps is left to undo. The last step is 4, by Ben (correction)."
        )
        assert dict(session.documents()) == before
        assert len(session.history.steps) == 4

    def test_undo_by_number_takes_back_a_step_of_anyone(self, session: Session) -> None:
        session.author = "Cleo"
        session.undo(2)
        assert outcome(session) == "Unclear"
        assert session.history.steps[-1].author == "Cleo"
        with pytest.raises(OthersStep):
            session.undo()
        session.redo()
        assert outcome(session) == "Stalemate", "she undid it, and so she redoes it"
        assert list(faults(session)) == []

    def test_redo_is_of_what_the_same_coder_undid(self, session: Session) -> None:
        session.undo()
        session.author = "Ana"
        with pytest.raises(CannotUndo, match="There is nothing to redo"):
            session.redo()
        session.undo()
        session.author = "Ben"
        session.redo()
        assert (outcome(session), session.document(TRAINER)["fatalities"]) == (
            "Unclear",
            "1–25 deaths",
        )
        session.author = "Ana"
        session.redo()
        assert outcome(session) == "Stalemate"

    @pytest.mark.parametrize("restarted", [False, True])
    def test_redo_survives_a_step_of_a_colleague_but_not_an_own_one(
        self, session: Session, restarted: bool
    ) -> None:
        session.author = "Ana"
        session.undo()
        if restarted:
            session = taken_over(session, "Ben")
        session.author = "Ben"
        correct(session, REFERENCE, dispute_number=612)
        session.author = "Ana"
        session.redo()
        assert outcome(session) == "Stalemate"
        session.undo()
        correct(session, REFERENCE, dispute_number=613)
        with pytest.raises(CannotUndo, match="There is nothing to redo"):
            session.redo()
        session.abandon()

    def test_a_step_that_a_colleague_changed_again_is_not_undone(self, session: Session) -> None:
        correct(session, ALASKA, outcome=Outcome.COMPROMISE)
        session.author = "Ana"
        before = dict(session.documents())
        with pytest.raises(CannotUndo, match="MID 2899, outcome, was changed again in step 5"):
            session.undo()
        assert dict(session.documents()) == before

    def test_a_redo_over_a_colleagues_change_is_refused(self, session: Session) -> None:
        session.author = "Ana"
        session.undo()
        session.author = "Ben"
        correct(session, ALASKA, outcome=Outcome.COMPROMISE)
        session.author = "Ana"
        before = dict(session.documents())
        with pytest.raises(CannotUndo) as caught:
            session.redo()
        assert str(caught.value) == (
            "Step 2 cannot be redone by itself: MID 2899, outcome, was changed again in step 6. "
            "Undo the later step first."
        )
        assert dict(session.documents()) == before
        session.author = "Ben"
        session.undo()
        session.author = "Ana"
        session.redo()
        assert outcome(session) == "Stalemate"


def test_a_value_that_others_set_in_between_is_not_taken_back(tmp_path: Path) -> None:
    """Ben's value is there, but it is Dora who set it last."""
    with imported(tmp_path) as session:
        for author, value in (("Ben", "Stalemate"), ("Carl", "Unclear"), ("Dora", "Stalemate")):
            session.author = author
            session.edit(ChangeKind.CODING, {ALASKA: {"outcome": value}}, reason="so")
        printed = session.printed_changes(ALASKA)
        session.author = "Ben"
        with pytest.raises(CannotUndo, match="outcome, was changed again in step 4"):
            session.undo()
        assert session.printed_changes(ALASKA) == printed
        session.author = "Dora"
        session.undo()
        assert session.document(ALASKA)["outcome"] == "Unclear"
        assert list(faults(session)) == []


def test_edits_of_an_undone_import_are_out_of_force_when_the_text_comes_again(
    tmp_path: Path,
) -> None:
    with imported(tmp_path) as session:
        session.author = "Ben"
        edit = session.edit(ChangeKind.CODING, {ALASKA: {"outcome": "Stalemate"}}, reason="so")
        assert edit is not None
        session.author = "Ana"
        session.undo(1)
        assert import_text(session, tmp_path / "again.txt", CHAPTER)
        assert not session.history.stands(edit)
        assert [line.stands for line in log_lines(session, LogFilter(record=ALASKA))][1] is False
        session.author = "Carl"
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": "Stalemate"}}, reason="so")
        session.author = "Ben"
        with pytest.raises(OthersStep):
            session.undo()
        assert session.document(ALASKA)["outcome"] == "Stalemate"
        assert list(faults(session)) == []
