"""A project measured, by number of records: its file, and sorting and filtering its table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mideditor.domain.record import RecordId
from mideditor.session.checks import Checks
from mideditor.session.rows import COLUMNS, Rows, SortedBy, searchable_text
from mideditor.session.session import Session
from tests.benchmarks.stopwatch import Measured, in_turn
from tests.benchmarks.store_measures import big_project, no_dearer, store_measures

_TIMES = 5
_BOOK = 2300


def project_measures(sizes: list[int], folder: Path) -> Iterator[Measured]:
    """Each measure at each number of records, and what the largest costs beside the smallest."""
    paths = [folder / str(size) / "p.mid.json" for size in sizes]
    for size, path in zip(sizes, paths, strict=True):
        path.parent.mkdir()
        big_project(path, size)
        yield from store_measures(path, size)
        with Session.open(path, "bench", read_only=True) as session:
            yield from _looking(session)
    yield no_dearer(paths[0], paths[-1])


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
            partial(rows.ids, "", [SortedBy(column)]), partial(sorted, keys), _TIMES
        )
    title, (ours, bare) = max(by_column.items(), key=lambda item: item[1][0])
    what = f"sort {len(ids):,} records by {title}, the dearest column"
    limit = 0.1 * max(len(ids), _BOOK) / 100_000
    target = f"≤ {limit * 1000:.1f} ms"
    return Measured(what, ours, "sorted(keys)", bare, target, ours <= limit)
