"""The session: an open project. All changes of its records go through it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError

from mideditor.domain.record import Record, RecordId
from mideditor.domain.states import StateList
from mideditor.domain.steps import (
    WHOLE_RECORD,
    FieldChange,
    Step,
    StepKind,
    new_step,
)
from mideditor.files.gc_tuning import reading_in_bulk
from mideditor.files.user_error import UserError
from mideditor.reference.state_list import state_list_in_use
from mideditor.session.edit_plan import Plan, StalePlan, plan_addition, plan_edit
from mideditor.session.project_view import ProjectView, first_error
from mideditor.session.touched_fields import touched_fields
from mideditor.session.undoing import reversal, to_redo, to_undo
from mideditor.session.work import Work, run_now
from mideditor.store.document_table import Document
from mideditor.store.project_store import ProjectStore

Clock = Callable[[], datetime]


class UnfitNote(UserError):
    """A signature, reason or citation that cannot be kept."""

    def __init__(self, note: str, why: str) -> None:
        super().__init__(f"The {note} of the step cannot be kept: {why}. Nothing was changed.")


@dataclass(frozen=True)
class Changed:
    """What a step did: the fields it touched, and whether it added or removed any record.

    ``fields`` maps each record to its fields, or to `WHOLE_RECORD` if it was added or removed; see
    `touched_fields`.
    """

    step: Step
    fields: Mapping[RecordId, frozenset[str]]
    membership: bool

    @cached_property
    def records(self) -> frozenset[RecordId]:
        """The records touched."""
        return frozenset(self.fields)

    def touches(self, record: RecordId | None, *fields: str) -> bool:
        """Whether the value or history of any of these fields of a record may have changed."""
        touched = self.fields.get(record, frozenset()) if record is not None else frozenset()
        return WHOLE_RECORD in touched or not touched.isdisjoint(fields)


def utc_now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


class Session(ProjectView):
    """Records, history and undo of one project. Records change only through steps made here.

    ``author`` signs the steps. Listeners passed to `subscribe` are called after each step is on
    disk. Closing the session leaves one clean project file.
    """

    def __init__(
        self,
        store: ProjectStore,
        author: str,
        clock: Clock = utc_now,
        states: StateList | None = None,
    ) -> None:
        super().__init__(store, states or state_list_in_use())
        self.author = author
        self._clock = clock
        self._listeners: list[Callable[[Changed], None]] = []

    @classmethod
    def open(
        cls, path: Path, author: str, *, create: bool = False, read_only: bool = False
    ) -> Self:
        """Open the project at ``path``; ``create`` makes a missing one. Raises UserError."""
        with reading_in_bulk():
            store = ProjectStore.open(path, create=create, read_only=read_only)
            try:
                return cls(store, author)
            except BaseException:
                store.abandon()
                raise

    # Changing

    def now(self) -> datetime:
        """The current time in UTC, as used to date steps."""
        return self._clock()

    def edit(
        self,
        kind: StepKind,
        values: Mapping[RecordId, Mapping[str, Any]],
        *,
        reason: str = "",
        citation: str = "",
    ) -> Step | None:
        """Set fields of records in one step on disk; returns None if nothing would change.

        Raises UnfitValue, UnfitNote, NotCodable, NoSuchRecord, UnknownField or FileError; nothing
        has changed then.
        """
        return run_now(self.edit_work(kind, values, reason=reason, citation=citation))

    def edit_work(
        self,
        kind: StepKind,
        values: Mapping[RecordId, Mapping[str, Any]],
        *,
        reason: str = "",
        citation: str = "",
    ) -> Work[Step | None]:
        """`edit` as work. Progress counts records. Raises StalePlan if another step is made."""
        return self.edit_each(kind, values, values.__getitem__, reason=reason, citation=citation)

    def edit_each(
        self,
        kind: StepKind,
        records: Collection[RecordId],
        values_of: Callable[[RecordId], Mapping[str, Any]],
        *,
        reason: str = "",
        citation: str = "",
    ) -> Work[Step | None]:
        """`edit_work`, with the values of a record found when its turn comes."""
        plans: list[Plan] = []
        for record in records:
            plans.append(self.plan(kind, {record: values_of(record)}))
            yield len(plans), len(records)
        return self.apply(plans, reason=reason, citation=citation)

    def plan(self, kind: StepKind, values: Mapping[RecordId, Mapping[str, Any]]) -> Plan:
        """Check an edit, or a part of one, without making it; raises the same errors as `edit`."""
        return plan_edit(self, kind, values)

    def apply(self, plans: Sequence[Plan], *, reason: str = "", citation: str = "") -> Step | None:
        """Apply plans of one kind for different records in one step; None if nothing changes.

        Raises StalePlan if a step has been made since they were planned, UnfitNote or FileError.
        """
        return next(iter(self.apply_each([plans], reason=reason, citation=citation)), None)

    def apply_each(
        self, groups: Sequence[Sequence[Plan]], *, reason: str = "", citation: str = ""
    ) -> list[Step]:
        """Apply each group of plans in a step of its own; no two groups may share a record."""
        steps_made = len(self.history.steps)
        if any(plan.after != steps_made for plans in groups for plan in plans):
            raise StalePlan
        return [
            self._apply_plans(plans, reason=reason, citation=citation)
            for plans in groups
            if any(plan.changes for plan in plans)
        ]

    def add(
        self,
        records: Sequence[Record],
        *,
        values: Mapping[RecordId, Mapping[str, Any]] | None = None,
        removed: Sequence[RecordId] = (),
        sources: Sequence[Document] = (),
        reason: str = "",
    ) -> Step:
        """Add records in one import step, with the sources they were read from.

        ``values`` are new field values of existing records, as read from the sources; ``removed``
        are records that turned out to be parts of others.
        """
        plan = run_now(plan_addition(self, records, values=values, removed=removed))
        return self._apply_plans([plan], reason=reason, sources=list(sources))

    def undo(self, number: int | None = None) -> Step:
        """Undo the last step in force, or step ``number``; raises CannotUndo or FileError."""
        return run_now(self.undo_work(number))

    def undo_work(self, number: int | None = None) -> Work[Step]:
        """`undo` as work. Progress counts records. Raises StalePlan if another step is made."""
        step = to_undo(self.history, number)
        return self._apply_plans([(yield from reversal(self, step, StepKind.UNDO))])

    def redo(self) -> Step:
        """Redo the step that was undone last; raises CannotUndo or FileError."""
        return run_now(self.redo_work())

    def redo_work(self) -> Work[Step]:
        """`redo` as work; see `undo_work`."""
        step = to_redo(self.history)
        return self._apply_plans([(yield from reversal(self, step, StepKind.REDO))])

    def explain(self, steps: Sequence[Step], reason: str, citation: str = "") -> Step:
        """Give earlier steps a reason, in a step of its own; raises UnfitNote or FileError."""
        if not reason.strip():
            raise UnfitNote("reason", "it is empty")
        return self._annotate(steps, StepKind.REASON, reason, citation)

    def add_word(self, word: str) -> Step | None:
        """Add a word to the project's word list; None if it is in the list. Raises FileError."""
        if word.casefold() in self.history.words():
            return None
        return self._commit(StepKind.WORD, (), {}, reason=word)

    def accept(self, steps: Sequence[Step], reason: str = "") -> Step:
        """Accept earlier steps as their reviewer; raises UnfitNote or FileError."""
        return self._annotate(steps, StepKind.ACCEPT, reason)

    def skip(
        self, values: Mapping[RecordId, Mapping[str, Any]], unwanted: Sequence[str]
    ) -> Step | None:
        """Keep the project's version where a newer text differs.

        ``values`` are the fields that note it, ``unwanted`` the keys of records not to be added.
        Returns None if there is nothing to note; raises FileError.
        """
        plan = self.plan(StepKind.SKIP, values)
        if not plan.changes and not unwanted:
            return None
        reason = "\n".join(unwanted)
        return self._commit(StepKind.SKIP, plan.changes, dict(plan.documents), reason=reason)

    # Listening, saving and closing

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        """Call ``listener`` after every step."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Changed], None]) -> None:
        """Stop calling ``listener``."""
        self._listeners.remove(listener)

    def save(self) -> None:
        """Write all changes to the project file; raises FileError."""
        self._store.snapshot()

    def copy_to(self, path: Path) -> None:
        """Write a copy of the current project to ``path``; raises FileError."""
        self._store.copy_to(path)

    def was_changed_outside(self) -> bool:
        """Whether another program has changed the file since it was read or saved.

        Reads the file.
        """
        return self._store.was_changed_outside()

    def close(self) -> None:
        """Save the project and release its lock; raises FileError."""
        self._store.close()

    def abandon(self) -> None:
        """Release the project without saving; its files stay unchanged."""
        self._store.abandon()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error_type: type[BaseException] | None, *_: object) -> None:
        try:
            if error_type is None:
                self.close()
        finally:
            self.abandon()

    # Helpers, in call order

    def _apply_plans(
        self,
        plans: Sequence[Plan],
        *,
        reason: str = "",
        citation: str = "",
        sources: list[Document] | None = None,
    ) -> Step:
        documents: dict[RecordId, Document | None] = {}
        removed_as: dict[RecordId, Document] = {}
        for plan in plans:
            documents |= plan.documents
            removed_as |= plan.removed_as
        return self._commit(
            plans[0].kind,
            [change for plan in plans for change in plan.changes],
            documents,
            reason=reason,
            citation=citation,
            undoes=plans[0].undoes,
            sources=sources,
            removed_as=removed_as,
        )

    def _annotate(
        self, steps: Sequence[Step], kind: StepKind, reason: str, citation: str = ""
    ) -> Step:
        numbers = tuple(step.number for step in steps)
        return self._commit(kind, (), {}, reason=reason, citation=citation, explains=numbers)

    def _commit(
        self,
        kind: StepKind,
        changes: Sequence[FieldChange],
        documents: dict[RecordId, Document | None],
        *,
        reason: str = "",
        citation: str = "",
        undoes: int | None = None,
        explains: tuple[int, ...] = (),
        sources: list[Document] | None = None,
        removed_as: dict[RecordId, Document] | None = None,
    ) -> Step:
        try:
            step = new_step(
                after=self.history.last,
                time=self._clock(),
                author=self.author,
                kind=kind,
                changes=tuple(changes),
                reason=reason,
                citation=citation,
                undoes=undoes,
                explains=explains,
            )
        except ValidationError as error:
            raise UnfitNote(*first_error(error)) from error
        self._store.append(step.model_dump(mode="json"), documents, sources, removed_as)
        fields = touched_fields(self.history, step, self.history.add(step))
        membership = any(map(_is_whole, changes))
        self._forget(documents, fields, membership=membership, sources=bool(sources))
        changed = Changed(step, fields, membership)
        for listener in self._listeners:
            listener(changed)
        return step


def _is_whole(change: FieldChange) -> bool:
    return change.field == WHOLE_RECORD
