"""A project in an SQLite database: a second store, to show that the program needs only `Project`.

A record has a row for each step that changed it. So the project as it was after a step needs no
copy: it is the rows up to that step.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from typing_extensions import override

from mideditor.domain.book_order import book_order
from mideditor.domain.changes import Digest
from mideditor.domain.record import RecordId
from mideditor.domain.sources import Source, source_of
from mideditor.domain.steps import FIRST_LINK, Step, StepDraft
from mideditor.files.user_error import FileError
from mideditor.store.project import (
    Capability,
    DamagedProject,
    Document,
    ReadOnlyProject,
    Records,
    Row,
)
from mideditor.store.rebasing import rebased

_TABLES = """
CREATE TABLE IF NOT EXISTS steps (number INTEGER PRIMARY KEY, link TEXT, step TEXT);
CREATE TABLE IF NOT EXISTS sources (number INTEGER PRIMARY KEY, since INTEGER, source TEXT);
CREATE TABLE IF NOT EXISTS originals (digest TEXT PRIMARY KEY, since INTEGER, document TEXT);
CREATE TABLE IF NOT EXISTS records (
    record INTEGER, since INTEGER, document TEXT, PRIMARY KEY (record, since)
);
"""
"""``since`` is the number of the step that brought a row; a record that it took out is NULL."""

_NOW = 2**62
"""Above the number of any step."""


class Database:
    """A connection that threads can share, and the token of each row that it has shown."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        name = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        self._connection = sqlite3.connect(  # waits a minute for the step of another desk
            name, 60, isolation_level=None, check_same_thread=False, uri=True
        )
        self._lock = RLock()
        self._tokens: dict[tuple[RecordId, int], Row] = {}
        if not read_only:
            self._connection.executescript(_TABLES)

    def rows(self, query: str, *values: object) -> list[Any]:
        """The rows that a query finds."""
        with self._lock, closing(self._connection.execute(query, values)) as found:
            return found.fetchall()

    def first(self, query: str, *values: object) -> Any:
        """The first row that a query finds; None if there is none."""
        return next(iter(self.rows(query, *values)), None)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep every other writer out, and commit at the end or change nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def insert(self, table: str, *values: object) -> None:
        """Add a row to a table."""
        places = ", ".join("?" for _ in values)
        self.rows(f"INSERT INTO {table} VALUES ({places})", *values)

    def token(self, record: RecordId, since: int, document: str) -> Row:
        """The same object as long as the record is as the step ``since`` left it."""
        return self._tokens.setdefault((record, since), document)

    def close(self) -> None:
        """Close the connection; it may be closed already."""
        self._connection.close()


class SqliteRecords(Records):
    """The records of a database as they were after a step."""

    def __init__(self, database: Database, upto: int) -> None:
        self._database = database
        self._upto = upto
        self._order: tuple[int, list[RecordId]] = (0, [])
        """The number of the last step, and the order of the records after it."""

    @override
    def __getitem__(self, record: RecordId) -> Document:
        newest = self._newest(record)
        if newest is None:
            raise KeyError(record)
        document: Document = json.loads(newest[1])
        return document

    @override
    def __iter__(self) -> Iterator[RecordId]:
        return iter([record for record, _ in self._all()])

    @override
    def __len__(self) -> int:
        return len(self._all())

    @override
    def ids(self) -> list[RecordId]:
        last = self._database.first("SELECT max(number) FROM steps WHERE number <= ?", self._upto)
        if self._order[0] != last[0]:
            documents = {record: json.loads(document) for record, document in self._all()}
            self._order = last[0], book_order(documents, self._source_names())
        return list(self._order[1])

    @override
    def row(self, record: RecordId) -> Row | None:
        newest = self._newest(record)
        return None if newest is None else self._database.token(record, *newest)

    @override
    def with_items(self, field: str) -> list[RecordId]:
        return [record for record, document in self._all() if json.loads(document).get(field)]

    def _newest(self, record: RecordId) -> tuple[int, str] | None:
        """The step that changed a record last, and its document; None if it is not there."""
        query = "SELECT max(since), document FROM records WHERE record = ? AND since <= ?"
        since, document = self._database.first(query, record, self._upto)
        return None if document is None else (since, document)

    def _all(self) -> list[tuple[RecordId, str]]:
        query = "SELECT record, document, max(since) FROM records WHERE since <= ? GROUP BY record"
        rows = self._database.rows(query, self._upto)
        return [(record, document) for record, document, _ in rows if document is not None]

    def _source_names(self) -> dict[str, str]:
        rows = self._database.rows("SELECT source FROM sources WHERE since <= ?", self._upto)
        return {one["id"]: one["name"] for one in (json.loads(source) for (source,) in rows)}


