"""The session: an open project, and the one door through which its records change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Self

from pydantic import ValidationError

from mideditor.domain.doubts import without_settled_doubts
from mideditor.domain.fields import field_of
from mideditor.domain.printed_changes import (
    KINDS_OF,
    Coding,
    coding_from_log,
    printed_coding_changes,
    sentences_of,
)
from mideditor.domain.record import (
    CodingChange,
    Record,
    RecordId,
    document_of,
    record_from_document,
)
from mideditor.domain.states import StateList
from mideditor.domain.steps import (
    WHOLE_RECORD,
    FieldChange,
    Step,
    StepKind,
    new_step,
    record_digest,
)
from mideditor.files.trouble import Trouble
from mideditor.reference.state_list import state_list_in_use
from mideditor.session.history import History
from mideditor.store.bulk import reading_in_bulk
from mideditor.store.documents import DamagedProject
from mideditor.store.opening import Opened
from mideditor.store.project_store import ProjectStore
from mideditor.store.rows import Document

WORK_FIELDS = ("review", "doubts", "accepted", "questions", "evidence", "place")
"""Fields that say how far the work has come, and where a record stood; a change of them is no
change of what it says."""

Clock = Callable[[], datetime]


class CannotUndo(Trouble):
    """A step that cannot be taken back now."""


class NoSuchRecord(Trouble):
    """A record id that the project does not have."""

    def __init__(self, record: RecordId) -> None:
        super().__init__(f"There is no record {record} in the project. It may have been undone.")


class UnfitValue(Trouble):
    """A value that a field cannot hold."""

    def __init__(self, record: RecordId, field: str, why: str) -> None:
        super().__init__(f"Record {record}, {field}: {why}")


class NotCodable(Trouble):
    """A coding change of a field that no coding change is printed of."""

    def __init__(self, record: RecordId, field: str) -> None:
        super().__init__(
            f"Record {record}, {field}: only {', '.join(KINDS_OF)} of an entry can have a coding "
            "change. Record it as a correction."
        )


class UnfitNote(Trouble):
    """A signature, reason or citation that cannot be kept."""

    def __init__(self, note: str, why: str) -> None:
        super().__init__(f"The {note} of the step cannot be kept: {why}. Nothing was changed.")


class StalePlan(Trouble):
    """A planned edit before which another step was made."""

    def __init__(self) -> None:
        super().__init__("Records were changed meanwhile. Nothing was changed; do it again.")


@dataclass(frozen=True)
class Plan:
    """A part of an edit, checked and not made yet: what it changes and the records after it.

    ``after`` counts the steps of the log that it rests on.
    """

    kind: StepKind
    changes: tuple[FieldChange, ...]
    documents: Mapping[RecordId, Document]
    after: int


@dataclass(frozen=True)
class Changed:
    """What a step did to the project: the records touched, and whether any came or went."""

    step: Step
    records: frozenset[RecordId]
    membership: bool


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Session:
    """Records, history and undo of one project. Records change only by steps made here.

    ``author`` signs the steps. Listeners given to `subscribe` hear of each step after it is on
    disk. Close the session to leave one clean project file.
    """

    def __init__(
        self,
        store: ProjectStore,
        author: str,
        clock: Clock = utc_now,
        states: StateList | None = None,
    ) -> None:
        self.author = author
        self.states = states or state_list_in_use()
        self._store = store
        self._clock = clock
        self._known: dict[RecordId, Record] = {}
        self._keeping = Lock()
        self._ids: list[RecordId] | None = None
        self._sources: list[Document] | None = None
        self._doubted: set[RecordId] | None = None
        self._listeners: list[Callable[[Changed], None]] = []
        self.history = History(_steps(store))

    @classmethod
    def open(
        cls, path: Path, author: str, *, create: bool = False, read_only: bool = False
    ) -> Self:
        """Open the project at ``path`` (with ``create``, made if absent). Raises Trouble."""
        with reading_in_bulk():
            store = ProjectStore.open(path, create=create, read_only=read_only)
            try:
                return cls(store, author)
            except BaseException:
                store.abandon()
                raise

    @property
    def path(self) -> Path:
        """The project file."""
        return self._store.path

    @property
    def opened(self) -> Opened:
        """What was out of the ordinary when the project was opened."""
        return self._store.opened

    @property
    def read_only(self) -> bool:
        """Whether the project is open to be read, not changed."""
        return self._store.read_only

    @property
    def store(self) -> ProjectStore:
        """The project on disk: its backups, and what other programs did to it."""
        return self._store

    @property
    def sources(self) -> Sequence[Document]:
        """The imported texts, as stored."""
        if self._sources is None:
            self._sources = list(self._store.contents.sources.values())
        return self._sources

    # Reading

    def ids(self) -> Sequence[RecordId]:
        """The records' ids in source order."""
        if self._ids is None:
            self._ids = sorted(self._store.contents.records)
        return self._ids

    def record(self, record: RecordId) -> Record:
        """The record as it is now; raises NoSuchRecord."""
        known = self._known.get(record)
        if known is None:
            rows = self._store.contents.records.encoded()
            row = rows.get(record)
            known = self._validated(record, self._document(record))
            with self._keeping:
                if rows.get(record) is row:  # else a step was made while another thread read it
                    self._known[record] = known
        return known

    def original(self, record: RecordId) -> Record:
        """The record as read from its source; raises NoSuchRecord."""
        earlier = self.history.original_values(record)
        if not earlier:
            return self.record(record)
        return self._validated(record, self._document(record) | earlier)

    def changed_fields(self, record: RecordId) -> list[str]:
        """The fields that now differ from the original, but for the state of the work on it."""
        document = self._document(record)
        return [
            field
            for field, original in self.history.original_values(record).items()
            if field not in WORK_FIELDS and document.get(field) != original
        ]

    def printed_changes(self, record: RecordId) -> tuple[CodingChange, ...]:
        """The sentences of the record's Coding changes as they are printed now."""
        if not self.history.was_coded(record):
            return sentences_of(self.record(record))
        return printed_coding_changes(self.record(record), self.coding(record))

    def coding(self, record: RecordId) -> Coding:
        """What the log knows of the record's coding."""
        if not self.history.was_coded(record):
            return Coding()
        logged = self.history.changes_of(record)
        return coding_from_log(self.original(record), logged, self.history.stands)

    def with_number(self, dispute_number: int) -> list[RecordId]:
        """The ids of all records that bear a dispute number."""
        documents = self._store.contents.records
        return [
            record
            for record in self.ids()
            if documents[record].get("dispute_number") == dispute_number
        ]

    def doubted_ids(self) -> list[RecordId]:
        """The ids of the records that have doubtful readings, in source order."""
        if self._doubted is None:
            self._doubted = set(self._store.contents.records.lacking(b'"doubts": []'))
        return sorted(self._doubted)

    def documents(self) -> Mapping[RecordId, Document]:
        """The records in their stored form, for checking and comparing; not to be changed."""
        return self._store.contents.records

    def all_documents(self) -> Mapping[RecordId, Document]:
        """The records and those whose import was undone, in their stored form."""
        return {**self._store.contents.removed, **self._store.contents.records}

    def removed_ids(self) -> frozenset[RecordId]:
        """The ids of records whose import was undone."""
        return frozenset(self._store.contents.removed)

    # Changing

    def now(self) -> datetime:
        """The present moment in UTC, as steps are dated."""
        return self._clock()

    def edit(
        self,
        kind: StepKind,
        values: Mapping[RecordId, Mapping[str, Any]],
        *,
        reason: str = "",
        citation: str = "",
    ) -> Step | None:
        """Set fields of records, as one step on disk; None where nothing would change.

        Raises UnfitValue, UnfitNote, NotCodable, NoSuchRecord, UnknownField or FileTrouble, with
        nothing changed.
        """
        return self.make([self.plan(kind, values)], reason=reason, citation=citation)

    def plan(self, kind: StepKind, values: Mapping[RecordId, Mapping[str, Any]]) -> Plan:
        """Check an edit, or a part of one, and change nothing yet; raises as `edit`."""
        changes: list[FieldChange] = []
        documents: dict[RecordId, Document] = {}
        for record, fields in values.items():
            before = self._document(record)
            after = document_of(self._replaced(record, fields))
            if kind is StepKind.CODING:
                _must_be_codable(record, after["kind"], fields)
            differing = _differences(record, before, after)
            if differing:
                changes += differing
                documents[record] = after
        return Plan(kind, tuple(changes), documents, len(self.history.steps))

    def make(self, plans: Sequence[Plan], *, reason: str = "", citation: str = "") -> Step | None:
        """Make plans of one kind, of different records, as one step; None without changes.

        Raises StalePlan where a step was made since, UnfitNote or FileTrouble.
        """
        if any(plan.after != len(self.history.steps) for plan in plans):
            raise StalePlan
        changes = [change for plan in plans for change in plan.changes]
        if not changes:
            return None
        documents: dict[RecordId, Document | None] = {}
        for plan in plans:
            documents |= plan.documents
        return self._commit(plans[0].kind, changes, documents, reason=reason, citation=citation)

    def add(
        self,
        records: Sequence[Record],
        *,
        values: Mapping[RecordId, Mapping[str, Any]] | None = None,
        removed: Sequence[RecordId] = (),
        sources: Sequence[Document] = (),
        reason: str = "",
    ) -> Step:
        """Add records as one import step, with the sources they were read from.

        ``values`` are fields of records that are there already, which the sources say otherwise;
        ``removed`` are records that turned out to be parts of others.
        """
        first = 1 + max([0, *self._store.contents.records, *self._store.contents.removed])
        added = dict(enumerate(records, start=first))
        documents: dict[RecordId, Document | None] = {
            record_id: document_of(record) for record_id, record in added.items()
        }
        changes = [
            FieldChange(record=record_id, field=WHOLE_RECORD, old=None, new=record_digest(record))
            for record_id, record in added.items()
        ]
        for record_id in removed:
            old = record_digest(self.record(record_id))
            changes.append(FieldChange(record=record_id, field=WHOLE_RECORD, old=old, new=None))
            documents[record_id] = None
        for record_id, fields in (values or {}).items():
            after = document_of(without_settled_doubts(self.record(record_id).replace(**fields)))
            changes += _differences(record_id, self._document(record_id), after)
            documents[record_id] = after
        return self._commit(
            StepKind.IMPORT, changes, documents, reason=reason, sources=list(sources)
        )

    def undo(self, number: int | None = None) -> Step:
        """Take back the last standing step, or step ``number``; raises CannotUndo, FileTrouble."""
        step = self.history.next_undo if number is None else self.history.step(number)
        if step is None:
            raise CannotUndo(
                "There is nothing to undo."
                if number is None
                else f"There is no step {number}; the log has {len(self.history.steps)}."
            )
        if not self.history.can_undo(step):
            raise CannotUndo(
                f"Step {step.number} is a restore, and other steps came after it. Undo them first."
                if step.kind is StepKind.RESTORE
                else f"Step {step.number} does not stand: it is an undo or was undone."
            )
        return self._reverse(step, StepKind.UNDO)

    def redo(self) -> Step:
        """Make the step again that was last taken back; raises CannotUndo, FileTrouble."""
        step = self.history.next_redo
        if step is None:
            raise CannotUndo("There is nothing to redo.")
        return self._reverse(step, StepKind.REDO)

    def explain(self, steps: Sequence[Step], reason: str, citation: str = "") -> Step:
        """Give earlier steps their reason, as a step of its own; raises UnfitNote, FileTrouble."""
        if not reason.strip():
            raise UnfitNote("reason", "it is empty")
        return self._speak_of(steps, StepKind.REASON, reason, citation)

    def add_word(self, word: str) -> Step | None:
        """Take a word into the project's own list; None where it is there. Raises FileTrouble."""
        if word.casefold() in self.history.words():
            return None
        return self._commit(StepKind.WORD, (), {}, reason=word)

    def accept(self, steps: Sequence[Step], reason: str = "") -> Step:
        """Accept what earlier steps did, as a reviewer does; raises UnfitNote, FileTrouble."""
        return self._speak_of(steps, StepKind.ACCEPT, reason)

    def restore(
        self, number: int, documents: Mapping[RecordId, Document], *, reason: str = ""
    ) -> Step | None:
        """Bring every record back to ``documents``, its state after step ``number``, as one step.

        What stood then stands again. None where nothing would change; raises FileTrouble.
        """
        now = self._store.contents.records
        changes: list[FieldChange] = []
        after: dict[RecordId, Document | None] = {}
        for record in sorted(now.keys() | documents.keys()):
            here, then = now.get(record), documents.get(record)
            differing = self._between(record, here, then)
            if differing:
                changes += differing
                after[record] = then
        if not changes:
            return None
        return self._commit(StepKind.RESTORE, changes, after, reason=reason, undoes=number)

    # The life of the session

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        """Let ``listener`` hear of every step."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Changed], None]) -> None:
        """Let ``listener`` hear no more."""
        self._listeners.remove(listener)

    def save(self) -> None:
        """Bring the project file itself up to date; raises FileTrouble."""
        self._store.snapshot()

    def close(self) -> None:
        """Save and let go of the project; raises FileTrouble."""
        self._store.close()

    def abandon(self) -> None:
        """Let go of the project and leave its files as they are."""
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

    def _document(self, record: RecordId) -> Document:
        try:
            return self._store.contents.records[record]
        except KeyError:
            raise NoSuchRecord(record) from None

    def _validated(self, record: RecordId, document: Document) -> Record:
        try:
            return record_from_document(document)
        except ValidationError as error:
            where, what = first_complaint(error)
            raise DamagedProject(self.path, f"record {record}, {where}: {what}") from error

    def _replaced(self, record: RecordId, fields: Mapping[str, Any]) -> Record:
        now = self.record(record)
        for field in fields:
            field_of(field, now.kind)
        try:
            return without_settled_doubts(now.replace(**fields))
        except ValidationError as error:
            where, what = first_complaint(error)
            raise UnfitValue(record, where, what) from error

    def _between(
        self, record: RecordId, before: Document | None, after: Document | None
    ) -> list[FieldChange]:
        if before is not None and after is not None:
            return _differences(record, before, after)
        old, new = (
            document and record_digest(self._validated(record, document))
            for document in (before, after)
        )
        whole = FieldChange(record=record, field=WHOLE_RECORD, old=old, new=new)
        as_it_went = self._store.contents.removed.get(record)
        if after is None or as_it_went is None:
            return [whole]
        return [whole, *_differences(record, as_it_went, after)]

    def _reverse(self, step: Step, kind: StepKind) -> Step:
        changes = step.changes if kind is StepKind.REDO else [c.reversed() for c in step.changes]
        documents: dict[RecordId, Document | None] = {}
        gone: set[RecordId] = set()
        for change in changes:
            if change.field == WHOLE_RECORD:
                documents[change.record] = self._whole(change, step)
                gone |= {change.record} if change.new is None else set()
            else:
                document = documents.get(change.record) or dict(self._document(change.record))
                self._expect(document.get(change.field) == change.old, change, step)
                document[change.field] = change.new
                documents[change.record] = document
        fresh = {
            record: document and self._canonical(record, document, step)
            for record, document in documents.items()
        }
        as_they_went = {record: kept for record, kept in fresh.items() if record in gone and kept}
        return self._commit(
            kind,
            changes,
            fresh | dict.fromkeys(gone),
            undoes=step.number,
            as_they_went=as_they_went,
        )

    def _canonical(self, record: RecordId, document: Document, step: Step) -> Document:
        """The stored form of a record put together again, which must say no more than that."""
        canonical = document_of(self._validated(record, document))
        for change in _differences(record, document, canonical):
            self._expect(False, change, step)
        return canonical

    def _whole(self, change: FieldChange, step: Step) -> Document | None:
        if change.new is None:
            now = record_digest(self.record(change.record))
            self._expect(now == change.old, change, step)
            return None
        if change.record not in self._store.contents.removed:
            raise CannotUndo(
                f"Record {change.record} is not in the project any more: another program took it "
                "out of the file. File > Restore from backup can bring it back."
            )
        return self._store.contents.removed[change.record]

    def _expect(self, unchanged: bool, change: FieldChange, step: Step) -> None:
        if unchanged:
            return
        later = [
            other.number
            for other, its in self.history.changes_of(change.record)
            if other.number > step.number and (its.field == change.field or _is_whole(change))
        ]
        raise CannotUndo(
            f"Step {step.number} cannot be undone by itself: record {change.record}, "
            f"{change.field}, was changed again in step {later[-1] if later else '?'}. "
            "Undo the later step first."
        )

    def _speak_of(
        self, steps: Sequence[Step], kind: StepKind, reason: str, citation: str = ""
    ) -> Step:
        numbers = tuple(step.number for step in steps)
        return self._commit(kind, (), {}, reason=reason, citation=citation, explains=numbers)

    def _note_doubts(self, documents: Mapping[RecordId, Document | None]) -> None:
        if self._doubted is None:
            return
        for record, document in documents.items():
            if document is not None and document.get("doubts"):
                self._doubted.add(record)
            else:
                self._doubted.discard(record)

    def _explained(self, step: Step) -> frozenset[RecordId]:
        """The records of which a step, or the one it takes back, gives the reason of changes."""
        about = self.history.step(step.undoes) if step.undoes else step
        numbers = about.explains if about else ()
        explained = filter(None, map(self.history.step, numbers))
        return frozenset(change.record for one in explained for change in one.changes)

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
        as_they_went: dict[RecordId, Document] | None = None,
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
            raise UnfitNote(*first_complaint(error)) from error
        self._store.append(step.model_dump(mode="json"), documents, sources, as_they_went)
        self.history.add(step)
        membership = any(map(_is_whole, changes))
        with self._keeping:
            for record in documents:
                self._known.pop(record, None)
        self._note_doubts(documents)
        if membership:
            self._ids = None
        if sources:
            self._sources = None
        touched = frozenset(documents) | self._explained(step)
        changed = Changed(step, touched, membership)
        for listener in self._listeners:
            listener(changed)
        return step


def first_complaint(error: ValidationError) -> tuple[str, str]:
    """The field and the message of the first thing that a validation found wrong."""
    complaint = error.errors(include_url=False)[0]
    field = str(complaint["loc"][0]) if complaint["loc"] else "record"
    return field, complaint["msg"].removeprefix("Value error, ")


def _steps(store: ProjectStore) -> list[Step]:
    try:
        return [
            Step.model_validate_json(bytes(row)) for row in store.contents.log.encoded().values()
        ]
    except ValidationError as error:
        where, what = first_complaint(error)
        raise DamagedProject(store.path, f"the log cannot be read ({where}: {what})") from error


def _must_be_codable(record: RecordId, kind: str, fields: Iterable[str]) -> None:
    for field in fields:
        if kind != "entry" or field not in KINDS_OF:
            raise NotCodable(record, field)


def _is_whole(change: FieldChange) -> bool:
    return change.field == WHOLE_RECORD


def _differences(record: RecordId, before: Document, after: Document) -> list[FieldChange]:
    """The fields that differ; one that is not stored, for it is empty, has the value None."""
    return [
        FieldChange(record=record, field=field, old=before.get(field), new=after.get(field))
        for field in {**before, **after}
        if field != "dyad" and before.get(field) != after.get(field)
    ]
