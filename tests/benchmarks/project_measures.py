"""A project measured: edits that survive, opening, sorting and filtering, by number of records."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

import orjson

from mideditor.domain.record import RecordId
from mideditor.domain.steps import StepKind
from mideditor.session.checks import Checks
from mideditor.session.rows import COLUMNS, Rows, searchable_text
from mideditor.session.session import Session
from tests.benchmarks.book import made_up_records
from tests.benchmarks.stopwatch import WAITING, Measured, in_turn

_EDITS = 200
_TIMES = 5
_BOOK = 2300
_NO_DEARER = 1.2


def project_measures(sizes: list[int], folder: Path) -> Iterator[Measured]:
    """Each measure at each number of records, and what the largest costs beside the smallest."""
    edits: list[float] = []
    for size in sizes:
        path = folder / f"{size}.mid.json"
        with Session.open(path, "bench", create=True) as session:
            session.add(made_up_records(size))
        edit = _editing(path, size)
        edits.append(edit.seconds)
        yield edit
        yield _opening(path, size)
        with Session.open(path, "bench", read_only=True) as session:
            yield from _looking(session)
    what, beside = f"one durable edit of {sizes[-1]:,} records", f"of {sizes[0]:,}"
    no_dearer = edits[-1] <= _NO_DEARER * edits[0]
    yield Measured(what, edits[-1], beside, edits[0], f"≤ {_NO_DEARER} ×", no_dearer)


def _editing(path: Path, size: int) -> Measured:
    """Edits of one record after another; bare: as many bytes appended and synced beside."""
    bare = os.open(path.with_name("bare"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with Session.open(path, "bench") as session:
        edits = _edits(session)
        journal = path.with_name(f"{path.name}.journal")
        next(edits)
        line = b"x" * journal.stat().st_size
        ours, theirs = in_turn(lambda: next(edits), lambda: _append(bare, line), _EDITS, WAITING)
    os.close(bare)
    what, beside = f"one durable edit of {size:,} records", f"append and fsync, {len(line)} bytes"
    return Measured(what, ours, beside, theirs, "≤ 3 ×", ours <= 3 * theirs)


def _edits(session: Session) -> Iterator[None]:
    entries = [record for record in session.ids() if session.record(record).kind == "entry"]
    for number, record in enumerate(cycle(entries), start=1):
        session.edit(StepKind.CORRECTION, {record: {"dispute_number": 5000 + number}}, reason="b")
        yield


def _append(file: int, line: bytes) -> None:
    os.write(file, line)
    os.fsync(file)


def _opening(path: Path, size: int) -> Measured:
    def open_it() -> None:
        with Session.open(path, "bench", read_only=True) as session:
            session.ids()

    ours, bare = in_turn(open_it, lambda: orjson.loads(path.read_bytes()), 3)
    what = f"open a project of {size:,} records"
    limit = 1.0 if size <= _BOOK else 2.0
    return Measured(
        what, ours, "read the file, orjson.loads", bare, f"≤ {limit:.0f} s", ours <= limit
    )


def _looking(session: Session) -> Iterator[Measured]:
    rows = Rows(session, Checks(session))
    ids = list(session.ids())
    rows.prepare(ids)
    yield _sorting(rows, ids)
    texts = [searchable_text(session.record(record)).casefold() for record in ids]
    for words in ("q", "quarantine"):
        ours, bare = in_turn(partial(rows.ids, words), partial(_scan, texts, words), _TIMES)
        what = f"filter {len(ids):,} records by “{words}”"
        yield Measured(what, ours, "needle in text", bare, "≤ 2 ×", ours <= 2 * bare)


def _scan(texts: list[str], needle: str) -> list[bool]:
    return [needle in text for text in texts]


def _sorting(rows: Rows, ids: list[RecordId]) -> Measured:
    """The dearest column; the target is for 100,000 records, and taken in proportion."""
    by_column = {}
    for column in COLUMNS:
        keys = [column.key(rows.row(record)) for record in ids]
        by_column[column.title] = in_turn(
            partial(rows.ids, "", column), partial(sorted, keys), _TIMES
        )
    title, (ours, bare) = max(by_column.items(), key=lambda item: item[1][0])
    what = f"sort {len(ids):,} records by {title}, the dearest column"
    limit = 0.1 * max(len(ids), _BOOK) / 100_000
    target = f"≤ {limit * 1000:.1f} ms"
    return Measured(what, ours, "sorted(keys)", bare, target, ours <= limit)
