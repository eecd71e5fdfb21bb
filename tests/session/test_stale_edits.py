"""An edit is stale only if a value that it starts from was changed meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.record import Answer, Question
from mideditor.session.edits.questions import ask
from mideditor.session.project.verifying import faults
from mideditor.store.project import StaleStep
from tests.session.chapters import (
    ALASKA,
    TRAINER,
    correct,
    imported,
    reopened,
)


class TestPlansMadeOnTheSameRecord:
    def test_of_different_fields_both_apply(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            first = session.plan(ChangeKind.CORRECTION, {ALASKA: {"outcome": Outcome.STALEMATE}})
            second = session.plan(ChangeKind.CORRECTION, {ALASKA: {"page": 7}})
            third = session.plan(ChangeKind.CODING, {ALASKA: {"fatalities": Fatalities.TO_25}})
            for plan in (first, second, third):
                assert session.apply([plan]) is not None
            document = session.document(ALASKA)
            assert (document["outcome"], document["page"], document["fatalities"]) == (
                "Stalemate",
                7,
                "1–25 deaths",
            )
            assert list(faults(session)) == []
            again = reopened(session)
            assert again.document(ALASKA) == document
            assert list(faults(again)) == []
            again.close()

    def test_of_the_same_field_the_later_one_is_stale(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            first = session.plan(ChangeKind.CORRECTION, {ALASKA: {"outcome": Outcome.STALEMATE}})
            second = session.plan(
                ChangeKind.CORRECTION, {ALASKA: {"outcome": Outcome.RELEASED, "page": 7}}
            )
            session.apply([first])
            before = dict(session.documents())
            with pytest.raises(StaleStep, match="Nothing was changed; do it again"):
                session.apply([second])
            assert dict(session.documents()) == before
            assert len(session.history.steps) == 2
            assert list(faults(session)) == []

    def test_of_which_one_is_stale_the_whole_step_is(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            plans = [
                session.plan(ChangeKind.CORRECTION, {TRAINER: {"page": 8}}),
                session.plan(ChangeKind.CORRECTION, {ALASKA: {"page": 9}}),
            ]
            correct(session, ALASKA, page=7)
            with pytest.raises(StaleStep):
                session.apply(plans)
            assert session.document(TRAINER)["page"] == 942
            assert len(session.history.steps) == 2

    def test_that_change_another_field_only_together_are_stale(self, tmp_path: Path) -> None:
        """A number on the MID line is kept only where it differs from the dispute number."""
        with imported(tmp_path) as session:
            plans = [
                session.plan(ChangeKind.CORRECTION, {ALASKA: {name: 2898}})
                for name in ("dispute_number", "mid_number")
            ]
            session.apply(plans[:1])
            with pytest.raises(StaleStep):
                session.apply(plans[1:])
            assert session.document(ALASKA)["mid_number"] is None
            assert list(faults(session)) == []

    def test_a_record_taken_out_meanwhile_is_stale(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            plan = session.plan(ChangeKind.CORRECTION, {ALASKA: {"page": 7}})
            session.undo()
            with pytest.raises(StaleStep):
                session.apply([plan])
            assert list(session.ids()) == []

    def test_two_answers_to_one_question_both_apply(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            ask(session, ALASKA, "outcome", "Why not Stalemate?")
            (question,) = session.record(ALASKA).questions
            plans = [
                session.plan(ChangeKind.REVIEW, {ALASKA: {"questions": (answered(question, who),)}})
                for who in ("Ben", "Cleo")
            ]
            for plan in plans:
                assert session.apply([plan]) is not None
            (question,) = session.record(ALASKA).questions
            assert {one.author for one in question.answers} == {"Ben", "Cleo"}
            assert list(faults(session)) == []
            session.undo(3)
            (question,) = session.record(ALASKA).questions
            assert [one.author for one in question.answers] == ["Cleo"]
            assert list(faults(session)) == []


def answered(question: Question, author: str) -> Question:
    given = Answer(author=author, time=question.time, text=f"So says {author}.")
    return question.replace(answers=(*question.answers, given))
