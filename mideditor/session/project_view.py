"""A read-only view of an open project: its records now, as first read, and as printed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import ValidationError

from mideditor.domain.fields import work_fields
from mideditor.domain.printed_changes import (
    Coding,
    coding_from_log,
    printed_coding_changes,
    sentences_of,
)
from mideditor.domain.record import CodingChange, Record, RecordId, record_from_document
from mideditor.domain.states import StateList
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.history import History, LoggedChange
from mideditor.store.document_table import Document
from mideditor.store.documents import DamagedProject
from mideditor.store.opening import Opened
from mideditor.store.project_store import ProjectStore

_CACHE_SIZE = 4000
"""Size of the record cache: enough for one book, about 50 MB."""

_HISTORIES_KEPT = 200
"""Size of the cache of record histories: more than fit on the screen."""


class NoSuchRecord(UserError):
    """The project has no record with that id."""

    def __init__(self, record: RecordId) -> None:
        super().__init__(f"There is no record {record} in the project. It may have been undone.")


class ProjectView:
    """Records and history of one project. Up to `_CACHE_SIZE` records are cached until changed."""

    def __init__(self, store: ProjectStore, states: StateList) -> None:
        self.states = states
        self._store = store
        self._records: OrderedDict[RecordId, Record] = OrderedDict()
        self._histories: OrderedDict[RecordId, _RecordHistory] = OrderedDict()
        self._cache_lock = Lock()
        self._ids: list[RecordId] | None = None
        self._sources: list[Document] | None = None
        self._doubted: set[RecordId] | None = None
        self.history = History(_steps(store))

    @property
    def path(self) -> Path:
        """The project file."""
        return self._store.path

    @property
    def opened(self) -> Opened:
        """What was unusual when the project was opened."""
        return self._store.opened

    @property
    def was_changed_while_closed(self) -> bool:
        """Whether another program changed the file before it was opened, and it is unsettled."""
        return self._store.opened.outside is not None

    @property
    def backup_error(self) -> UserError | None:
        """Why the last save made no backup; None if it made one."""
        return self._store.backup_error

    @property
    def read_only(self) -> bool:
        """Whether the project is open for reading only."""
        return self._store.read_only

    @property
    def store(self) -> ProjectStore:
        """The project on disk: its backups, and the changes that other programs made to it."""
        return self._store

    @property
    def sources(self) -> Sequence[Document]:
        """The imported texts, as stored."""
        if self._sources is None:
            self._sources = list(self._store.contents.sources.values())
        return self._sources

    def ids(self) -> Sequence[RecordId]:
        """The records' ids in source order."""
        if self._ids is None:
            self._ids = sorted(self._store.contents.records)
        return self._ids

    def record(self, record: RecordId) -> Record:
        """The record as it is now; raises NoSuchRecord."""
        known = self._records.get(record)
        if known is None:
            rows = self._store.contents.records.encoded()
            row = rows.get(record)
            known = self.validated(record, self.document(record))
            with self._cache_lock:
                if len(self._records) >= _CACHE_SIZE:
                    self._records.popitem(last=False)
                if rows.get(record) is row:  # else a step changed it meanwhile
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

    def printed_changes(self, record: RecordId) -> tuple[CodingChange, ...]:
        """The sentences of the record's Coding changes as they are printed now."""
        return self._history_of(record).printed_changes

    def coding(self, record: RecordId) -> Coding:
        """The record's coding according to the log."""
        return self._history_of(record).coding

    def with_number(self, dispute_number: int) -> list[RecordId]:
        """The ids of all records with a dispute number."""
        documents = self._store.contents.records
        return [
            record
            for record in self.ids()
            if documents[record].get("dispute_number") == dispute_number
        ]

    def doubted_ids(self) -> list[RecordId]:
        """The ids of the records that have doubtful readings, in source order."""
        if self._doubted is None:
            self._doubted = set(self._store.contents.records.numbers_without(b'"doubts": []'))
        return sorted(self._doubted)

    def documents(self) -> Mapping[RecordId, Document]:
        """The records in their stored form; do not modify them."""
        return self._store.contents.records

    def removed_documents(self) -> Mapping[RecordId, Document]:
        """The records whose import was undone, in their stored form when they were removed."""
        return self._store.contents.removed

    def all_documents(self) -> Mapping[RecordId, Document]:
        """The current records and those whose import was undone, in their stored form."""
        return {**self._store.contents.removed, **self._store.contents.records}

    def document(self, record: RecordId) -> Document:
        """A record in its stored form; do not modify it. Raises NoSuchRecord."""
        try:
            return self._store.contents.records[record]
        except KeyError:
            raise NoSuchRecord(record) from None

    def validated(self, record: RecordId, document: Document) -> Record:
        """A record from its stored form; raises DamagedProject."""
        try:
            return record_from_document(document)
        except ValidationError as error:
            where, what = first_error(error)
            raise DamagedProject(self.path, f"record {record}, {where}: {what}") from error

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
        touched: Collection[RecordId],
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
        if membership:
            self._ids = None
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
        return self._view.history.original_values(self._record)

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
        logged = history.changes_of(self._record)
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


def _steps(store: ProjectStore) -> list[Step]:
    try:
        return [
            Step.model_validate_json(bytes(row)) for row in store.contents.log.encoded().values()
        ]
    except ValidationError as error:
        where, what = first_error(error)
        raise DamagedProject(store.path, f"the log cannot be read ({where}: {what})") from error
