"""Kills an editor at random moments: `python -m tests.store.kills 1000 SEED`.

Each time a process opens a project and works on it as a coder would: it edits, undoes, imports,
restores, saves while editing, closes and reopens, and reports each step that is on disk. Then it
gets SIGKILL and its files are checked: no reported step may be missing, nothing may be unreadable.
"""

from __future__ import annotations

import gzip
import json
import mmap
import os
import select
import shutil
import signal
import struct
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread
from typing import NoReturn

from tinydb import TinyDB

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.steps import Step
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.project.restoring import list_backups, read_backup, restore
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo
from mideditor.session.work import run_now
from mideditor.store.backups import Backups
from mideditor.store.documents import VERSION
from mideditor.store.project_store import ProjectStore
from tests.benchmarks.book import made_up_records
from tests.session.chapters import one_entry
from tests.store.steps import backups_of, journal_of

VERSIONS = Path(__file__).with_name("versions")
OLD_PROJECTS = (
    "version-1",
    "version-2",
    "version-2-backups",
    "version-2-journal",
    "version-2-journal-alone",
    "version-2-restored-twice",
    "version-2-walk",
)
"""Projects of older versions, with what lies beside them: a journal, or backups."""
NAME = "Kapitel 7 – Großmächte.mid.json"
RECORDS = 60
ROUNDS = 25
"""Kills per project."""
MIGRATIONS = 0.2
"""The share of kills that hit the migration of a project of an older version."""
EVENTS, OPENING = 60, 1
"""The most events before a kill; only one for an older project, to hit its migration."""
MOMENT, LONG_MOMENT = 0.006, 0.012
"""The longest delay after the last event, in seconds."""

_LAST_STEP = struct.Struct("<Q64s16s")


@dataclass
class Tally:
    """The results: kills by activity, unfinished files found, and everything lost."""

    at: Counter[str] = field(default_factory=Counter)
    unfinished: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        yield f"{self.at.total()} kills"
        for counted in (self.at, self.unfinished):
            yield ", ".join(f"{what} {count}" for what, count in counted.most_common())
        for what in ("lost", "unreadable", "left"):
            found: list[str] = getattr(self, what)
            yield f"{len(found)} {what}"
            yield from found

    @property
    def is_good(self) -> bool:
        return not self.lost and not self.unreadable and not self.left


