"""An index of the log: the steps in force, the next undo and redo, and each record's changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from mideditor.domain.record import RecordId
from mideditor.domain.steps import WHOLE_RECORD, FieldChange, Step, StepKind

LoggedChange = tuple[Step, FieldChange]

_State = tuple[list[int], set[int]]
"""The undo stack, next step last, and the steps in force."""


class History:
    """The steps of the log, in order. Undo and redo are steps too, and name the step they undo.

    A step stands (is in force) unless it is currently undone. Undo reverses the last step in
    force; redo repeats the last one undone, as long as no new step has been made since. A restore
    puts exactly those steps back in force that were in force after an earlier step; it can be
    undone like any other step.
    """

    def __init__(self, steps: Iterable[Step] = (), states: dict[int, _State] | None = None) -> None:
        self.steps: list[Step] = []
        self._undo_stack: list[int] = []
        self._redo_stack: list[int] = []
        self._standing: set[int] = set()
        self._before_restore: dict[int, _State] = {}
        self._states: dict[int, _State] = {} if states is None else states
        """The state after so many steps, cached for each that a restore went back to."""
        self._words: list[Step] = []
        self._skips: list[Step] = []
        self._explanations: defaultdict[int, list[Step]] = defaultdict(list)
        self._by_record: defaultdict[RecordId, list[LoggedChange]] = defaultdict(list)
        for step in steps:
            self.add(step)

    def add(self, step: Step) -> set[int]:
        """Add the next step; returns the numbers of the steps that this put in or out of force."""
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
        self._update_stacks(step)
        if self._standing is before:
            return {step.undoes or step.number}
        return self._standing ^ before  # a restore was made, undone or redone

    def step(self, number: int) -> Step | None:
        """The step with that number, or None."""
        return self.steps[number - 1] if 0 < number <= len(self.steps) else None

    @property
    def last(self) -> Step | None:
        """The newest step of the log."""
        return self.steps[-1] if self.steps else None

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would reverse now."""
        return self.step(self._undo_stack[-1]) if self._undo_stack else None

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would repeat now."""
        return self.step(self._redo_stack[-1]) if self._redo_stack else None

    def can_undo(self, step: Step) -> bool:
        """Whether the step can be undone: it is in force, or is a restore and the last step."""
        return step.number in self._standing or self._undo_stack[-1:] == [step.number]

    def reason_step(self, step: Step) -> Step:
        """The step with a step's reason and citation: itself, or a later one in force."""
        return self._latest_note(step, StepKind.REASON) or step

    def accepted_by(self, step: Step) -> Step | None:
        """The step in force that accepts a step, if any."""
        return self._latest_note(step, StepKind.ACCEPT)

    def words(self) -> frozenset[str]:
        """The project's word list, in lower case."""
        return frozenset(step.reason.casefold() for step in self._words if self.stands(step))

    def skipped_records(self) -> frozenset[str]:
        """The keys of the records in newer texts that a coder decided not to add."""
        return frozenset(
            line for step in self._skips if self.stands(step) for line in step.reason.splitlines()
        )

    def needing_reason(self) -> list[Step]:
        """The coding changes in force that still need a reason, oldest first."""
        return [
            step
            for step in self.steps
            if step.kind is StepKind.CODING
            and self.stands(step)
            and not self.reason_step(step).reason
        ]

    def stands(self, step: Step) -> bool:
        """Whether the step is in force; undo, redo and restore steps never are."""
        return step.number in self._standing

    def changes_of(self, record: RecordId) -> list[LoggedChange]:
        """All changes of a record, oldest first, including undone steps and undos."""
        return self._by_record.get(record, [])

    def coding_of(self, record: RecordId) -> list[LoggedChange]:
        """The coding changes of a record that are in force, oldest first."""
        return [
            (step, change)
            for step, change in self.changes_of(record)
            if step.kind is StepKind.CODING and self.stands(step)
        ]

    def was_coded(self, record: RecordId) -> bool:
        """Whether any step, undone or not, is a coding change of the record."""
        return any(step.kind is StepKind.CODING for step, _ in self.changes_of(record))

    def standing_edits_of(self, record: RecordId) -> list[LoggedChange]:
        """The changes of a record's fields that are in force, oldest first."""
        return [
            (step, change)
            for step, change in self.changes_of(record)
            if change.field != WHOLE_RECORD and self.stands(step)
        ]

    def original_values(self, record: RecordId) -> dict[str, Any]:
        """The original values of changed fields, in stored form.

        An original is the value from the last import in force, since a later import may read more
        of a record or read it better; if there is none, it is the value before the first change.
        An import never changes an edited field.
        """
        read: dict[str, Any] = {}
        for step, change in self._field_changes_of(record):
            read.setdefault(change.field, change.old)
            if step.kind is StepKind.IMPORT and self.stands(step):
                read[change.field] = change.new
        return read

    def first_values(self, record: RecordId) -> dict[str, Any]:
        """The values that changed fields had when the record was added, in stored form."""
        first: dict[str, Any] = {}
        for _, change in self._field_changes_of(record):
            first.setdefault(change.field, change.old)
        return first

    def edited_fields(self, record: RecordId) -> frozenset[str]:
        """The fields that a coder has changed: by a step in force other than an import."""
        return frozenset(
            change.field
            for step, change in self.standing_edits_of(record)
            if step.kind is not StepKind.IMPORT
        )

    def _latest_note(self, step: Step, kind: StepKind) -> Step | None:
        """The last step of a kind that is in force and explains ``step``."""
        explanations = reversed(self._explanations.get(step.number, ()))
        return next((one for one in explanations if one.kind is kind and self.stands(one)), None)

    def _field_changes_of(self, record: RecordId) -> Iterable[LoggedChange]:
        return (
            (step, change)
            for step, change in self.changes_of(record)
            if change.field != WHOLE_RECORD
        )

    def _update_stacks(self, step: Step) -> None:
        if step.undoes is None:
            self._undo_stack.append(step.number)
            self._standing.add(step.number)
            self._redo_stack.clear()
        elif step.kind is StepKind.RESTORE:
            self._apply_restore(step)
            self._redo_stack.clear()
        elif step.kind is StepKind.UNDO:
            _remove_last(self._undo_stack, step.undoes, before=self._undo_restore(step.undoes))
            self._redo_stack.append(step.undoes)
            self._standing.discard(step.undoes)
        else:
            _remove_last(self._redo_stack, step.undoes)
            again = self.step(step.undoes)
            if again is not None:  # None only where the log was altered by hand
                self._redo(again)

    def _redo(self, step: Step) -> None:
        if step.kind is StepKind.RESTORE:
            self._apply_restore(step)
        else:
            self._undo_stack.append(step.number)
            self._standing.add(step.number)

    def _apply_restore(self, restore: Step) -> None:
        done, standing = self._state_after(restore.undoes or 0)
        self._before_restore[restore.number] = self._undo_stack, self._standing
        self._undo_stack = [*done, restore.number]
        self._standing = set(standing)

    def _state_after(self, count: int) -> _State:
        if count not in self._states:
            self._states[count] = [], set()  # ends the recursion if a log altered by hand loops
            then = History(self.steps[:count], self._states)
            self._states[count] = then._undo_stack, then._standing
        return self._states[count]

    def _undo_restore(self, number: int) -> list[int] | None:
        """Put the state before a restore back in force; returns its undo stack, else None."""
        if number not in self._before_restore:
            return None
        done, self._standing = self._before_restore.pop(number)
        return done


def _remove_last(stack: list[int], number: int, before: list[int] | None = None) -> None:
    """Remove a number; if ``before`` is given, it replaces everything up to that number.

    The number is missing only if the log was altered by hand.
    """
    for place in reversed(range(len(stack))):
        if stack[place] == number:
            if before is None:
                del stack[place]  # usually the last one, so the cost does not grow with the log
            else:
                stack[: place + 1] = before
            return
