"""An open project as it can be read: its records now, as first read, and as they are printed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

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
from mideditor.session.history import History
from mideditor.store.document_table import Document
from mideditor.store.documents import DamagedProject
from mideditor.store.opening import Opened
from mideditor.store.project_store import ProjectStore

WORK_FIELDS = ("review", "doubts", "accepted", "questions", "evidence", "place")
"""Fields that say how far the work has come, and where a record stood; a change of them is no
change of what it says."""

_KEPT = 4000
"""Records kept as they were read: those of a book, some 50 MB. Of a larger project they change."""


class NoSuchRecord(UserError):
    """A record id that the project does not have."""

    def __init__(self, record: RecordId) -> None:
        super().__init__(f"There is no record {record} in the project. It may have been undone.")


class ProjectView:
    """Records and history of one project. What was read is kept until a step changes it.

    Of more records than `_KEPT` some are read again.
    """

    def __init__(self, store: ProjectStore, states: StateList) -> None:
        self.states = states
        self._store = store
        self._known: OrderedDict[RecordId, Record] = OrderedDict()
        self._keeping = Lock()
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
            known = self.validated(record, self.document(record))
            with self._keeping:
                if len(self._known) >= _KEPT:
                    self._known.popitem(last=False)
                if rows.get(record) is row:  # else a step was made while another thread read it
                    self._known[record] = known
        return known

    def original(self, record: RecordId) -> Record:
        """The record as read from its source; raises NoSuchRecord."""
        earlier = self.history.original_values(record)
        if not earlier:
            return self.record(record)
        return self.validated(record, self.document(record) | earlier)

    def changed_fields(self, record: RecordId) -> list[str]:
        """The fields that now differ from the original, but for the state of the work on it."""
        earlier = self.history.original_values(record)
        if not earlier:
            return []
        document = self.document(record)
        return [
            field
            for field, original in earlier.items()
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
            self._doubted = set(self._store.contents.records.numbers_without(b'"doubts": []'))
        return sorted(self._doubted)

    def documents(self) -> Mapping[RecordId, Document]:
        """The records in their stored form, for checking and comparing; not to be changed."""
        return self._store.contents.records

    def removed_documents(self) -> Mapping[RecordId, Document]:
        """The records whose import was undone, in their stored form as they went."""
        return self._store.contents.removed

    def all_documents(self) -> Mapping[RecordId, Document]:
        """The records and those whose import was undone, in their stored form."""
        return {**self._store.contents.removed, **self._store.contents.records}

    def document(self, record: RecordId) -> Document:
        """A record in its stored form, not to be changed; raises NoSuchRecord."""
        try:
            return self._store.contents.records[record]
        except KeyError:
            raise NoSuchRecord(record) from None

    def validated(self, record: RecordId, document: Document) -> Record:
        """A record from its stored form; raises DamagedProject."""
        try:
            return record_from_document(document)
        except ValidationError as error:
            where, what = first_complaint(error)
            raise DamagedProject(self.path, f"record {record}, {where}: {what}") from error

    def _forget(
        self, documents: Mapping[RecordId, Document | None], *, membership: bool, sources: bool
    ) -> None:
        """Read these records anew when they are next asked for."""
        with self._keeping:
            for record in documents:
                self._known.pop(record, None)
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
