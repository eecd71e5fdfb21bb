"""Questions on fields: each change is a step, and only questions not closed are findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.changes import ChangeKind
from mideditor.domain.fields import unprinted_fields
from mideditor.domain.record import Question
from mideditor.domain.record_ids import handle
from mideditor.files.user_error import UserError
from mideditor.session.checks.checks import Checks
from mideditor.session.edits.questions import (
    answer,
    ask,
    close,
    next_question,
    questions_on,
    reopen,
)
from mideditor.session.log.logbook import LogFilter, log_lines
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.undoing import CannotUndo
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, REFERENCE, TRAINER, imported, reopened


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The chapter with a question on the outcome of MID 2899."""
    with imported(tmp_path) as session:
        ask(session, ALASKA, "outcome", "Why not Stalemate? ")
        yield session


def only(session: Session) -> Question:
    (question,) = session.record(ALASKA).questions
    return question


def findings(session: Session) -> list[str]:
    return [finding.message for finding in Checks(session).of(ALASKA)]


def test_a_question_is_a_step_of_the_review_and_a_notice_on_its_field(session: Session) -> None:
    step = session.history.steps[-1]
    assert (step.kind, step.author, len(step.changes)) == (ChangeKind.REVIEW, "Ana", 1)
    question = only(session)
    assert (question.author, question.text) == ("Ana", "Why not Stalemate?")
    assert question.time < step.time
    (finding,) = Checks(session).of(ALASKA)
    assert (finding.rule, finding.field, finding.severity) == (
        "open question",
        "outcome",
        "notice",
    )
    assert finding.message == "Ana asks: Why not Stalemate?"


def test_another_coder_answers_and_the_author_closes(session: Session) -> None:
    session.author = "Ben"
    answer(session, ALASKA, only(session), "The narrative says nothing of an end.")
    assert findings(session) == [
        "Ana asked: Why not Stalemate? Ben answers: The narrative says nothing of an end."
    ]
    session.author = "Ana"
    close(session, ALASKA, only(session))
    assert findings(session) == []
    reopen(session, ALASKA, only(session))
    assert len(findings(session)) == 1
    for number in (5, 4, 3, 2):
        session.undo(number)
    assert session.record(ALASKA).questions == ()


def test_a_question_that_a_colleague_answered_is_not_undone_before_the_answer(
    session: Session,
) -> None:
    session.author = "Ben"
    answer(session, ALASKA, only(session), "The narrative says nothing of an end.")
    session.author = "Ana"
    close(session, ALASKA, only(session))
    session.undo()
    with pytest.raises(CannotUndo, match="MID 2899, questions, was changed again in step 3"):
        session.undo()
    assert len(only(session).answers) == 1


def test_closing_can_add_a_last_answer(session: Session) -> None:
    close(session, ALASKA, only(session), "Agreed by telephone.")
    question = only(session)
    assert question.closed
    assert [one.text for one in question.answers] == ["Agreed by telephone."]


def test_questions_are_saved_and_keep_the_project_consistent(session: Session) -> None:
    answer(session, ALASKA, only(session), "See p. 3.")
    before = only(session)
    again = reopened(session)
    assert only(again) == before
    assert list(faults(again)) == []
    again.undo()
    again.undo()
    assert "questions" not in again.documents()[ALASKA]
    assert list(faults(again)) == []
    again.redo()
    assert only(again).answers == ()
    assert again.changed_fields(ALASKA) == [], "a question does not change the contents"
    again.close()


def test_a_record_without_questions_is_stored_unchanged(session: Session) -> None:
    assert "questions" not in session.documents()[TRAINER]


def test_the_search_line_finds_open_and_answered_questions(session: Session) -> None:
    rows = RecordRows(session, Checks(session))
    assert run_now(rows.find("question:open")) == [ALASKA]
    assert run_now(rows.find("question:none")) == [
        record for record in session.ids() if record != ALASKA
    ]
    answer(session, ALASKA, only(session), "See p. 3.")
    assert run_now(rows.find("question:open")) == []
    assert run_now(rows.find("question:answered")) == [ALASKA]
    assert run_now(rows.find('finding:"open question"')) == [ALASKA]
    close(session, ALASKA, only(session))
    assert run_now(rows.find("question:closed")) == [ALASKA]
    assert run_now(rows.find('finding:"open question"')) == []


def test_the_log_shows_questions_and_answers(session: Session) -> None:
    answer(session, ALASKA, only(session), "See p. 3.")
    line = list(log_lines(session, LogFilter(record=ALASKA)))[-1]
    assert line.old == "Outcome: Ana: Why not Stalemate?"
    assert line.new == "Outcome: Ana: Why not Stalemate? – Ana: See p. 3."


def test_the_next_question_is_an_unanswered_one(session: Session) -> None:
    ask(session, ALASKA, "narrative", "Is the coast right?")
    first, second = session.record(ALASKA).questions
    assert next_question(session.record(ALASKA)) == first
    answer(session, ALASKA, first, "See p. 3.")
    assert next_question(session.record(ALASKA)) == second
    close(session, ALASKA, second)
    assert next_question(session.record(ALASKA)) == session.record(ALASKA).questions[0]
    assert [q.closed for q in questions_on(session.record(ALASKA), "narrative")] == [True]


@pytest.mark.parametrize(
    ("record", "field", "text", "message"),
    [
        (ALASKA, "outcome", "  ", "MID 2899, outcome: write the question first."),
        (REFERENCE, "outcome", "Why?", "MID 611, outcome: a cross-reference has no such field"),
        (ALASKA, "doubts", "Why?", "MID 2899, doubts: an entry has no such field"),
        (99, "outcome", "Why?", f"There is no record {handle(99)}"),
    ],
)
def test_invalid_questions_are_rejected(
    session: Session, record: int, field: str, text: str, message: str
) -> None:
    with pytest.raises(UserError) as caught:
        ask(session, record, field, text)
    assert message in str(caught.value)


def test_an_answer_to_an_undone_question_is_rejected(session: Session) -> None:
    question = only(session)
    session.undo()
    with pytest.raises(
        UserError, match="the question “Why not Stalemate\\?” is not there any more"
    ):
        answer(session, ALASKA, question, "See p. 3.")


def test_questions_are_not_compared_with_newer_extractions() -> None:
    assert "questions" in unprinted_fields()


@given(
    doings=st.lists(st.sampled_from(["ask", "answer", "close", "reopen", "undo", "redo"])),
)
def test_every_sequence_can_be_undone(
    tmp_path_factory: pytest.TempPathFactory, doings: list[str]
) -> None:
    """Undoing every step leads back through the states of the record to the first."""
    with imported(tmp_path_factory.mktemp("questions")) as session:
        for doing in doings:
            do(session, doing)
        assert list(faults(session)) == []
        while is_beyond_the_import(session):
            session.undo()
        assert session.record(ALASKA).questions == ()


def is_beyond_the_import(session: Session) -> bool:
    step = session.history.next_undo(session.author)
    return step is not None and step.number > 1


def do(session: Session, doing: str) -> None:
    questions = session.record(ALASKA).questions
    if doing == "ask":
        ask(session, ALASKA, "outcome", f"Question {len(questions)}?")
    elif doing == "undo" and is_beyond_the_import(session):
        session.undo()
    elif doing == "redo" and session.history.next_redo(session.author):
        session.redo()
    elif questions and doing == "answer":
        answer(session, ALASKA, questions[-1], "Because.")
    elif questions and doing == "close":
        close(session, ALASKA, questions[-1])
    elif questions and doing == "reopen":
        reopen(session, ALASKA, questions[-1])
