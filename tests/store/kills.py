"""Kills an editor at random moments: `python -m tests.store.kills 1000 SEED`.

Each time a process opens a project and works on it as a coder would: it edits, undoes, imports,
restores, saves beside its edits, closes and opens again, and tells of each step that is on disk.
Then it gets SIGKILL, and what it left is looked at: no step that was told may be missing, nothing
may be unreadable.
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

from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.steps import Step, StepKind
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.project.restoring import differences_to, restore
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo
from mideditor.store.backups import Backups
from mideditor.store.project_store import ProjectStore
from tests.benchmarks.book import made_up_records
from tests.session.chapters import one_entry, quiet
from tests.store.steps import backups_of, journal_of

VERSION_1 = Path(__file__).with_name("versions") / "version-1.mid.json"
NAME = "Kapitel 7 – Großmächte.mid.json"
RECORDS = 60
ROUNDS = 25
"""So many kills befall one project; then a new one is begun."""
MIGRATIONS = 0.2
"""Of the projects, so many in one are of version 1."""
EVENTS, OPENING = 60, 1
"""After so many events at most comes the kill, and with it a moment more or less: of a project of
version 1, after the first, for it is the migration that is to be hit."""
MOMENT, LONG_MOMENT = 0.006, 0.012
"""In seconds."""

_TOLD = struct.Struct("<Q64s16s")


@dataclass
class Tally:
    """What was found: kills by what the editor was at, what lay half done, and what was lost."""

    at: Counter[str] = field(default_factory=Counter)
    half_done: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        yield f"{self.at.total()} kills"
        for counted in (self.at, self.half_done):
            yield ", ".join(f"{what} {count}" for what, count in counted.most_common())
        for what in ("lost", "unreadable", "left"):
            found: list[str] = getattr(self, what)
            yield f"{len(found)} {what}"
            yield from found

    @property
    def is_good(self) -> bool:
        return not self.lost and not self.unreadable and not self.left


class Slate:
    """Memory that outlives the editor: the last step that it told of, and what it is at."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _TOLD.size)

    def write(self, number: int, link: str, at: str) -> None:
        _TOLD.pack_into(self._memory, 0, number, link.encode(), at.encode())

    def at(self, at: str) -> None:
        number, link, _ = self.read()
        self.write(number, link, at)

    def read(self) -> tuple[int, str, str]:
        number, link, at = _TOLD.unpack_from(self._memory, 0)
        return number, link.rstrip(b"\0").decode(), at.rstrip(b"\0").decode()


# The editor that is killed


class Coder:
    """Works on a project without an end."""

    def __init__(self, project: Path, chance: Random, slate: Slate, tell: Callable[[], object]):
        self.project = project
        self.chance = chance
        self.slate = slate
        self.tell = tell
        self.saving: Thread | None = None
        self.time = datetime(2026, 3, 14, tzinfo=UTC)

    def work(self) -> NoReturn:
        is_old = self.project.exists() and b'"version": 1\n' in self.project.read_bytes()[:200]
        self.open("migration" if is_old else "opening")
        while True:
            name = self.chance.choices(list(ACTIONS), [weight for weight, _ in ACTIONS.values()])[0]
            self.slate.at(name)
            self.tell()
            with suppress(CannotUndo):
                ACTIONS[name][1](self)

    def now(self) -> datetime:
        self.time += timedelta(minutes=self.chance.choice((1, 30, 90, 2000, -45)))
        return self.time

    def open(self, at: str = "opening") -> None:
        self.slate.at(at)
        self.tell()
        self.session = Session(ProjectStore.open(self.project, create=True, now=self.now), "Ana")
        if not self.session.ids():
            self.told(self.session.add(made_up_records(RECORDS)))

    def told(self, step: Step | None) -> None:
        if step is not None:
            self.slate.write(step.number, step.hash, self.slate.read()[2])
            self.tell()

    def edit(self) -> None:
        session = self.session
        entries = [record for record in session.ids() if session.record(record).kind == "entry"]
        if entries:
            values = {
                "outcome": self.chance.choice(list(Outcome)),
                "fatalities": self.chance.choice(list(Fatalities)),
                "narrative": ("A patrol fired. " * self.chance.choice((1, 10, 2000)),),
            }
            chosen = self.chance.sample(sorted(values), 2)
            self.told(
                session.edit(
                    StepKind.CORRECTION,
                    {self.chance.choice(entries): {name: values[name] for name in chosen}},
                )
            )

    def undo(self) -> None:
        self.told(self.session.undo())

    def redo(self) -> None:
        self.told(self.session.redo())

    def import_text(self) -> None:
        number = self.chance.randint(1, 4000)
        text = self.project.with_name(f"{number}.txt")
        text.write_text(one_entry(number), encoding="utf-8")
        add_texts(self.session, [read_text(text, self.session.states, quiet)])
        text.unlink()
        self.told(self.session.history.last)

    def restore(self) -> None:
        backups = self.session.store.backups.all()
        if backups and self.saving is None:
            backup = self.chance.choice(backups)
            self.told(restore(self.session, backup, differences_to(self.session, backup)[0]))

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
    project: Path, chance: Random, slate: Slate, events: int = EVENTS, moment: float = MOMENT
) -> None:
    """Let an editor work on ``project`` in a process of its own, and kill it; raises where it ends
    by itself."""
    told, telling = os.pipe()
    child = os.fork()
    if not child:
        try:
            Coder(project, chance, slate, lambda: os.write(telling, b".")).work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(telling)
    for _ in range(chance.randint(1, events)):
        if not os.read(told, 1):
            break
    select.select([], [], [], moment * chance.random())
    os.kill(child, signal.SIGKILL)
    os.close(told)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the editor of {project} ended by itself; see above")


