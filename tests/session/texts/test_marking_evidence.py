"""Evidence in the session: review steps, and a finding when it is lost."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.session.checks.checks import Checks
from mideditor.session.log.logbook import log_lines
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.texts.marking_evidence import fields_with_evidence, forget, places, toggle
from mideditor.session.texts.text_marks import MarkKind, describe_mark, text_marks
from tests.session.chapters import ALASKA, REFERENCE, imported, reopened


def text_of(session: Session) -> str:
    return "\n".join(getattr(session.record(ALASKA), "narrative", ()))


def mark(session: Session, words: str) -> None:
    start = text_of(session).index(words)
    toggle(session, ALASKA, "outcome", start, start + len(words))


def lost(session: Session) -> list[tuple[str, str]]:
    found = Checks(session).of(ALASKA)
    return [(one.field, one.message) for one in found if one.rule == "lost evidence"]


def test_a_mark_is_a_review_step_and_no_change_of_the_record(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        assert "evidence" not in session.documents()[ALASKA]
        mark(session, "turned back")
        step = session.history.steps[-1]
        assert step.kind is ChangeKind.REVIEW
        assert session.changed_fields(ALASKA) == []
        [line] = [line for line in log_lines(session) if line.step == step.number]
        assert (line.label, line.old, line.new) == ("Evidence", "", "Outcome: “turned back”")
        session.undo()
        assert "evidence" not in session.documents()[ALASKA]


def test_marking_the_same_words_again_removes_the_mark(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        mark(session, "turned back")
        mark(session, "crossed the coast")
        mark(session, "turned back")
        [one] = session.record(ALASKA).evidence
        assert one.quote == "crossed the coast"


def test_it_is_saved_and_keeps_the_project_consistent(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        mark(session, "turned back")
        with reopened(session) as again:
            [(one, place)] = places(again.record(ALASKA), text_of(again))
            assert text_of(again)[slice(*place)] == one.quote == "turned back"
            assert list(faults(again)) == []


def test_it_survives_edits_around_it_and_its_loss_is_a_finding(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        mark(session, "turned back")
        before = text_of(session)
        longer = (f"On that day, {before}",)
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": longer}})
        assert lost(session) == []
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="Told")
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("Nothing was seen.",)}})
        assert lost(session) == [
            (
                "outcome",
                "The evidence is lost: “turned back” no longer stands in the narrative.",
            )
        ]
        forget(session, ALASKA, session.record(ALASKA).evidence[0])
        assert lost(session) == []


def test_it_is_marked_in_the_text(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        mark(session, "turned back")
        [one] = [
            one
            for one in text_marks(session, ALASKA, "narrative", text_of(session), None)
            if one.kind is MarkKind.EVIDENCE
        ]
        assert text_of(session)[one.start : one.end] == "turned back"
        assert describe_mark(session, ALASKA, one) == "Evidence for Outcome."


def test_only_entries_have_fields_with_evidence(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        assert "outcome" in fields_with_evidence(session.record(ALASKA))
        assert fields_with_evidence(session.record(REFERENCE)) == []
