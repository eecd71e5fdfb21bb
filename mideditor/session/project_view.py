"""A read-only view of an open project: its records now, as first read, and as printed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from threading import Lock
from typing import Any

from pydantic import ValidationError

from mideditor.domain.book_order import ORDER_FIELDS
from mideditor.domain.changes import (
    WHOLE_RECORD,
    ChangeKind,
    Digest,
    FieldChanged,
    RecordAdded,
    RecordTakenOut,
)
from mideditor.domain.fields import work_fields
from mideditor.domain.printed_changes import (
    Coding,
    coding_from_log,
    printed_coding_changes,
    sentences_of,
)
from mideditor.domain.record import CodingChange, Record, RecordId, record_from_document
from mideditor.domain.record_ids import handle
from mideditor.domain.replay import NotAsLogged, apply, changed_items
from mideditor.domain.sources import Source
from mideditor.domain.states import StateList
from mideditor.domain.titles import record_title
from mideditor.files.user_error import UserError
from mideditor.session.history import History, LoggedChange
from mideditor.store.project import DamagedProject, Document, Records, Row, State

_CACHE_SIZE = 4000
"""Size of the record cache: enough for one book, about 50 MB."""

_HISTORIES_KEPT = 200
"""Size of the cache of record histories: more than fit on the screen."""


class NoSuchRecord(UserError):
    """The project has no record with that id."""

    def __init__(self, record: RecordId) -> None:
        super().__init__(
            f"There is no record {handle(record)} in the project. It may have been undone."
        )


class ProjectView:
    """Records and history of one project. Up to `_CACHE_SIZE` records are cached until changed."""

    def __init__(self, project: State, states: StateList) -> None:
        self.states = states
        self._project = project
        self._records: OrderedDict[RecordId, Record] = OrderedDict()
        self._histories: OrderedDict[RecordId, _RecordHistory] = OrderedDict()
        self._cache_lock = Lock()
        self._ids: list[RecordId] | None = None
        self._ranks: dict[RecordId, int] | None = None
        self._sources: list[Source] | None = None
        self._doubted: set[RecordId] | None = None
        self.history = History(project.steps())

    @property
    def name(self) -> str:
        """What messages call the project: its path, or its address."""
        return self._project.name

    @property
    def sources(self) -> Sequence[Source]:
        """The imported texts, in the order of their import."""
        if self._sources is None:
            self._sources = list(self._project.sources())
        return self._sources

    def ids(self) -> Sequence[RecordId]:
        """The records' ids in the order of the book."""
        if self._ids is None:
            self._ids = self._project.records.ids()
        return self._ids

    def rank(self, record: RecordId) -> int:
        """The place of a record in the order of the book, from 0; raises KeyError."""
        if self._ranks is None:
            self._ranks = {known: rank for rank, known in enumerate(self.ids())}
        return self._ranks[record]

    def in_order(self, records: Iterable[RecordId]) -> list[RecordId]:
        """Records in the order of the book, without those that are not in the project."""
        known = self._project.records
        return sorted((record for record in records if record in known), key=self.rank)

    def record(self, record: RecordId) -> Record:
        """The record as it is now; raises NoSuchRecord."""
        known = self._records.get(record)
        if known is None:
            row = self.row(record)
            known = self.validated(record, self.document(record))
            with self._cache_lock:
                if len(self._records) >= _CACHE_SIZE:
                    self._records.popitem(last=False)
                if self.row(record) is row:  # else a step changed it meanwhile
                    self._records[record] = known
        return known

    def original(self, record: RecordId) -> Record:
        """The record as read from its source; raises NoSuchRecord."""
        return self._history_of(record).original

    def original_values(self, record: RecordId) -> Mapping[str, Any]:
        """The original values of changed fields, in stored form; see `History`."""
        return self._history_of(record).original_values

    def changed_fields(self, record: RecordId) -> Sequence[str]:
        """The fields that differ from the original now, except `work_fields`."""
        return self._history_of(record).changed_fields

    def standing_edits(self, record: RecordId) -> Sequence[LoggedChange]:
        """The changes of a record's fields that are in force, oldest first."""
        return self._history_of(record).standing_edits

    def list_values(self, record: RecordId) -> Mapping[tuple[int, str], tuple[Any, Any]]:
        """The stored values of a record's lists before and after each step that changed them, by
        the step's number and the field."""
        return self._history_of(record).list_values

    def document_after(self, record: RecordId, number: int) -> Document:
        """A record as it was after a step, in stored form; for 0 as it was added.

        Raises NoSuchRecord if the log does not say how it was added.
        """
        document = self.added_document(record)
        if document is None:
            raise NoSuchRecord(record)
        for step, change in self.history.life_of(record)[1:]:
            if step.number > number:
                break
            with suppress(NotAsLogged):  # the file was changed outside; verify says so
                document = apply(change, document, self.kept) or document
        return document

    def document_at(self, record: RecordId, number: int) -> Document | None:
        """A record as it was after a step, in stored form; None if it was not in the project."""
        document: Document | None = None
        for step, change in self.history.changes_of(record):
            if step.number > number:
                break
            with suppress(NotAsLogged):  # the file was changed outside; verify says so
                document = apply(change, document, self.kept)
        return document

    def printed_changes(self, record: RecordId) -> tuple[CodingChange, ...]:
        """The sentences of the record's Coding changes as they are printed now."""
        return self._history_of(record).printed_changes

    def coding(self, record: RecordId) -> Coding:
        """The record's coding according to the log."""
        return self._history_of(record).coding

    def with_number(self, dispute_number: int) -> list[RecordId]:
        """The ids of all records with a dispute number."""
        documents = self._project.records
        return [
            record
            for record in self.ids()
            if documents[record].get("dispute_number") == dispute_number
        ]

    def doubted_ids(self) -> list[RecordId]:
        """The ids of the records that have doubtful readings, in source order."""
        if self._doubted is None:
            self._doubted = set(self._project.records.with_items("doubts"))
        return self.in_order(self._doubted)

    def documents(self) -> Records:
        """The records in their stored form; do not modify them."""
        return self._project.records

    def name_of(self, record: RecordId) -> str:
        """A record in words, for messages: its title, such as ``MID 2899``."""
        try:
            return record_title(self.record(record))
        except NoSuchRecord:
            return "a record that is not in the project"
        except UserError:
            return f"record {handle(record)}"

    def row(self, record: RecordId) -> Row | None:
        """A record as it is stored now; it is another object once it has changed."""
        return self._project.records.row(record)

    def added_document(self, record: RecordId) -> Document | None:
        """A record as it was when it was added, in stored form; None if the log does not say."""
        life = self.history.life_of(record)
        first = life[0][1] if life else None
        return self.kept(first.document) if isinstance(first, RecordAdded) else None

    def kept(self, digest: Digest) -> Document | None:
        """A record as it was added or taken out, by its digest; None if there is none."""
        return self._project.original(digest)

    def without_kept(self, originals: Mapping[Digest, Document]) -> dict[Digest, Document]:
        """Those of the records that the project does not keep under their digest yet."""
        missing = self._project.missing(originals)
        return {name: originals[name] for name in missing}

    def document(self, record: RecordId) -> Document:
        """A record in its stored form; do not modify it. Raises NoSuchRecord."""
        try:
            return self._project.records[record]
        except KeyError:
            raise NoSuchRecord(record) from None

    def validated(self, record: RecordId, document: Document) -> Record:
        """A record from its stored form; raises DamagedProject."""
        try:
            return record_from_document(document)
        except ValidationError as error:
            where, what = first_error(error)
            raise DamagedProject(
                self._project.name, f"record {handle(record)}, {where}: {what}"
            ) from error

    def know_records_of(self, other: ProjectView) -> None:
        """Take over the records that another view of the same project has read."""
        with other._cache_lock:
            self._records = other._records.copy()

    def _history_of(self, record: RecordId) -> _RecordHistory:
        history = self._histories.get(record)
        if history is None:
            history = _RecordHistory(self, record)
            with self._cache_lock:
                if len(self._histories) >= _HISTORIES_KEPT:
                    self._histories.popitem(last=False)
                self._histories[record] = history
        return history

    def _forget(
        self,
        documents: Mapping[RecordId, Document | None],
        touched: Mapping[RecordId, Collection[str]],
        *,
        membership: bool,
        sources: bool,
    ) -> None:
        """Drop changed records and the histories of touched records from the caches."""
        with self._cache_lock:
            for record in documents:
                self._records.pop(record, None)
            for record in touched:
                self._histories.pop(record, None)
        self._note_doubts(documents)
        if membership or any(not ORDER_FIELDS.isdisjoint(fields) for fields in touched.values()):
            self._ids = self._ranks = None
        if sources:
            self._sources = None

    def _note_doubts(self, documents: Mapping[RecordId, Document | None]) -> None:
        if self._doubted is None:
            return
        for record, document in documents.items():
            if document is not None and document.get("doubts"):
                self._doubted.add(record)
            else:
                self._doubted.discard(record)