class SharedState:
    """Shared memory that survives the editor: its last reported step and its current activity."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _LAST_STEP.size)

    def write(self, number: int, link: str, at: str) -> None:
        _LAST_STEP.pack_into(self._memory, 0, number, link.encode(), at.encode())

    def at(self, at: str) -> None:
        number, link, _ = self.read()
        self.write(number, link, at)

    def read(self) -> tuple[int, str, str]:
        number, link, at = _LAST_STEP.unpack_from(self._memory, 0)
        return number, link.rstrip(b"\0").decode(), at.rstrip(b"\0").decode()


# The editor that is killed


class Coder:
    """Works on a project until it is killed."""

    def __init__(
        self, project: Path, random: Random, shared: SharedState, signal_event: Callable[[], object]
    ):
        self.project = project
        self.random = random
        self.shared = shared
        self.signal_event = signal_event
        self.saving: Thread | None = None
        self.time = datetime(2026, 3, 14, tzinfo=UTC)

    def work(self) -> NoReturn:
        self.open("migration" if is_old(self.project) else "opening")
        while True:
            name = self.random.choices(list(ACTIONS), [weight for weight, _ in ACTIONS.values()])[0]
            self.shared.at(name)
            self.signal_event()
            with suppress(CannotUndo):
                ACTIONS[name][1](self)

    def now(self) -> datetime:
        self.time += timedelta(minutes=self.random.choice((1, 30, 90, 2000, -45)))
        return self.time

    def open(self, at: str = "opening") -> None:
        self.shared.at(at)
        self.signal_event()
        self.session = Session(ProjectStore.open(self.project, create=True, now=self.now), "Ana")
        if not self.session.ids():
            self.report(self.session.add(made_up_records(RECORDS)))

    def report(self, step: Step | None) -> None:
        if step is not None:
            self.shared.write(step.number, step.link, self.shared.read()[2])
            self.signal_event()

    def edit(self) -> None:
        session = self.session
        entries = [record for record in session.ids() if session.record(record).kind == "entry"]
        if entries:
            values = {
                "outcome": self.random.choice(list(Outcome)),
                "fatalities": self.random.choice(list(Fatalities)),
                "narrative": ("A patrol fired. " * self.random.choice((1, 10, 2000)),),
            }
            chosen = self.random.sample(sorted(values), 2)
            self.report(
                session.edit(
                    ChangeKind.CORRECTION,
                    {self.random.choice(entries): {name: values[name] for name in chosen}},
                )
            )

    def undo(self) -> None:
        self.report(self.session.undo())

    def redo(self) -> None:
        self.report(self.session.redo())

    def import_text(self) -> None:
        number = self.random.randint(1, 4000)
        text = self.project.with_name(f"{number}.txt")
        text.write_text(one_entry(number), encoding="utf-8")
        add_texts(self.session, [run_now(read_text(text, self.session.states))])
        text.unlink()
        self.report(self.session.history.last)

    def restore(self) -> None:
        backups = list_backups(self.session)
        if backups and self.saving is None:
            backup = self.random.choice(backups)
            self.report(run_now(restore(self.session, backup, run_now(read_backup(backup)))))

    def save(self) -> None:
        self.wait()
        self.saving = Thread(target=self.session.save)
        self.saving.start()

    def wait(self) -> None:
        if self.saving is not None:
            self.saving.join()
            self.saving = None

    def reopen(self) -> None:
        self.wait()
        self.session.close()
        self.open()


ACTIONS: dict[str, tuple[int, Callable[[Coder], None]]] = {
    "edit": (20, Coder.edit),
    "undo": (4, Coder.undo),
    "redo": (2, Coder.redo),
    "import": (2, Coder.import_text),
    "restore": (2, Coder.restore),
    "save": (8, Coder.save),
    "wait for a save": (3, Coder.wait),
    "close": (3, Coder.reopen),
}


def work_until_killed(
    project: Path, random: Random, shared: SharedState, events: int = EVENTS, moment: float = MOMENT
) -> None:
    """Run an editor on ``project`` in a child process and kill it.

    Raises RuntimeError if it exits by itself.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            Coder(project, random, shared, lambda: os.write(writer, b".")).work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writer)
    for _ in range(random.randint(1, events)):
        if not os.read(reader, 1):
            break
    select.select([], [], [], moment * random.random())
    os.kill(child, signal.SIGKILL)
    os.close(reader)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the editor of {project} ended by itself; see above")


# Checks of what it left


def check(project: Path, shared: SharedState, tally: Tally) -> None:
    """Check the files after a kill as a reader and as stock TinyDB, before any recovery."""
    number, link, at = shared.read()
    tally.at[at] += 1
    tally.unfinished.update(unfinished(project))
    for what, readable in (
        ("project", lambda: tinydb_reads(project)),
        ("backups", lambda: backups_are_readable(project)),
    ):
        try:
            readable()
        except Exception as error:
            tally.unreadable.append(f"{what}, killed at {at}: {error!r}")
    try:
        session = Session.open(project, "Ben", create=True, read_only=True)
        tally.unreadable += [f"killed at {at}: {fault}" for fault in faults(session)]
    except Exception as error:
        tally.unreadable.append(f"killed at {at}: {error!r}")
        return
    step = session.history.step(number)
    if number and (step is None or link not in (step.link, step.former_hash)):
        tally.lost.append(f"step {number} of {len(session.history.steps)}, killed at {at}")


def unfinished(project: Path) -> Iterator[str]:
    files = [file.name for file in project.parent.iterdir()]
    if journal_of(project).exists():
        yield "steps in the journal"
        if not journal_of(project).read_bytes().endswith(b"\n"):
            yield "half a step"
    if any(name.startswith(f".{project.name}.") for name in files):
        yield "half a snapshot"
    if list(backups_of(project).glob("*.unfinished")):
        yield "half a backup"


def tinydb_reads(project: Path) -> None:
    if project.exists():
        with TinyDB(project, access_mode="r", encoding="utf-8") as database:
            log = list(database.table("log"))
        assert [step["number"] for step in log] == list(range(1, len(log) + 1))


