"""The projects that both revisions are measured on, created once by this checkout."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mideditor.domain.codes import Settlement
from mideditor.domain.record import Entry
from mideditor.domain.steps import StepKind
from mideditor.session.session import Session
from tests.benchmarks.against.jobs import OTHER, PROJECT, TEXT
from tests.benchmarks.book import made_up_records, printed
from tests.benchmarks.stopwatch import BOOK
from tests.benchmarks.store_measures import big_project

_DIFFERING = 2_000
_CODES = list(Settlement)


def make_sample(folder: Path, size: int) -> None:
    """Create a project with one backup, and another copy; each differs in 2,000 records.

    A sample of the size of the book also has its text. A sample without records is an empty folder.
    """
    folder.mkdir(parents=True)
    if not size:
        return
    if size == BOOK:
        (folder / TEXT).write_text(printed(made_up_records(size)), encoding="utf-8")
    project, other, backups = folder / PROJECT, folder / OTHER, folder / f"{PROJECT}.backups"
    big_project(project, size)
    (backup,) = backups.iterdir()
    early = backup.rename(folder / backup.name.replace(backup.name[:13], "2026-01-02T03"))
    _edit_many(project)
    shutil.rmtree(backups)
    backups.mkdir()
    early.rename(backups / early.name)
    shutil.copy(project, other)
    _edit_many(other)


@contextmanager
def sample_copy(sample: Path) -> Iterator[Path]:
    """A copy of a sample for one run.

    Its files are hard links, since the program replaces files and never writes into them.
    """
    with TemporaryDirectory(dir=sample.parent, ignore_cleanup_errors=True) as name:
        yield shutil.copytree(sample, Path(name), copy_function=os.link, dirs_exist_ok=True)


def _edit_many(project: Path) -> None:
    """Change the settlement of up to 2,000 entries in one step."""
    with Session.open(project, "bench") as session:
        records = ((record, session.record(record)) for record in session.ids())
        values = {
            record: {"settlement": _next_code(entry.settlement)}
            for record, entry in records
            if isinstance(entry, Entry)
        }
        every = max(len(values) // _DIFFERING, 1)
        selected = dict([*values.items()][::every][:_DIFFERING])
        session.edit(StepKind.CORRECTION, selected, reason="b")


def _next_code(code: object) -> Settlement:
    place = _CODES.index(code) if isinstance(code, Settlement) else 0
    return _CODES[(place + 1) % len(_CODES)]
