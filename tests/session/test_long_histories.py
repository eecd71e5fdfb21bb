"""The history of a project with many restores, or with a log altered by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mideditor.domain.steps import FieldChange, Step, StepKind, new_step
from mideditor.session.history import History

Log = list[Step]


def after(log: Log, kind: StepKind, undoes: int | None = None) -> Log:
    """The log with one more step."""
    step = new_step(
        after=log[-1] if log else None,
        time=datetime(2026, 3, 14, tzinfo=UTC),
        author="Ana",
        kind=kind,
        changes=(FieldChange(record=1, field="page", old=len(log), new=len(log) + 1),),
        undoes=undoes,
    )
    return [*log, step]


def test_many_restores_of_restores_are_replayed_quickly() -> None:
    """Replaying every restore within every later one would take exponential time."""
    log: Log = []
    for _ in range(60):
        log = after(log, StepKind.CORRECTION)
        log = after(log, StepKind.CORRECTION)
        log = after(log, StepKind.RESTORE, undoes=len(log) - 1)
    history = History(log)
    assert [step.number for step in log if history.stands(step)] == list(range(1, 181, 3))
    undone = 0
    while history.next_undo is not None:
        log = after(log, StepKind.UNDO, undoes=history.next_undo.number)
        history.add(log[-1])
        undone += 1
    assert undone == 60 + 60 * 2
    assert not any(history.stands(step) for step in log)


@pytest.mark.parametrize("kind", [StepKind.UNDO, StepKind.REDO, StepKind.RESTORE])
@pytest.mark.parametrize("undoes", [2, 3, 9])
def test_a_step_that_names_no_earlier_step_is_accepted(kind: StepKind, undoes: int) -> None:
    """Its hash shows that the log was altered; the project still opens."""
    log = after(after([], StepKind.CORRECTION), kind, undoes=undoes)
    history = History([*log, log[0]])
    assert history.last == log[0]
    assert history.next_undo is not None
    assert history.can_undo(history.next_undo) in (True, False)
