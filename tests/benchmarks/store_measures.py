"""Measures of the project file: durable edits, undo, opening and saving."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path

from tinydb import TinyDB

from mideditor.session.session import Session
from tests.benchmarks.against.found import STEP_KIND, correction_after, found, store_of
from tests.benchmarks.book import made_up_records
from tests.benchmarks.fresh import fresh
from tests.benchmarks.stopwatch import (
    BOOK,
    WALL_TIME,
    Measured,
    repeats_for,
    time_alternately,
    timed,
)

_EDITS = 200
_UNDOS = 50
_SAVES = 3
_MAX_COST_RATIO = 1.2
BASE_MEMORY = 150e6
"""Bytes that an open project may use on top of three times the size of its file."""

_CPU_LOAD = (
    "Its own work takes the processor some tenths of a millisecond; where others keep that busy, "
    "it waits its turn, which a sync does not."
)

# Opens a project in a fresh process.
OPEN = """
import sys
from pathlib import Path
from tests.benchmarks.fresh import UsageTimer
timer = UsageTimer()
from mideditor.session.session import Session
timer = UsageTimer()
session = Session.open(Path(sys.argv[1]), "bench")
timer.report()
session.abandon()
"""
# The least that any program reading the file must do.
_PARSE = """
import sys
from pathlib import Path
import orjson
from tests.benchmarks.fresh import UsageTimer
timer = UsageTimer()
tables = orjson.loads(Path(sys.argv[1]).read_bytes())
timer.report()
"""


def big_project(path: Path, size: int) -> None:
    """Create a saved project with ``size`` records and as many steps."""
    with Session.open(path, "bench", create=True) as session:
        session.add(made_up_records(size))
        _extend_log(session, size)


def _extend_log(session: Session, steps: int) -> None:
    """Add steps to the store directly, without a sync after each."""
    contents, last = store_of(session).contents, session.history.last
    assert last is not None
    time = datetime(2026, 3, 14, tzinfo=UTC)
    for record in cycle(_entries(session)):
        if last.number >= steps:
            return
        document = contents.records[record]
        old = document["page"]
        document["page"] = (old or 0) + 1
        then, new = time + timedelta(minutes=last.number), document["page"]
        last = correction_after(last, then, record=record, field="page", old=old, new=new)
        contents.apply_step(last.model_dump(mode="json"), {record: document}, [], {})


def store_measures(path: Path, size: int) -> Iterator[Measured]:
    """All measures of the project at ``path``, which has ``size`` records."""
    yield from _opening(path, size)
    yield from _editing(path, size)
    yield from _saving(path, size)


def compare_edit_costs(smallest: Path, largest: Path) -> Measured:
    """An edit of the largest project against one of the smallest, made alternately."""
    with Session.open(smallest, "bench") as few, Session.open(largest, "bench") as many:
        edits_of_few, edits_of_many = _edits(few), _edits(many)
        ours, theirs = time_alternately(
            lambda: next(edits_of_many), lambda: next(edits_of_few), _EDITS, WALL_TIME
        )
        size, baseline = len(many.ids()), f"one of {len(few.ids()):,} records"
        many.abandon()
    what, target = "the same, made in turn", f"≤ {_MAX_COST_RATIO} ×"
    return Measured(what, size, ours, baseline, theirs, target, _MAX_COST_RATIO * theirs, _CPU_LOAD)


def _editing(path: Path, size: int) -> Iterator[Measured]:
    """Edits of one record after another, against appending and syncing as many bytes."""
    bare = os.open(path.with_name("bare"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with Session.open(path, "bench") as session:
        edits = _edits(session)
        journal = path.with_name(f"{path.name}.journal")
        next(edits)
        line = b"x" * journal.stat().st_size
        baseline = f"append and fsync of {len(line) / 1000:.1f} kB"
        for what, job, times in (
            ("one durable edit", lambda: next(edits), _EDITS),
            ("one undo", session.undo, _UNDOS),
        ):
            ours, append = time_alternately(
                job, lambda: append_and_sync(bare, line), times, WALL_TIME
            )
            yield Measured(what, size, ours, baseline, append, "≤ 3 ×", 3 * append, _CPU_LOAD)
        edit, _ = time_alternately(lambda: next(edits), lambda: None, _UNDOS, WALL_TIME)
        record = _entries(session)[0]
    os.close(bare)
    stock = _stock_update(path, record)
    yield Measured("TinyDB’s update of one record", size, stock, "one durable edit", edit)


def _edits(session: Session) -> Iterator[None]:
    new = count(500_000 + len(session.history.steps))
    for record in cycle(_entries(session)):
        values = {record: {"dispute_number": next(new)}}
        session.edit(found(STEP_KIND).CORRECTION, values, reason="b")
        yield


def _entries(session: Session) -> list[int]:
    documents = session.documents()
    return [record for record in session.ids() if documents[record]["kind"] == "entry"]


def append_and_sync(file: int, line: bytes) -> None:
    """The least that a durable edit must do."""
    os.write(file, line)
    os.fsync(file)


def _stock_update(path: Path, record: int) -> float:
    """The time stock TinyDB takes to update one record of a copy by its number."""
    copy = path.with_name("stock.json")
    shutil.copy(path, copy)
    with TinyDB(copy, encoding="utf-8") as database:
        seconds = timed(
            lambda: database.table("records").update({"page": 1}, doc_ids=[record]), WALL_TIME
        )
    copy.unlink()
    return seconds


def _opening(path: Path, size: int) -> Iterator[Measured]:
    """In fresh processes that each open the project once; the best run counts."""
    times = repeats_for(size, 5)
    parse = min(fresh(_PARSE, path).cpu for _ in range(times))
    limit = 1.0 if size <= BOOK else 2.0
    allowed = 3 * path.stat().st_size + BASE_MEMORY
    opened = [fresh(OPEN, path) for _ in range(times)]
    seconds, memory = min(one.cpu for one in opened), min(one.memory for one in opened)
    baseline = "read the file, orjson.loads"
    target = "≤ 1 s the book, 2 s any"
    yield Measured("open a project", size, seconds, baseline, parse, target, limit)
    yield Measured(
        "peak memory of that",
        size,
        memory,
        "3 × the file + 150 MB",
        allowed,
        "≤ 1 ×",
        allowed,
        unit="B",
    )


def _saving(path: Path, size: int) -> Iterator[Measured]:
    """A save, and its backup alone, against writing and syncing as many bytes."""
    bare, data = path.with_name("bare"), path.read_bytes()
    with Session.open(path, "bench") as session:
        edits = _edits(session)
        saves, bares, copies = [], [], []
        for number in range(_SAVES):
            next(edits)
            saves.append(timed(session.save, WALL_TIME))
            bares.append(timed(lambda: _write(bare, data), WALL_TIME))
            now = datetime(2027, 1, number + 1, tzinfo=UTC)
            steps = len(session.history.steps)
            copies.append(timed(lambda: store_of(session).backups.add(data, steps, now), WALL_TIME))  # noqa: B023
    baseline = "write and fsync of the file"
    for what, taken in (("save, beside the window’s work", saves), ("of it the backup", copies)):
        yield Measured(what, size, min(taken), baseline, min(bares))
    yield Measured("size of the file", size, len(data), unit="B")


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
