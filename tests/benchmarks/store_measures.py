"""The project file measured: edits that survive, undo, opening, saving, by number of records."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path

from tinydb import TinyDB

from mideditor.domain.steps import FieldChange, StepKind, new_step
from mideditor.session.session import Session
from tests.benchmarks.book import made_up_records
from tests.benchmarks.stopwatch import WAITING, Measured, as_size, in_turn, timed

_EDITS = 200
_UNDOS = 50
_SAVES = 3
_UPDATES = 3
_BOOK = 2300
_NO_DEARER = 1.2
_ROOT = Path(__file__).parents[2]
_BASE_MEMORY = 150e6

# A fresh process that opens a project and tells how long that took it and its peak of memory. On
# Linux the kernel hands getrusage the peak of the process before, which was this one.
_OPEN = """
import re, resource, sys, time
from pathlib import Path
from mideditor.session.session import Session
wall, work = time.perf_counter(), time.process_time()
session = Session.open(Path(sys.argv[1]), "bench", read_only=sys.argv[2] == "read")
print(time.perf_counter() - wall, time.process_time() - work)
if sys.platform == "linux":
    print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
session.abandon()
"""
# What any program that reads the file must do.
_PARSE = """
import sys, time
from pathlib import Path
import orjson
wall, work = time.perf_counter(), time.process_time()
tables = orjson.loads(Path(sys.argv[1]).read_bytes())
print(time.perf_counter() - wall, time.process_time() - work)
print(0)
"""


def big_project(path: Path, size: int) -> None:
    """A saved project of so many records and as many steps."""
    with Session.open(path, "bench", create=True) as session:
        session.add(made_up_records(size))
        _lengthen_the_log(session, size)


def _lengthen_the_log(session: Session, steps: int) -> None:
    """Steps as the store takes them, without waiting for the disk after each."""
    contents, last = session.store.contents, session.history.last
    assert last is not None
    time = datetime(2026, 3, 14, tzinfo=UTC)
    for record in cycle(_entries(session)):
        if last.number >= steps:
            return
        document = contents.records[record]
        old = document["dispute_number"]
        document["dispute_number"] = old + 1
        last = new_step(
            after=last,
            time=time + timedelta(minutes=last.number),
            author="bench",
            kind=StepKind.CORRECTION,
            changes=(FieldChange(record=record, field="dispute_number", old=old, new=old + 1),),
            reason="b",
        )
        contents.take(last.model_dump(mode="json"), {record: document}, [], {})


def store_measures(path: Path, size: int) -> Iterator[Measured]:
    """Each measure of the project at ``path``, which has so many records."""
    yield from _opening(path, size)
    yield from _editing(path, size)
    yield from _saving(path, size)


def no_dearer(smallest: Path, largest: Path) -> Measured:
    """What an edit of the largest project costs beside one of the smallest, made in turn."""
    with Session.open(smallest, "bench") as few, Session.open(largest, "bench") as many:
        edits_of_few, edits_of_many = _edits(few), _edits(many)
        ours, theirs = in_turn(
            lambda: next(edits_of_many), lambda: next(edits_of_few), _EDITS, WAITING
        )
        what, beside = f"one durable edit of {len(many.ids()):,} records", f"of {len(few.ids()):,}"
    met = ours <= _NO_DEARER * theirs
    return Measured(what, ours, beside, theirs, f"≤ {_NO_DEARER} ×", met)


def _editing(path: Path, size: int) -> Iterator[Measured]:
    """Edits of one record after another; bare: as many bytes appended and synced beside."""
    bare = os.open(path.with_name("bare"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with Session.open(path, "bench") as session:
        edits = _edits(session)
        journal = path.with_name(f"{path.name}.journal")
        next(edits)
        line = b"x" * journal.stat().st_size
        beside = f"append and fsync, {len(line)} bytes"
        edit, append = in_turn(lambda: next(edits), lambda: _append(bare, line), _EDITS, WAITING)
        what = f"one durable edit of {size:,} records"
        yield Measured(what, edit, beside, append, "≤ 3 ×", edit <= 3 * append)
        undo, append = in_turn(session.undo, lambda: _append(bare, line), _UNDOS, WAITING)
        what = f"one undo of {size:,} records"
        yield Measured(what, undo, beside, append, "≤ 3 ×", undo <= 3 * append)
        record = _entries(session)[0]
    os.close(bare)
    stock = _stock_update(path, record)
    what = f"TinyDB’s update of one of {size:,} records"
    yield Measured(what, stock, "one durable edit", edit)


def _edits(session: Session) -> Iterator[None]:
    new = count(500_000 + len(session.history.steps))
    for record in cycle(_entries(session)):
        values = {record: {"dispute_number": next(new)}}
        session.edit(StepKind.CORRECTION, values, reason="b")
        yield


def _entries(session: Session) -> list[int]:
    documents = session.documents()
    return [record for record in session.ids() if documents[record]["kind"] == "entry"]


def _append(file: int, line: bytes) -> None:
    os.write(file, line)
    os.fsync(file)


def _stock_update(path: Path, record: int) -> float:
    """Stock TinyDB changes one record of a copy by its number, the best of a few times."""
    copy = path.with_name("stock.json")
    shutil.copy(path, copy)
    with TinyDB(copy, encoding="utf-8") as database:
        records, number = database.table("records"), count(1)
        seconds = min(
            timed(lambda: records.update({"page": next(number)}, doc_ids=[record]), WAITING)
            for _ in range(_UPDATES)
        )
    copy.unlink()
    return seconds


def _opening(path: Path, size: int) -> Iterator[Measured]:
    """In processes of their own, each opening once; the best of a few."""
    parse = min(_in_a_process(_PARSE, path, "read")[0] for _ in range(_SAVES))
    limit = 1.0 if size <= _BOOK else 2.0
    allowed = 3 * path.stat().st_size + _BASE_MEMORY
    for how, what in (("write", "open"), ("read", "open to read")):
        opened = [_in_a_process(_OPEN, path, how) for _ in range(_SAVES)]
        seconds, memory = (min(column) for column in zip(*opened, strict=True))
        met = seconds <= limit
        yield Measured(
            f"{what} a project of {size:,} records",
            seconds,
            "read the file, orjson.loads",
            parse,
            f"≤ {limit:.0f} s",
            met,
        )
        yield Measured(
            f"peak memory of that, {size:,} records",
            memory,
            "3 × the file + 150 MB",
            allowed,
            "≤ 1 ×",
            memory <= allowed,
            as_size,
        )


def _in_a_process(script: str, path: Path, how: str) -> tuple[float, float]:
    command = [sys.executable, "-c", script, str(path), how]
    done = subprocess.run(command, capture_output=True, text=True, cwd=_ROOT, check=True)
    times, memory = done.stdout.splitlines()
    return float(times.split()[1]), float(memory)


def _saving(path: Path, size: int) -> Iterator[Measured]:
    """A save beside the bare writing and syncing of as many bytes; and the backup alone."""
    bare, data = path.with_name("bare"), path.read_bytes()
    with Session.open(path, "bench") as session:
        edits = _edits(session)
        saves, bares, copies = [], [], []
        for number in range(_SAVES):
            next(edits)
            saves.append(timed(session.save, WAITING))
            bares.append(timed(lambda: _write(bare, data), WAITING))
            now = datetime(2027, 1, number + 1, tzinfo=UTC)
            steps = len(session.history.steps)
            copies.append(timed(lambda: session.store.backups.keep(data, steps, now), WAITING))  # noqa: B023
    for what, taken in (("save", saves), ("of it the backup,", copies)):
        beside = f"write and fsync of {as_size(len(data))}"
        yield Measured(f"{what} {size:,} records", min(taken), beside, min(bares))


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