# The look at what it left


def look(project: Path, slate: Slate, tally: Tally) -> None:
    """What a kill has left: as a reader and stock TinyDB see it, before anything is mended."""
    number, link, at = slate.read()
    tally.at[at] += 1
    tally.half_done.update(half_done(project))
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
    if number and (step is None or step.hash != link):
        tally.lost.append(f"step {number} of {len(session.history.steps)}, killed at {at}")


def half_done(project: Path) -> Iterator[str]:
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


def close_and_look(project: Path, tally: Tally) -> None:
    """After the next close, nothing may lie about but the project, its backups and asides."""
    with Session.open(project, "Ana", create=True) as session:
        tally.unreadable += list(faults(session))
    known = (project.name, backups_of(project).name)
    aside = f"{journal_of(project).name}.damaged-"
    for file in project.parent.iterdir():
        is_text = file.suffix == ".txt"
        if file.name not in known and not file.name.startswith(aside) and not is_text:
            tally.left.append(file.name)
    tally.left += [file.name for file in backups_of(project).glob("*.unfinished")]


def kill(times: int, seed: int, folder: Path) -> Tally:
    """Kill so many editors, one after the other."""
    chance = Random(seed)
    slate, tally = Slate(), Tally()
    project = folder / NAME
    for number in range(times):
        if number % ROUNDS == 0:
            project = begin(folder / str(number), slate)
        elif chance.random() < MIGRATIONS:
            kill_at_migration(folder / f"{number}-old", Random(chance.random()), tally)
            continue
        work_until_killed(project, Random(chance.random()), slate)
        look(project, slate, tally)
        if chance.random() < 0.2:
            close_and_look(project, tally)
    close_and_look(project, tally)
    return tally


def begin(folder: Path, slate: Slate) -> Path:
    folder.mkdir()
    slate.write(0, "", "")
    return folder / NAME


def kill_at_migration(folder: Path, chance: Random, tally: Tally) -> None:
    """Kill an editor that opens a project of version 1, all of whose steps must be there after."""
    slate = Slate()
    project = begin(folder, slate)
    shutil.copy(VERSION_1, project)
    log = json.loads(VERSION_1.read_bytes())["log"]
    slate.write(len(log), log[str(len(log))]["hash"], "")
    work_until_killed(project, chance, slate, OPENING, LONG_MOMENT)
    look(project, slate, tally)
    close_and_look(project, tally)
    kept = [backup.path for backup in Backups(backups_of(project)).all()]
    if not any(gzip.decompress(path.read_bytes()) == VERSION_1.read_bytes() for path in kept):
        tally.lost.append("the copy of the project as version 1 left it")
    shutil.rmtree(folder)


def warm_up(folder: Path) -> None:
    """Let all that is loaded late be loaded before the editors are forked off."""
    with Session.open(folder / "warm-up.mid.json", "Ana", create=True) as session:
        (folder / "text.txt").write_text(one_entry(1), encoding="utf-8")
        add_texts(session, [read_text(folder / "text.txt", session.states, quiet)])


def main() -> None:
    times, seed = (int(argument) for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        warm_up(Path(name))
        tally = kill(times, seed, Path(name))
    print("\n".join(tally.lines()))  # noqa: T201
    sys.exit(0 if tally.is_good else 1)


if __name__ == "__main__":
    main()
