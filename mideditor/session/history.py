"""An index of the log: the steps in force, each coder's undo and redo, each record's changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from mideditor.domain.changes import (
    WHOLE_RECORD,
    Change,
    ChangeKind,
    CoderNamed,
    NewRecordDismissed,
    RecordAdded,
    RecordChange,
    Restored,
    StepId,
    StepsExplained,
    StepsRedone,
    StepsReviewed,
    StepsUndone,
    WordAdded,
)
from mideditor.domain.coders import CoderKey, Coders, coder_key
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step

LoggedChange = tuple[Step, RecordChange]


class History:
    """The steps of the log, in order. Undo and redo are steps too, and name the step they reverse.

    A step stands (is in force) unless it is undone. Undo takes back a coder's last step in force;
    redo repeats what the coder undid last, as long as the same coder has made no new step since. A
    restore says which steps it puts out of force and back in force; it can be undone like any step.
    """

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self.steps: list[Step] = []
        self._numbers: dict[StepId, int] = {}
        self._standing: set[int] = set()
        self._order = _UndoOrder()
        self._signed: dict[CoderKey, str] = {}
        self._joined: list[tuple[Step, CoderNamed]] = []
        self._coders: Coders | None = None
        self._words: list[tuple[Step, str]] = []
        self._dismissed: list[tuple[Step, str]] = []
        self._explained: defaultdict[int, list[tuple[Step, StepsExplained]]] = defaultdict(list)
        self._reviewed: defaultdict[int, list[Step]] = defaultdict(list)
        self._by_record: defaultdict[RecordId, list[LoggedChange]] = defaultdict(list)
        for step in steps:
            self.add(step)

    def add(self, step: Step) -> set[int]:
        """Add the next step; returns the numbers of the steps that this put in or out of force."""
        self.steps.append(step)
        self._numbers[step.id] = step.number
        signed = coder_key(step.author)
        self._signed.setdefault(signed, step.author)
        moved: set[int] = set()
        for change in step.changes:
            if isinstance(change, RecordChange):
                self._by_record[change.record].append((step, change))
            elif isinstance(change, StepsUndone | StepsRedone | Restored):
                moved |= self._reverse(step, change)
            else:
                self._note(step, change)
        reversal = step.reversal
        if reversal is None:
            self._standing.add(step.number)
            moved.add(step.number)
        if reversal is None or isinstance(reversal, Restored):
            self._order.begin(signed, step.number)
            if self._order.has_undone:
                self._order.forget_undone(self.coders.keys_of(step.author))
        return moved

    def step(self, number: int) -> Step | None:
        """The step with that number, or None."""
        return self.steps[number - 1] if 0 < number <= len(self.steps) else None

    def with_id(self, step: StepId) -> Step | None:
        """The step with that id, or None."""
        number = self._numbers.get(step)
        return self.steps[number - 1] if number else None

    def reversed_by(self, step: Step) -> int | None:
        """The number of the step that a step undoes, redoes or goes back to; else None."""
        return self._numbers.get(step.reverses) if step.reverses else None

    def explained_by(self, step: Step) -> list[int]:
        """The numbers of the steps that a step explains or reviews."""
        return [
            self._numbers[one]
            for change in step.changes
            if isinstance(change, StepsExplained | StepsReviewed)
            for one in change.steps
            if one in self._numbers
        ]

    @property
    def coders(self) -> Coders:
        """Which signatures are of one coder, by the steps in force."""
        if self._coders is None:
            joined = [change for step, change in self._joined if self.stands(step)]
            self._coders = Coders([(change.name, change.alias) for change in joined], self._signed)
        return self._coders

    def last_join_of(self, name: str) -> tuple[Step, CoderNamed] | None:
        """The last step in force that joined signatures of the coder with this name, if any."""
        joins = reversed(self._joined)
        return next(
            (join for join in joins if self.stands(join[0]) and self._is_of(join[1], name)), None
        )

    @property
    def last(self) -> Step | None:
        """The newest step of the log."""
        return self.steps[-1] if self.steps else None

    def next_undo(self, author: str) -> Step | None:
        """The step that undo would take back now: the last of the coder's own in force."""
        return self.step(self._order.next_undo(self.coders.keys_of(author)))

    def next_undo_of_anyone(self) -> Step | None:
        """The last step in force, whoever made it."""
        return self.step(self._order.next_undo())

    def next_redo(self, author: str) -> Step | None:
        """The step that redo would repeat now: what the coder undid last."""
        return self.step(self._order.next_redo(self.coders.keys_of(author)))

    def undo_of(self, step: Step) -> Step | None:
        """The step that undid a step; None if the step is in force, or is an undo itself."""
        return self.step(self._order.undone_at(step.number))

    def changed_since(self, step: Step, change: RecordChange) -> bool:
        """Whether a step in force has changed a field since a step; for an undo, whether a new one
        has."""
        is_undo = isinstance(step.reversal, StepsUndone)
        came = int if is_undo else self._order.came_at
        return any(
            logged.field == change.field
            and other.number in self._order
            and came(other.number) > came(step.number)
            for other, logged in self.changes_of(change.record)
        )

    def can_undo(self, step: Step) -> bool:
        """Whether the step is in force, so that it can be undone."""
        return step.number in self._order

    def undoable(self) -> list[StepId]:
        """The steps that can be undone, in the order in which they came into force."""
        return [self.steps[number - 1].id for number in self._order.in_force()]

    def reason_of(self, step: Step, change: Change | None = None) -> str:
        """The reason of a step, or of one of its changes: its own, or one given later."""
        later = self._explanation(step)
        if later is not None:
            return later.reason
        return step.reason if change is None else step.reason_of(change)

    def citation_of(self, step: Step, change: Change | None = None) -> str:
        """The citation of a step, or of one of its changes: its own, or one given later."""
        later = self._explanation(step)
        if later is not None:
            return later.citation
        return step.citation if change is None else step.citation_of(change)

    def accepted_by(self, step: Step) -> Step | None:
        """The step in force by which a reviewer accepted a step, if any."""
        reviews = reversed(self._reviewed.get(step.number, ()))
        return next((one for one in reviews if self.stands(one)), None)

    def words(self) -> frozenset[str]:
        """The project's word list, in lower case."""
        return frozenset(word.casefold() for step, word in self._words if self.stands(step))

    def skipped_records(self) -> frozenset[str]:
        """The keys of the records in newer texts that a coder decided not to add."""
        return frozenset(key for step, key in self._dismissed if self.stands(step))

    def needing_reason(self) -> list[Step]:
        """The steps in force with a coding change that still needs a reason, oldest first."""
        return [step for step in self.steps if self.stands(step) and self._needs_reason(step)]

    def stands(self, step: Step) -> bool:
        """Whether the step is in force; undo, redo and restore steps never are."""
        return step.number in self._standing

    def changes_of(self, record: RecordId) -> list[LoggedChange]:
        """All changes of a record, oldest first, including undone steps and undos."""
        return self._by_record.get(record, [])

    def life_of(self, record: RecordId) -> Sequence[LoggedChange]:
        """The changes of a record since it was added, by an import that is in force if there is
        one, and else by the last one."""
        changes = self.changes_of(record)
        added = [
            place
            for place, (step, change) in enumerate(changes)
            if isinstance(change, RecordAdded) and step.reversal is None
        ]
        standing = (place for place in reversed(added) if self.stands(changes[place][0]))
        begin = next(standing, added[-1] if added else 0)
        return changes[begin:] if begin else changes

    def coding_of(self, record: RecordId) -> list[LoggedChange]:
        """The coding changes of a record that are in force, oldest first."""
        return [
            (step, change)
            for step, change in self.life_of(record)
            if change.kind is ChangeKind.CODING and self.stands(step)
        ]

    def was_coded(self, record: RecordId) -> bool:
        """Whether any step, undone or not, is a coding change of the record."""
        return any(change.kind is ChangeKind.CODING for _, change in self.life_of(record))

    def standing_edits_of(self, record: RecordId) -> list[LoggedChange]:
        """The changes of a record's fields that are in force, oldest first."""
        return [
            (step, change) for step, change in self._field_changes_of(record) if self.stands(step)
        ]

    def edited_fields(self, record: RecordId) -> frozenset[str]:
        """The fields that a coder has changed: by a change in force other than an import."""
        return frozenset(
            change.field
            for _, change in self.standing_edits_of(record)
            if change.kind is not ChangeKind.IMPORT
        )

    def _field_changes_of(self, record: RecordId) -> Iterator[LoggedChange]:
        for step, change in self.life_of(record):
            if change.field != WHOLE_RECORD:
                yield step, change

    def _is_of(self, change: CoderNamed, name: str) -> bool:
        return self.coders.are_one(change.name, name)

    def _explanation(self, step: Step) -> StepsExplained | None:
        explanations = reversed(self._explained.get(step.number, ()))
        return next((change for by, change in explanations if self.stands(by)), None)

    def _needs_reason(self, step: Step) -> bool:
        return any(
            change.kind is ChangeKind.CODING and not self.reason_of(step, change)
            for change in step.record_changes
        )

    def _note(self, step: Step, change: Change) -> None:
        if isinstance(change, CoderNamed):
            self._joined.append((step, change))
            self._coders = None
        elif isinstance(change, WordAdded):
            self._words.append((step, change.word))
        elif isinstance(change, NewRecordDismissed):
            self._dismissed.append((step, change.key))
        elif isinstance(change, StepsExplained):
            for number in self._known(change.steps):
                self._explained[number].append((step, change))
        elif isinstance(change, StepsReviewed):
            for number in self._known(change.steps):
                self._reviewed[number].append(step)

    def _reverse(self, step: Step, change: StepsUndone | StepsRedone | Restored) -> set[int]:
        coder = coder_key(step.author)
        self._coders = None
        if isinstance(change, StepsUndone):
            undone, redone = self._known(change.steps), []
            self._order.undo(undone, coder, step.number)
        elif isinstance(change, StepsRedone):
            undone, redone = [], self._known(change.steps)
            self._order.redo([(n, self._coder_of(n)) for n in redone], step.number)
        else:
            undone, redone = self._known(change.undone), self._known(change.redone)
            self._order.restore(undone, [(n, self._coder_of(n)) for n in redone])
        self._standing.difference_update(undone)
        self._standing.update(n for n in redone if self.steps[n - 1].reversal is None)
        return {*undone, *redone}

    def _known(self, steps: Iterable[StepId]) -> list[int]:
        return [self._numbers[step] for step in steps if step in self._numbers]

    def _coder_of(self, number: int) -> str:
        return coder_key(self.steps[number - 1].author)


