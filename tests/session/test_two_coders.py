"""Random edits, undos and redos of two coders on one project, compared with a simple model."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.session.history import History
from mideditor.session.project.verifying import faults
from mideditor.session.undoing import CannotUndo, OthersStep
from tests.session.chapters import ALASKA, TRAINER, field_changes, imported, open_session

Place = tuple[RecordId, str]

VALUES: dict[Place, list[object]] = {
    (ALASKA, "page"): [1, 2, 942],
    (ALASKA, "outcome"): ["Unclear", "Stalemate"],
    (TRAINER, "page"): [1, 942],
}
CODERS = ("Ana", "Ben")


@dataclass
class Coder:
    """The numbers of a coder's steps in force, and of the steps that the coder undid."""

    done: list[int] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)


coders = st.sampled_from(CODERS)
edits = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(
        lambda place: st.tuples(st.just(place), st.sampled_from(VALUES[place]))
    ),
    min_size=1,
    max_size=2,
).map(dict)


class Desks(RuleBasedStateMachine):
    """Two coders who take turns. A third one has imported the chapter, which stays."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.session = imported(Path(self.folder.name), author="Cleo")
        self.coders = {name: Coder() for name in CODERS}
        self.author_of: dict[int, str] = {}
        self.values: dict[Place, object] = {
            (record, name): self.session.document(record)[name] for record, name in VALUES
        }
        self.changes: dict[int, dict[Place, tuple[object, object]]] = {}
        self.came: dict[int, int] = {}
        """When each step last came into force, or was undone: the number of the last step then."""

    def now(self) -> int:
        return len(self.session.history.steps)

    def changed_by(self, number: int, others: list[int]) -> bool:
        """Whether one of the other steps has changed a value that a step changes."""
        places = self.changes[number].keys()
        return any(not places.isdisjoint(self.changes[other]) for other in others)

    @rule(coder=coders, edit=edits)
    def edit(self, coder: str, edit: dict[Place, object]) -> None:
        self.session.author = coder
        values: dict[RecordId, dict[str, object]] = {}
        for (record, name), value in edit.items():
            values.setdefault(record, {})[name] = value
        step = self.session.edit(ChangeKind.CORRECTION, values)
        changed = {place: value for place, value in edit.items() if self.values[place] != value}
        assert (step is None) == (not changed)
        if step is None:
            return
        assert len(field_changes(step)) == len(changed)
        self.changes[step.number] = {
            place: (self.values[place], value) for place, value in changed.items()
        }
        self.values |= changed
        self.author_of[step.number] = coder
        self.came[step.number] = step.number
        self.coders[coder].done.append(step.number)
        self.coders[coder].undone.clear()

    @rule(coder=coders)
    def undo(self, coder: str) -> None:
        self.session.author = coder
        if self.coders[coder].done:
            self.take_back(coder, self.coders[coder].done[-1], None)
            return
        with pytest.raises(OthersStep) as caught:
            self.session.undo()
        assert caught.value.step.author != coder

    @rule(coder=coders, which=st.integers(0, 9))
    def undo_any(self, coder: str, which: int) -> None:
        self.session.author = coder
        in_force = sorted(number for one in self.coders.values() for number in one.done)
        if in_force:
            number = in_force[which % len(in_force)]
            self.take_back(coder, number, number)

    def take_back(self, coder: str, number: int, asked: int | None) -> None:
        """Undo a step if its values are still there, and by it; else it must be refused."""
        in_force = [one for each in self.coders.values() for one in each.done]
        since = [one for one in in_force if self.came[one] > self.came[number]]
        fits = all(self.values[at] == new for at, (_, new) in self.changes[number].items())
        fits = fits and not self.changed_by(number, since)
        try:
            self.session.undo(asked)
        except CannotUndo:
            assert not fits
            return
        assert fits
        self.values |= {at: old for at, (old, _) in self.changes[number].items()}
        self.coders[self.author_of[number]].done.remove(number)
        self.coders[coder].undone.append(number)
        self.came[number] = self.now()

    @rule(coder=coders)
    def redo(self, coder: str) -> None:
        self.session.author = coder
        undone = self.coders[coder].undone
        fits = bool(undone) and all(
            self.values[at] == old for at, (old, _) in self.changes[undone[-1]].items()
        )
        if undone:
            in_force = [one for each in self.coders.values() for one in each.done]
            since = [one for one in in_force if one > self.came[undone[-1]]]
            fits = fits and not self.changed_by(undone[-1], since)
        try:
            self.session.redo()
        except CannotUndo:
            assert not fits
            return
        assert fits
        number = undone.pop()
        self.values |= {at: new for at, (_, new) in self.changes[number].items()}
        self.coders[self.author_of[number]].done.append(number)
        self.came[number] = self.now()

    @rule()
    def reopen(self) -> None:
        self.session.close()
        self.session = open_session(self.session.path, "Cleo")

    @invariant()
    def values_are_those_of_the_model(self) -> None:
        assert {
            (record, name): self.session.document(record)[name] for record, name in VALUES
        } == self.values

    @invariant()
    def the_log_read_anew_says_the_same(self) -> None:
        """What can be undone and redone does not depend on what was asked before."""
        for history in (History(self.session.history.steps), self.session.history):
            for name, coder in self.coders.items():
                assert number_of(history.next_undo(name)) == (coder.done or [0])[-1]
                assert number_of(history.next_redo(name)) == (coder.undone or [0])[-1]

    def teardown(self) -> None:
        assert list(faults(self.session)) == []
        self.session.close()
        self.folder.cleanup()


def number_of(step: Step | None) -> int:
    return step.number if step else 0


def test_random_work_of_two_coders() -> None:
    run_state_machine_as_test(Desks, settings=settings(max_examples=40, stateful_step_count=25))