class SqliteState:
    """The project in a database as it was after a step."""

    def __init__(self, path: Path, database: Database, upto: int) -> None:
        self._path, self._database, self._upto = path, database, upto
        self.name = str(path)
        self.records: Records = SqliteRecords(database, upto)

    def steps(self, since: int = 0) -> Sequence[Step]:
        """The steps after the first ``since``; raises DamagedProject."""
        query = "SELECT step FROM steps WHERE number > ? AND number <= ? ORDER BY number"
        try:
            rows = self._database.rows(query, since, self._upto)
            return [Step.model_validate_json(step) for (step,) in rows]
        except ValidationError as error:
            raise DamagedProject(self._path, f"the log cannot be read ({error})") from error

    def sources(self) -> Sequence[Source]:
        """The imported texts, in the order of their import."""
        query = "SELECT source FROM sources WHERE since <= ? ORDER BY number"
        return [source_of(json.loads(row)) for (row,) in self._database.rows(query, self._upto)]

    def original(self, digest: Digest) -> Document | None:
        """A record as it was added or taken out; None if it is not kept."""
        query = "SELECT document FROM originals WHERE digest = ? AND since <= ?"
        row = self._database.first(query, digest, self._upto)
        return None if row is None else json.loads(row[0])

    def missing(self, digests: Iterable[Digest]) -> list[Digest]:
        """Those of the digests under which no record is kept."""
        return [one for one in dict.fromkeys(digests) if self.original(one) is None]


class SqliteProject(SqliteState):
    """The project in the database at ``path``, which is made if there is none."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        super().__init__(path, Database(path, read_only=read_only), _NOW)
        self.read_only = read_only

    def append(
        self,
        draft: StepDraft,
        records: Mapping[RecordId, Document | None],
        *,
        based_on: Mapping[RecordId, Row | None] = MappingProxyType({}),
        sources: Sequence[Source] = (),
        originals: Mapping[Digest, Document] = MappingProxyType({}),
    ) -> Step:
        """Commit a step; see `Project.append`. Raises StaleStep, ReadOnlyProject, FileError."""
        if self.read_only:
            raise ReadOnlyProject(self._path)
        database = self._database
        try:
            with database.transaction():
                records = rebased(self, draft, records, based_on, originals)
                step = draft.sealed(*self._place())
                database.insert("steps", step.number, step.link, step.model_dump_json())
                for source in sources:
                    document = json.dumps(source.document())
                    database.insert("sources", None, step.number, document)
                for digest in self.missing(originals):
                    document = json.dumps(originals[digest])
                    database.insert("originals", digest, step.number, document)
                for record, changed in records.items():
                    left = None if changed is None else json.dumps(changed)
                    database.insert("records", record, step.number, left)
        except sqlite3.Error as error:
            raise FileError(self._path, OSError(error), "Nothing was changed.") from error
        return step

    def snapshot(self) -> SqliteState:
        """The project as it is now; later steps do not change it."""
        return SqliteState(self._path, self._database, self._place()[0] - 1)

    def capability(self, kind: type[Capability]) -> Capability | None:
        """None: it can do nothing beside."""
        return None

    def close(self) -> None:
        """Close the database. Every step is in it already."""
        self.abandon()

    def abandon(self) -> None:
        """Close the database."""
        self.read_only = True
        self._database.close()

    def _place(self) -> tuple[int, Digest]:
        """The number of the next step, and the link that it follows."""
        last = self._database.first("SELECT number, link FROM steps ORDER BY number DESC LIMIT 1")
        return (1, FIRST_LINK) if last is None else (last[0] + 1, last[1])
