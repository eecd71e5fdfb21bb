"""The changes of a coder, reviewed one by one by someone else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome, ReviewState
from mideditor.session.log.logbook import log_lines
from mideditor.session.log.reviewing import ReviewFilter, authors, changes, steps_of
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from tests.session.chapters import ALASKA, REFERENCE, TRAINER, imported, reopened


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Ana made a coding change and corrections, Ben a correction; one of Ana's steps was undone."""
    session = imported(tmp_path)
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="as published")
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    session.edit(ChangeKind.REVIEW, {TRAINER: {"review": ReviewState.CODED}})
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"page": 9}})
    session.undo()
    session.author = "Ben"
    session.edit(ChangeKind.CORRECTION, {REFERENCE: {"dispute_number": 612}}, reason="misread")
    return session


EVERYTHING = ReviewFilter()


def listed(session: Session, wanted: ReviewFilter = EVERYTHING) -> list[tuple[int, str]]:
    return [(one.step.number, one.line.label) for one in changes(session, wanted)]


def test_changes_in_force_are_listed_and_filtered(session: Session) -> None:
    assert listed(session) == [(2, "Outcome"), (3, "Fatalities"), (7, "Dispute number")]
    assert listed(session, ReviewFilter(author="Ana")) == [(2, "Outcome"), (3, "Fatalities")]
    assert listed(session, ReviewFilter(kind=ChangeKind.CODING)) == [(2, "Outcome")]
    assert listed(session, ReviewFilter(words="MISREAD 612")) == [(7, "Dispute number")]
    last = session.history.steps[-1].time
    assert listed(session, ReviewFilter(since=last)) == [(7, "Dispute number")]
    assert listed(session, ReviewFilter(since=last + timedelta(minutes=1))) == []
    assert authors(session) == ["Ana", "Ben"]
    session.close()


def test_accepted_changes_are_no_longer_open(session: Session) -> None:
    session.author = "Cora"
    session.accept(steps_of(changes(session, ReviewFilter(author="Ana"))), "checked with p. 942")
    assert listed(session, ReviewFilter(only_open=True)) == [(7, "Dispute number")]
    assert [one.accepted_by for one in changes(session)] == ["Cora", "Cora", ""]
    line = list(log_lines(session))[-1]
    assert (line.label, line.new, line.reason) == (
        "Accepted",
        "of steps 2, 3",
        "checked with p. 942",
    )
    session.undo()
    assert len(listed(session, ReviewFilter(only_open=True))) == 3
    session = reopened(session)
    session.redo()
    assert [one.accepted_by for one in changes(session)] == ["Cora", "Cora", ""]
    assert list(faults(session)) == []
    session.close()


def test_an_acceptance_is_not_a_reason(session: Session) -> None:
    session.edit(ChangeKind.CODING, {TRAINER: {"outcome": Outcome.STALEMATE}})
    (needing_reason,) = session.history.needing_reason()
    session.accept([needing_reason])
    assert session.history.needing_reason() == [needing_reason]
    session.close()
