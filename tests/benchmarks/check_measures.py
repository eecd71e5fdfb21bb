"""Measures of the checks and of the comparison with published tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from mideditor.domain.record import Record
from mideditor.reference.published import PublishedTables
from mideditor.reference.published_files import read_tables
from mideditor.session.checks.checks import Checks
from mideditor.session.published.published_comparison import compare
from mideditor.session.session import Session
from mideditor.session.work import run_now
from mideditor.text.writer import write_records
from tests.benchmarks.published import write_tables
from tests.benchmarks.stopwatch import Measured, repeats_for, time_alternately, timed

_MOST = 20_000
"""The most records to check; rules also read others that share a number or a dyad."""

_BARE = "write them as text"


def check_measures(path: Path, size: int) -> Iterator[Measured]:
    """All measures of the project at ``path``."""
    with Session.open(path, "bench", read_only=True) as session:
        yield from _checking(session, size)
        yield from _comparing(session, path.parent, size)


def _checking(session: Session, size: int) -> Iterator[Measured]:
    ids = session.ids()
    sample = ids[:: -(-size // _MOST)]
    checks = Checks(session)
    read = timed(lambda: run_now(checks.read_ahead()))
    yield Measured("read what records have in common", size, read)
    checked = timed(lambda: [checks.of(record) for record in sample])
    pairs = [(session.record(record), session.printed_changes(record)) for record in sample]
    written = timed(partial(write_records, pairs))
    each, bare = checked / len(sample), written / len(sample)
    yield Measured("check a record by all rules, for the first time", size, each, _BARE, bare)


def _comparing(session: Session, folder: Path, size: int) -> Iterator[Measured]:
    records: Sequence[Record] = [session.record(record) for record in session.ids()]
    paths, times = write_tables(records, folder), repeats_for(size)
    tables: list[PublishedTables] = []
    read, bare = time_alternately(
        lambda: tables.append(read_tables(*paths)), lambda: [*map(_rows_of, paths)], times
    )
    yield Measured("read the published tables", size, read, "csv.reader", bare)
    ours, bare = time_alternately(
        lambda: run_now(compare(session, tables[0])), lambda: [*map(_rows_of, paths)], times
    )
    yield Measured("compare with them", size, ours, "csv.reader", bare)


def _rows_of(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))