class _UndoOrder:
    """The steps that can be undone, by the time they last came into force, and what to redo.

    Times are numbers of steps. The lists of a coder are put in order only when asked for.
    """

    def __init__(self) -> None:
        self._came: dict[int, int] = {}
        """When each step was last redone; any other came into force when it was made."""
        self._in_force: dict[int, CoderKey] = {}
        """The signature of each step that can be undone."""
        self._stacks: defaultdict[CoderKey, list[int]] = defaultdict(list)
        """The steps of each signature, the last at the end."""
        self._sorted = True
        self._undone: defaultdict[CoderKey, list[tuple[int, int]]] = defaultdict(list)
        """What each signature has undone since its last own step: when, and which step."""
        self._undone_at: dict[int, int] = {}
        """When each step was undone that is not back in force since."""

    def __contains__(self, number: int) -> bool:
        return number in self._in_force

    def begin(self, signed: CoderKey, number: int) -> None:
        """A new step is in force."""
        self._in_force[number] = signed
        self._stacks[signed].append(number)

    @property
    def has_undone(self) -> bool:
        """Whether anybody has undone a step since the last own one."""
        return bool(self._undone)

    def forget_undone(self, coder: Iterable[CoderKey]) -> None:
        """A coder has made a new step, so that what was undone before is not redone."""
        for key in coder:
            self._undone.pop(key, None)

    def undo(self, numbers: Sequence[int], signed: CoderKey, now: int) -> None:
        """Steps have been undone, by a step that is signed like this. The first can be redone, and
        the others with it."""
        for number in numbers:
            self._in_force.pop(number, None)
            self._undone_at[number] = now
        self._undone[signed] += [(now, number) for number in numbers[:1]]

    def redo(self, steps: Iterable[tuple[int, CoderKey]], now: int) -> None:
        """Steps, each with its signature, are in force again."""
        for number, signed in steps:
            self._came[number] = now
            self._put_in_force(number, signed)

    def restore(self, undone: Iterable[int], redone: Iterable[tuple[int, CoderKey]]) -> None:
        """The steps in force are those of an earlier time, in the order that they had then."""
        for number in undone:
            self._in_force.pop(number, None)
        for number, signed in redone:
            self._in_force[number] = signed
            self._undone_at.pop(number, None)
            self._sorted = False

    def in_force(self) -> list[int]:
        """The steps that can be undone, in the order in which they came into force."""
        return sorted(self._in_force, key=self.came_at)

    def undone_at(self, number: int) -> int:
        """The step that undid a step; 0 if none did, or the step is back in force."""
        return self._undone_at.get(number, 0)

    def next_undo(self, coder: Iterable[CoderKey] | None = None) -> int:
        """The step of a coder, or of anyone, that came into force last; 0 if there is none."""
        if not self._sorted:
            self._sort()
        keys = list(self._stacks) if coder is None else coder
        return max(map(self._last, keys), key=self.came_at, default=0)

    def next_redo(self, coder: Iterable[CoderKey]) -> int:
        """The step that a coder undid last; 0 if there is none."""
        return max(map(self._last_undone, coder))[1]

    def came_at(self, number: int) -> int:
        """When a step last came into force."""
        return self._came.get(number, number)

    def _last(self, key: CoderKey) -> int:
        stack = self._stacks[key]
        while stack and stack[-1] not in self._in_force:
            stack.pop()
        return stack[-1] if stack else 0

    def _last_undone(self, key: CoderKey) -> tuple[int, int]:
        stack = self._undone[key]
        while stack and self._undone_at.get(stack[-1][1]) != stack[-1][0]:
            stack.pop()
        return stack[-1] if stack else (0, 0)

    def _sort(self) -> None:
        self._stacks.clear()
        for number in self.in_force():
            self._put_in_force(number, self._in_force[number])
        self._sorted = True

    def _put_in_force(self, number: int, signed: CoderKey) -> None:
        self._in_force[number] = signed
        self._undone_at.pop(number, None)
        self._stacks[signed].append(number)
