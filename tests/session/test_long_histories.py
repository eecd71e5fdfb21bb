"""The history of a project with many restores, or with a log altered by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mideditor.domain.changes import (
    Change,
    ChangeKind,
    FieldChanged,
    Restored,
    StepsExplained,
    StepsRedone,
    StepsReviewed,
    StepsUndone,
)
from mideditor.domain.steps import FIRST_LINK, Step, StepDraft, new_step_id
from mideditor.session.history import History

Log = list[Step]


def after(log: Log, *about: Change) -> Log:
    """The log with one more step, which changes a page or says something ``about`` other steps."""
    page = FieldChanged(
        record=1, field="page", kind=ChangeKind.CORRECTION, old=len(log), new=len(log) + 1
    )
    draft = StepDraft(
        id=new_step_id(),
        time=datetime(2026, 3, 14, tzinfo=UTC),
        author="Ana",
        changes=(*about, page),
    )
    return [*log, draft.sealed(len(log) + 1, log[-1].link if log else FIRST_LINK)]


def undone(history: History, step: Step) -> tuple[Change, ...]:
    """What an undo of a step says about steps."""
    said = StepsUndone(steps=(step.id,))
    if isinstance(step.reversal, Restored):
        return said, step.reversal.inverse()
    return (said,)


def test_many_restores_are_undone_one_after_the_other() -> None:
    log: Log = []
    for _ in range(60):
        log = after(log)
        log = after(log)
        log = after(log, Restored(to=log[-2].id, undone=(log[-1].id,), redone=()))
    history = History(log)
    assert [step.number for step in log if history.stands(step)] == list(range(1, 181, 3))
    count = 0
    while last := history.next_undo("Ana"):
        log = after(log, *undone(history, last))
        history.add(log[-1])
        count += 1
    assert count == 60 + 60 * 2
    assert not any(history.stands(step) for step in log)


def test_a_restore_to_before_other_restores_is_as_long_as_the_steps_that_it_moves() -> None:
    """A restore says which steps it puts in and out of force; nothing is replayed within it."""
    log = after([])
    for _ in range(60):
        log = after(log)
        undoable = History(log).undoable()
        log = after(log, Restored(to=log[0].id, undone=tuple(undoable[1:]), redone=()))
    history = History(log)
    assert history.undoable() == [log[0].id, log[-1].id]
    assert [step.number for step in log if history.stands(step)] == [1]


NOWHERE = "f" * 32


@pytest.mark.parametrize(
    "about",
    [
        StepsUndone(steps=(NOWHERE,)),
        StepsRedone(steps=(NOWHERE,)),
        Restored(to=NOWHERE, undone=(NOWHERE,), redone=(NOWHERE,)),
        StepsExplained(steps=(NOWHERE,), reason="why"),
        StepsReviewed(steps=(NOWHERE,)),
    ],
    ids=lambda about: about.change,
)
def test_a_step_that_names_no_earlier_step_is_accepted(about: Change) -> None:
    """A copy of the project may lack the step; the project still opens."""
    log = after(after([]), about)
    history = History(log)
    assert history.last == log[1]
    assert history.reversed_by(log[1]) is None
    assert history.explained_by(log[1]) == []
    assert history.can_undo(log[0])
    assert history.stands(log[0])


def test_a_log_with_a_step_twice_is_accepted() -> None:
    """Its links show that the log was altered; the project still opens."""
    log = after(after([]))
    history = History([*log, log[0]])
    assert history.last == log[0]
    last = history.next_undo("Ana")
    assert last is not None
    assert history.can_undo(last)
