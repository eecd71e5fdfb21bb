"""The projects that both revisions are measured on.

`python -m tests.benchmarks.against.samples FOLDER SIZE` makes one in an empty folder; without SIZE,
it brings the one in FOLDER to the project version of the program that runs.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mideditor.domain.codes import Settlement
from mideditor.domain.record import Entry
from mideditor.session.session import Session
from tests.benchmarks.against.found import STEP_KIND, found
from tests.benchmarks.against.jobs import OTHER, PROJECT, TEXT, run_in
from tests.benchmarks.book import made_up_records, printed
from tests.benchmarks.stopwatch import BOOK
from tests.benchmarks.store_measures import big_project

Sides = tuple[Path, Path]
"""Two folders: of the old revision and of the new one."""

_DIFFERING = 2_000
_EARLY = "2026-01-02T03"
"""The hour of the backup, which is in its name."""
_CODES = list(Settlement)


def make_samples(folder: Path, size: int, trees: Sides) -> Sides:
    """The sample of each revision: the same project, in the version that it writes.

    The old revision makes it, and the new one brings a copy to its own version, so that neither has
    to read what it does not know or to migrate while it is measured. Raises Failed.
    """
    module, what = ("-m", "tests.benchmarks.against.samples"), f"a sample of {size:,} records"
    old, new = folder / "old", folder / "new"
    for side in (old, new):
        side.mkdir(parents=True)
    if size:
        run_in(trees[0], old, (*module, str(old), str(size)), what)
        shutil.copytree(old, new, dirs_exist_ok=True)
        run_in(trees[1], new, (*module, str(new)), what)
    return old, new


def make_sample(folder: Path, size: int) -> None:
    """Create a project with one backup, and another copy; each differs in 2,000 records.

    A sample of the size of the book also has its text.
    """
    if size == BOOK:
        (folder / TEXT).write_text(printed(made_up_records(size)), encoding="utf-8")
    project, other, backups = folder / PROJECT, folder / OTHER, folder / f"{PROJECT}.backups"
    big_project(project, size)
    (backup,) = backups.iterdir()
    early = backup.rename(folder / (_EARLY + backup.name[len(_EARLY) :]))
    _edit_many(project)
    shutil.rmtree(backups)
    backups.mkdir()
    early.rename(backups / early.name)
    shutil.copy(project, other)
    _edit_many(other)


def bring_up(folder: Path) -> None:
    """Bring a sample to the version of the program that runs, and keep the same one backup."""
    backups, early = folder / f"{PROJECT}.backups", folder / "early.mid.json"
    (backup,) = backups.iterdir()
    early.write_bytes(gzip.decompress(backup.read_bytes()))
    for project in (early, folder / PROJECT, folder / OTHER):
        Session.open(project, "bench").close()
    made = folder.glob("early.mid.json.backups/*.gz")
    saved = next((one for one in made if " old." not in one.name), backup)
    name, data = _EARLY + saved.name[len(_EARLY) :], saved.read_bytes()
    for kept in folder.glob("*.backups"):
        shutil.rmtree(kept)
    early.unlink()
    backups.mkdir()
    (backups / name).write_bytes(data)


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
        session.edit(found(STEP_KIND).CORRECTION, selected, reason="b")


def _next_code(code: object) -> Settlement:
    place = _CODES.index(code) if isinstance(code, Settlement) else 0
    return _CODES[(place + 1) % len(_CODES)]


def main() -> None:
    """Make a sample, or bring one to the current version."""
    folder, *size = sys.argv[1:]
    if size:
        make_sample(Path(folder), int(size[0]))
    else:
        bring_up(Path(folder))


if __name__ == "__main__":
    main()
