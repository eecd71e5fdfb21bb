"""The session: an open project. All changes of its records go through it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError

from mideditor.domain.changes import (
    WHOLE_RECORD,
    Change,
    ChangeKind,
    CoderNamed,
    Digest,
    NewRecordDismissed,
    SourceAdded,
    StepId,
    StepsExplained,
    StepsReviewed,
    WordAdded,
)
from mideditor.domain.record import Record, RecordId
from mideditor.domain.replay import KindOf
from mideditor.domain.sources import Source
from mideditor.domain.states import StateList
from mideditor.domain.steps import Step, StepDraft, new_step_id
from mideditor.files.gc_tuning import reading_in_bulk
from mideditor.files.user_error import UserError
from mideditor.reference.state_list import state_list_in_use
from mideditor.session.edit_plan import Plan, plan_addition, plan_edit
from mideditor.session.project_view import ProjectView, first_error
from mideditor.session.touched_fields import touched_fields
from mideditor.session.undoing import reversal, to_redo, to_undo
from mideditor.session.work import Work, run_now
from mideditor.store.project import Document, Project, Row
from mideditor.store.project_file import ProjectFile
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
        project: Project,
        author: str,
        clock: Clock = utc_now,
        states: StateList | None = None,
    ) -> None:
        super().__init__(project, states or state_list_in_use())
        self._project: Project = project
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
        kind: ChangeKind | KindOf,
        values: Mapping[RecordId, Mapping[str, Any]],
        *,
        reason: str = "",
        citation: str = "",
    ) -> Step | None:
        """Set fields of records in one step on disk; returns None if nothing would change.

        ``kind`` is that of the changes, or a function of the field's name. Raises UnfitValue,
        UnfitNote, NotCodable, NoSuchRecord, UnknownField, StaleStep or FileError; nothing has
        changed then.
        """
        return run_now(self.edit_work(kind, values, reason=reason, citation=citation))

    def edit_work(
        self,
        kind: ChangeKind | KindOf,
        values: Mapping[RecordId, Mapping[str, Any]],
        *,
        reason: str = "",
        citation: str = "",
    ) -> Work[Step | None]:
        """`edit` as work. Progress counts records."""
        return self.edit_each(kind, values, values.__getitem__, reason=reason, citation=citation)

    def edit_each(
        self,
        kind: ChangeKind | KindOf,
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

    def plan(self, kind: ChangeKind | KindOf, values: Mapping[RecordId, Mapping[str, Any]]) -> Plan:
        """Check an edit, or a part of one, without making it; raises the same errors as `edit`."""
        return plan_edit(self, kind, values)

    def apply(
        self,
        plans: Sequence[Plan],
        *,
        reason: str = "",
        citation: str = "",
        sources: Sequence[Source] = (),
    ) -> Step | None:
        """Apply plans for different records in one step; None if nothing changes.

        ``sources`` are texts that the records come from and that the project does not have.

        Raises StaleStep if a value that a plan starts from is no longer current, UnfitNote or
        FileError.
        """
        if not any(plan.changes for plan in plans):
            return None
        return self._commit(plans, reason=reason, citation=citation, sources=sources)

    def add(
        self,
        records: Sequence[Record] | Mapping[RecordId, Record],
        *,
        values: Mapping[RecordId, Mapping[str, Any]] | None = None,
        removed: Sequence[RecordId] = (),
        sources: Sequence[Source] = (),
        reason: str = "",
    ) -> Step:
        """Add records in one import step, with the sources they were read from.

        The ids of a sequence of records follow from their places. ``values`` are new field values
        of existing records, as read from the sources; ``removed`` are records that turned out to
        be parts of others. Raises IdClash.
        """
        plan = run_now(plan_addition(self, records, values=values, removed=removed))
        return self._commit([plan], reason=reason, sources=sources)

    def undo(self, number: int | None = None) -> Step:
        """Undo the author's last step in force, or step ``number`` of anyone.

        Raises CannotUndo (OthersStep if only steps of others are left), StaleStep or FileError.
        """
        return run_now(self.undo_work(number))

    def undo_work(self, number: int | None = None) -> Work[Step]:
        """`undo` as work. Progress counts records."""
        step = to_undo(self.history, self.author, number)
        return self._commit([(yield from reversal(self, step, ChangeKind.UNDO))])

    def redo(self) -> Step:
        """Redo the step that the author undid last; raises CannotUndo, StaleStep or FileError."""
        return run_now(self.redo_work())

    def redo_work(self) -> Work[Step]:
        """`redo` as work; see `undo_work`."""
        step = to_redo(self.history, self.author)
        return self._commit([(yield from reversal(self, step, ChangeKind.REDO))])

    def explain(self, steps: Sequence[Step], reason: str, citation: str = "") -> Step:
        """Give earlier steps a reason, in a step of its own; raises UnfitNote or FileError."""
        if not reason.strip():
            raise UnfitNote("reason", "it is empty")
        ids = _ids_of(steps)
        return self._say(lambda: StepsExplained(steps=ids, reason=reason, citation=citation))

    def add_word(self, word: str) -> Step | None:
        """Add a word to the project's word list; None if it is in the list. Raises FileError."""
        if word.casefold() in self.history.words():
            return None
        return self._say(lambda: WordAdded(word=word))

    def join_coders(self, name: str, alias: str) -> Step | None:
        """Note that steps signed ``alias`` are by the coder ``name``; None if that is known.

        Raises UnfitNote for an empty name.
        """
        if not name.strip() or not alias.strip():
            raise UnfitNote("name", "it is empty")
        if self.history.coders.are_one(name, alias):
            return None
        return self._say(lambda: CoderNamed(name=name.strip(), alias=alias.strip()))

    def accept(self, steps: Sequence[Step], reason: str = "") -> Step:
        """Accept earlier steps as their reviewer; raises UnfitNote or FileError."""
        ids = _ids_of(steps)
        return self._say(lambda: StepsReviewed(steps=ids, reason=reason))

    def skip(
        self, values: Mapping[RecordId, Mapping[str, Any]], unwanted: Sequence[str]
    ) -> Step | None:
        """Keep the project's version where a newer text differs.

        ``values`` are the fields that note it, ``unwanted`` the keys of records not to be added.
        Returns None if there is nothing to note; raises FileError.
        """
        plan = self.plan(ChangeKind.REVIEW, values)
        changes = (*(NewRecordDismissed(key=key) for key in unwanted), *plan.changes)
        return self.apply([replace(plan, changes=changes)])

    # Listening, saving and closing

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        """Call ``listener`` after every step."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Changed], None]) -> None:
        """Stop calling ``listener``."""
        self._listeners.remove(listener)

    @property
    def path(self) -> Path:
        """The project file; for a project that is no file, its name."""
        return Path(self._project.name)

    @property
    def read_only(self) -> bool:
        """Whether the project is open for reading only."""
        return self._project.read_only

    @property
    def file(self) -> ProjectFile | None:
        """What can be done with the project's file; None if it is no file."""
        return self._project.capability(ProjectFile)  # type: ignore[type-abstract]  # an ABC is fine here

    def frozen(self) -> ProjectView:
        """The project as it is now, for work that later steps are not to touch."""
        view = ProjectView(self._project.snapshot(), self.states)
        view.know_records_of(self)
        return view

    def save(self) -> None:
        """Write all changes to the project file, if it is one; raises FileError."""
        if self.file is not None:
            self.file.save()

    def close(self) -> None:
        """Save the project and release its lock; raises FileError."""
        self._project.close()

    def abandon(self) -> None:
        """Release the project without saving; its files stay unchanged."""
        self._project.abandon()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error_type: type[BaseException] | None, *_: object) -> None:
        try:
            if error_type is None:
                self.close()
        finally:
            self.abandon()

    # Helpers, in call order

    def _say(self, change: Callable[[], Change]) -> Step:
        """Make a step that says something about other steps or about the project."""
        with _fit_notes():
            said = change()
        return self._commit([Plan((said,), {}, {})])

    def _commit(
        self,
        plans: Sequence[Plan],
        *,
        reason: str = "",
        citation: str = "",
        sources: Sequence[Source] = (),
    ) -> Step:
        documents: dict[RecordId, Document | None] = {}
        based_on: dict[RecordId, Row | None] = {}
        originals: dict[Digest, Document] = {}
        for plan in plans:
            documents |= plan.documents
            based_on |= plan.based_on
            originals |= plan.originals
        with _fit_notes():
            draft = StepDraft(
                id=new_step_id(),
                time=self._clock(),
                author=self.author,
                reason=reason,
                citation=citation,
                changes=(
                    *(SourceAdded(source=source.id, name=source.name) for source in sources),
                    *(change for plan in plans for change in plan.changes),
                ),
            )
        step = self._project.append(
            draft,
            documents,
            based_on=based_on,
            sources=sources,
            originals=originals,
        )
        fields = touched_fields(self.history, step, self.history.add(step))
        membership = any(change.field == WHOLE_RECORD for change in step.record_changes)
        self._forget(documents, fields, membership=membership, sources=bool(sources))
        changed = Changed(step, fields, membership)
        for listener in self._listeners:
            listener(changed)
        return step


def _ids_of(steps: Sequence[Step]) -> tuple[StepId, ...]:
    return tuple(step.id for step in steps)


@contextmanager
def _fit_notes() -> Iterator[None]:
    """Raise UnfitNote for a signature, reason or citation that cannot be kept."""
    try:
        yield
    except ValidationError as error:
        raise UnfitNote(*first_error(error)) from error
