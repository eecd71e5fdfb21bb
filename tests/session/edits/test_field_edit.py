"""One field: how edits are logged, how typed text is parsed, and reverting to the original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome, ReviewState
from mideditor.domain.fields import UnknownField
from mideditor.domain.partial_date import parse_date
from mideditor.session.edits.field_edit import (
    edit_fields,
    kind_for,
    last_change,
    printed_text,
    revert,
    typed_value,
)
from mideditor.session.session import Session
from tests.session.chapters import ALASKA, FRAGMENT, REFERENCE, TRAINER, field_changes, imported


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with imported(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("field", "wanted", "logged"),
    [
        ("outcome", ChangeKind.CODING, ChangeKind.CODING),
        ("side_b", ChangeKind.CODING, ChangeKind.CODING),
        ("outcome", ChangeKind.CORRECTION, ChangeKind.CORRECTION),
        ("narrative", ChangeKind.CODING, ChangeKind.CORRECTION),
        ("page", ChangeKind.CODING, ChangeKind.CORRECTION),
        ("review", ChangeKind.CODING, ChangeKind.REVIEW),
        ("review", ChangeKind.CORRECTION, ChangeKind.REVIEW),
    ],
)
def test_only_fields_with_printed_coding_changes_get_that_kind(
    field: str, wanted: ChangeKind, logged: ChangeKind
) -> None:
    assert kind_for(field, wanted) is logged


def test_an_edit_has_the_given_kind_reason_and_citation(session: Session) -> None:
    values = {"outcome": Outcome.STALEMATE}
    step = edit_fields(session, ALASKA, values, ChangeKind.CODING, reason="No win", citation="p. 3")
    assert step is not None
    assert (step.kind, step.reason, step.citation) == (ChangeKind.CODING, "No win", "p. 3")


def test_a_review_state_is_logged_without_a_reason(session: Session) -> None:
    values = {"review": ReviewState.CODED}
    step = edit_fields(session, ALASKA, values, ChangeKind.CODING, reason="No win", citation="p. 3")
    assert step is not None
    assert (step.kind, step.reason, step.citation) == (ChangeKind.REVIEW, "", "")


def test_an_edit_to_the_same_value_makes_no_step(session: Session) -> None:
    values = {"outcome": Outcome.UNCLEAR}
    assert edit_fields(session, ALASKA, values, ChangeKind.CODING, reason="", citation="") is None


def test_typed_text_is_parsed_to_a_value(session: Session) -> None:
    assert typed_value(session, ALASKA, "start_date", "May 1963") == parse_date("1963-05")
    assert typed_value(session, ALASKA, "outcome", "stalemate") is Outcome.STALEMATE
    with pytest.raises(ValueError, match="Whenever"):
        typed_value(session, ALASKA, "start_date", "Whenever")
    with pytest.raises(UnknownField):
        typed_value(session, REFERENCE, "outcome", "Stalemate")


def test_sentences_from_the_log_are_not_stored_when_the_paragraph_is_edited(
    session: Session,
) -> None:
    session.edit(ChangeKind.CODING, {TRAINER: {"outcome": Outcome.STALEMATE}})
    printed = printed_text(session, TRAINER, "coding_changes")
    assert printed == "Settlement changed from Imposed. Outcome changed from Released."
    typed = typed_value(session, TRAINER, "coding_changes", printed.replace("Imposed", "None"))
    assert [sentence.text for sentence in typed] == ["Settlement changed from None."]


def test_a_field_is_printed_as_in_the_chapter(session: Session) -> None:
    assert printed_text(session, ALASKA, "start_date") == "March 15, 1963"
    assert printed_text(session, ALASKA, "side_a") == "365 Russia"
    assert printed_text(session, ALASKA, "page") == "942"
    assert printed_text(session, ALASKA, "mid_number") == ""


def test_the_last_change_of_a_field(session: Session) -> None:
    assert last_change(session, ALASKA, "outcome") is None
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    assert last_change(session, ALASKA, "outcome") is ChangeKind.CODING
    assert last_change(session, ALASKA, "settlement") is None
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"outcome": Outcome.RELEASED}})
    assert last_change(session, ALASKA, "outcome") is ChangeKind.CORRECTION
    session.undo()
    assert last_change(session, ALASKA, "outcome") is ChangeKind.CODING
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.UNCLEAR}})
    assert last_change(session, ALASKA, "outcome") is None


def test_reverting_is_a_step_of_the_kind_of_the_last_change(session: Session) -> None:
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"outcome": Outcome.RELEASED}})
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="No win")
    step = revert(session, ALASKA, "outcome")
    assert step is not None
    assert (step.kind, step.reason) == (ChangeKind.CODING, "Taken back to the original")
    assert [(change.field, change.old, change.new) for change in field_changes(step)] == [
        ("outcome", "Stalemate", "Unclear")
    ]
    assert session.original(ALASKA) == session.record(ALASKA)


def test_an_unchanged_field_cannot_be_reverted(session: Session) -> None:
    session.edit(ChangeKind.CORRECTION, {FRAGMENT: {"page": 943}})
    steps = len(session.history.steps)
    assert revert(session, FRAGMENT, "narrative") is None
    assert revert(session, ALASKA, "outcome") is None
    assert len(session.history.steps) == steps