class _RecordHistory:
    """What the log says about one record, computed on first use.

    It is valid until a step touches the record.
    """

    def __init__(self, view: ProjectView, record: RecordId) -> None:
        self._view = view
        self._record = record

    @cached_property
    def original_values(self) -> Mapping[str, Any]:
        """An original is the value from the last import in force, since a later import may read
        more of a record or read it better. An import never changes an edited field."""
        changes = [
            (step, change)
            for step, change in self._view.history.life_of(self._record)
            if change.field != WHOLE_RECORD
        ]
        if not changes:
            return {}
        added = self._view.added_document(self._record)
        read = {change.field: added.get(change.field) for _, change in changes} if added else {}
        for step, change in changes:
            if isinstance(change, FieldChanged):
                read.setdefault(change.field, change.old)
                if change.kind is ChangeKind.IMPORT and self._view.history.stands(step):
                    read[change.field] = change.new
        return read

    @cached_property
    def list_values(self) -> Mapping[tuple[int, str], tuple[Any, Any]]:
        view = self._view
        values: dict[tuple[int, str], tuple[Any, Any]] = {}
        lists: dict[str, Any] = {}
        for step, change in view.history.changes_of(self._record):
            place = step.number, change.field
            if isinstance(change, RecordAdded):
                lists = dict(view.kept(change.document) or {})
            elif isinstance(change, FieldChanged):
                lists[change.field] = change.new
            elif not isinstance(change, RecordTakenOut):
                before = lists.get(change.field)
                with suppress(NotAsLogged):  # the file was changed outside; verify says so
                    lists[change.field] = changed_items(change, before) or None
                values[place] = values.get(place, (before,))[0], lists.get(change.field)
        return values

    @cached_property
    def original(self) -> Record:
        view, record = self._view, self._record
        if not self.original_values:
            return view.record(record)
        return view.validated(record, {**view.document(record), **self.original_values})

    @cached_property
    def changed_fields(self) -> list[str]:
        if not self.original_values:
            return []
        document = self._view.document(self._record)
        return [
            field
            for field, original in self.original_values.items()
            if field not in work_fields() and document.get(field) != original
        ]

    @cached_property
    def standing_edits(self) -> list[LoggedChange]:
        return self._view.history.standing_edits_of(self._record)

    @cached_property
    def coding(self) -> Coding:
        history = self._view.history
        if not history.was_coded(self._record):
            return Coding()
        logged = history.life_of(self._record)
        return coding_from_log(self.original, logged, history.stands)

    @cached_property
    def printed_changes(self) -> tuple[CodingChange, ...]:
        now = self._view.record(self._record)
        if not self._view.history.was_coded(self._record):
            return sentences_of(now)
        return printed_coding_changes(now, self.coding)


def first_error(error: ValidationError) -> tuple[str, str]:
    """The field and the message of the first error that validation found."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0]) if first["loc"] else "record"
    return field, first["msg"].removeprefix("Value error, ")
