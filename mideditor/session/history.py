"""The log, indexed: which steps stand, which come next for undo and redo, what befell a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from mideditor.domain.record import RecordId
from mideditor.domain.steps import WHOLE_RECORD, FieldChange, Step, StepKind

LoggedChange = tuple[Step, FieldChange]

_State = tuple[list[int], set[int]]
"""The steps that undo would take back, the next one last, and those that stand."""


class History:
    """Steps in their order. Undo and redo are steps like any other that name the one they undo.

    A step stands when it is not taken back at present. Undo takes the last standing step, redo
    the last one taken back, as long as nothing new has been done since. A restore brings back the
    steps that stood after an earlier one, and only those; it is taken back like any other step.
    """

    def __init__(self, steps: Iterable[Step] = (), states: dict[int, _State] | None = None) -> None:
        self.steps: list[Step] = []
        self._done: list[int] = []
        self._undone: list[int] = []
        self._standing: set[int] = set()
        self._before_restore: dict[int, _State] = {}
        self._states: dict[int, _State] = {} if states is None else states
        """After so many steps, for those that were gone back to: each is found out once."""
        self._words: list[Step] = []
        self._skips: list[Step] = []
        self._explanations: defaultdict[int, list[Step]] = defaultdict(list)
        self._by_record: defaultdict[RecordId, list[LoggedChange]] = defaultdict(list)
        for step in steps:
            self.add(step)

    def add(self, step: Step) -> set[int]:
        """Add the next step; returns the numbers of the steps that stand since, or no longer."""
        self.steps.append(step)
        for change in step.changes:
            self._by_record[change.record].append((step, change))
        if step.kind is StepKind.WORD:
            self._words.append(step)
        elif step.kind is StepKind.SKIP:
            self._skips.append(step)
        for number in step.explains:
            self._explanations[number].append(step)
        before = self._standing
        self._restack(step)
        if self._standing is before:
            return {step.undoes or step.number}
        return self._standing ^ before  # a restore was made, undone or redone

    def step(self, number: int) -> Step | None:
        """The step of that number, or None."""
        return self.steps[number - 1] if 0 < number <= len(self.steps) else None

    @property
    def last(self) -> Step | None:
        """The newest step of the log."""
        return self.steps[-1] if self.steps else None

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back now."""
        return self.step(self._done[-1]) if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would make again now."""
        return self.step(self._undone[-1]) if self._undone else None

    def can_undo(self, step: Step) -> bool:
        """Whether the step can be taken back: it stands, or is a restore done last."""
        return step.number in self._standing or self._done[-1:] == [step.number]

    def why(self, step: Step) -> Step:
        """The step that gives a step's reason and citation: itself, or a later one that stands."""
        return self._latest(step, StepKind.REASON) or step

    def accepted_by(self, step: Step) -> Step | None:
        """The step that accepts a step, if one stands."""
        return self._latest(step, StepKind.ACCEPT)

    def words(self) -> frozenset[str]:
        """The words of the project's own list, in lower case."""
        return frozenset(step.reason.casefold() for step in self._words if self.stands(step))

    def left_out(self) -> frozenset[str]:
        """The records of newer texts that are not to be added, as the steps name them."""
        return frozenset(
            line for step in self._skips if self.stands(step) for line in step.reason.splitlines()
        )

    def owing(self) -> list[Step]:
        """The coding changes that stand and still owe their reason, oldest first."""
        return [
            step
            for step in self.steps
            if step.kind is StepKind.CODING and self.stands(step) and not self.why(step).reason
        ]

    def stands(self, step: Step) -> bool:
        """Whether the step is a change of its own that is in force."""
        return step.number in self._standing

    def changes_of(self, record: RecordId) -> list[LoggedChange]:
        """All that was done to a record, oldest first, undone and undoing steps included."""
        return self._by_record.get(record, [])

    def coding_of(self, record: RecordId) -> list[LoggedChange]:
        """The coding changes of a record that stand, oldest first."""
        return [
            (step, change)
            for step, change in self.changes_of(record)
            if step.kind is StepKind.CODING and self.stands(step)
        ]

    def was_coded(self, record: RecordId) -> bool:
        """Whether some step, undone or not, recorded a coding change of the record."""
        return any(step.kind is StepKind.CODING for step, _ in self.changes_of(record))

    def standing_edits_of(self, record: RecordId) -> list[LoggedChange]:
        """The changes of a record's fields that stand, oldest first."""
        return [
            (step, change)
            for step, change in self.changes_of(record)
            if change.field != WHOLE_RECORD and self.stands(step)
        ]

    def original_values(self, record: RecordId) -> dict[str, Any]:
        """The stored values that changed fields have by the reading that stands.

        That is the value of the last import that stands, for a later import can read a record
        further or better; without one, the value before the first change. No import changes a
        field that has been edited.
        """
        read: dict[str, Any] = {}
        for step, change in self._field_changes_of(record):
            read.setdefault(change.field, change.old)
            if step.kind is StepKind.IMPORT and self.stands(step):
                read[change.field] = change.new
        return read

    def first_values(self, record: RecordId) -> dict[str, Any]:
        """The stored values that changed fields had when the record was added."""
        first: dict[str, Any] = {}
        for _, change in self._field_changes_of(record):
            first.setdefault(change.field, change.old)
        return first

    def edited_fields(self, record: RecordId) -> frozenset[str]:
        """The fields that a coder has changed: by a step that stands and is no import."""
        return frozenset(
            change.field
            for step, change in self.standing_edits_of(record)
            if step.kind is not StepKind.IMPORT
        )

    def _latest(self, step: Step, kind: StepKind) -> Step | None:
        """The last step of a kind that stands and speaks of a step."""
        about = reversed(self._explanations.get(step.number, ()))
        return next((one for one in about if one.kind is kind and self.stands(one)), None)

    def _field_changes_of(self, record: RecordId) -> Iterable[LoggedChange]:
        return (
            (step, change)
            for step, change in self.changes_of(record)
            if change.field != WHOLE_RECORD
        )

    def _restack(self, step: Step) -> None:
        if step.undoes is None:
            self._done.append(step.number)
            self._standing.add(step.number)
            self._undone.clear()
        elif step.kind is StepKind.RESTORE:
            self._go_back(step)
            self._undone.clear()
        elif step.kind is StepKind.UNDO:
            _remove_last(self._done, step.undoes, before=self._come_forth(step.undoes))
            self._undone.append(step.undoes)
            self._standing.discard(step.undoes)
        else:
            _remove_last(self._undone, step.undoes)
            again = self.step(step.undoes)
            if again is not None:  # None only where the log was altered by hand
                self._redo(again)

    def _redo(self, step: Step) -> None:
        if step.kind is StepKind.RESTORE:
            self._go_back(step)
        else:
            self._done.append(step.number)
            self._standing.add(step.number)

    def _go_back(self, restore: Step) -> None:
        done, standing = self._state_after(restore.undoes or 0)
        self._before_restore[restore.number] = self._done, self._standing
        self._done = [*done, restore.number]
        self._standing = set(standing)

    def _state_after(self, count: int) -> _State:
        if count not in self._states:
            self._states[count] = [], set()  # for a log altered by hand, which goes in circles
            then = History(self.steps[:count], self._states)
            self._states[count] = then._done, then._standing
        return self._states[count]

    def _come_forth(self, number: int) -> list[int] | None:
        """Let what stood before a restore stand again; None for other steps."""
        if number not in self._before_restore:
            return None
        done, self._standing = self._before_restore.pop(number)
        return done


def _remove_last(stack: list[int], number: int, before: list[int] | None = None) -> None:
    """Take a number out, with all below it for ``before``.

    It is not there where the log was altered by hand.
    """
    for place in reversed(range(len(stack))):
        if stack[place] == number:
            if before is None:
                del stack[place]  # mostly the last one: what it costs does not grow with the log
            else:
                stack[: place + 1] = before
            return