def backups_are_readable(project: Path) -> None:
    for backup in ProjectStore.open(project, create=True, read_only=True).backups.all():
        assert len(backup.read().contents.log) == backup.steps
        unpacked = project.with_name("unpacked")
        unpacked.write_bytes(gzip.decompress(backup.path.read_bytes()))
        tinydb_reads(unpacked)
        unpacked.unlink()


def close_and_check(project: Path, tally: Tally) -> None:
    """Open and close the project; only the project, its backups and set-aside files may be left."""
    with Session.open(project, "Ana", create=True) as session:
        tally.unreadable += list(faults(session))
    known = (project.name, backups_of(project).name)
    set_aside = f"{journal_of(project).name}.damaged-"
    for file in project.parent.iterdir():
        is_text = file.suffix == ".txt"
        if file.name not in known and not file.name.startswith(set_aside) and not is_text:
            tally.left.append(file.name)
    tally.left += [file.name for file in backups_of(project).glob("*.unfinished")]


def kill(times: int, seed: int, folder: Path) -> Tally:
    """Kill ``times`` editors, one after the other."""
    random = Random(seed)
    shared, tally = SharedState(), Tally()
    project = folder / NAME
    for number in range(times):
        if number % ROUNDS == 0:
            project = start_project(folder / str(number), shared)
        elif random.random() < MIGRATIONS:
            kill_at_migration(folder / f"{number}-old", Random(random.random()), tally)
            continue
        work_until_killed(project, Random(random.random()), shared)
        check(project, shared, tally)
        if random.random() < 0.2:
            close_and_check(project, tally)
    close_and_check(project, tally)
    return tally


def start_project(folder: Path, shared: SharedState) -> Path:
    folder.mkdir()
    shared.write(0, "", "")
    return folder / NAME


def kill_at_migration(folder: Path, random: Random, tally: Tally) -> None:
    """Kill an editor that opens an older project; all its steps must still be there."""
    shared = SharedState()
    project = start_project(folder, shared)
    copy_old(random.choice(OLD_PROJECTS), project)
    old = project.read_bytes() if project.exists() else None
    shared.write(*last_old_step(project), "")
    work_until_killed(project, random, shared, OPENING, LONG_MOMENT)
    check(project, shared, tally)
    close_and_check(project, tally)
    kept = [backup.path for backup in Backups(backups_of(project)).all()]
    if old is not None and old not in [gzip.decompress(path.read_bytes()) for path in kept]:
        tally.lost.append("the copy of the project as the older version left it")
    shutil.rmtree(folder)


def copy_old(name: str, project: Path) -> None:
    """Copy a project of an older version, with its journal and backups."""
    for suffix in ("", ".journal"):
        file = VERSIONS / f"{name}.mid.json{suffix}"
        if file.exists():
            shutil.copy(file, project.with_name(project.name + suffix))
    if (backups := VERSIONS / f"{name}.mid.json.backups").exists():
        shutil.copytree(backups, backups_of(project))


def is_old(project: Path) -> bool:
    """Whether a project, or its journal if there is no more, is of an older version."""
    if project.exists():
        return f'"version": {VERSION}'.encode() not in project.read_bytes()[:200]
    journal = journal_of(project)
    return journal.exists() and b'"as_they_went"' in journal.read_bytes()


def last_old_step(project: Path) -> tuple[int, str]:
    """The number and the hash of the last step of an older project and its journal."""
    log = json.loads(project.read_bytes())["log"] if project.exists() else {}
    journal = journal_of(project)
    lines = journal.read_bytes().splitlines() if journal.exists() else []
    steps = [*log.values(), *(json.loads(line.partition(b" ")[2])["step"] for line in lines)]
    return len(steps), steps[-1]["hash"]


def warm_up(folder: Path) -> None:
    """Import everything lazy before the editors are forked."""
    with Session.open(folder / "warm-up.mid.json", "Ana", create=True) as session:
        (folder / "text.txt").write_text(one_entry(1), encoding="utf-8")
        add_texts(session, [run_now(read_text(folder / "text.txt", session.states))])


def main() -> None:
    times, seed = (int(argument) for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        warm_up(Path(name))
        tally = kill(times, seed, Path(name))
    print("\n".join(tally.lines()))  # noqa: T201
    sys.exit(0 if tally.is_good else 1)


if __name__ == "__main__":
    main()
