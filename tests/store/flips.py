"""Flips random bits and bytes of a project: `python -m tests.store.flips 1000 SEED`.

Changes one bit or byte of the project file, the journal or a backup, with or without the other
backups, and opens the project for writing and for reading. The contents must be the same as before,
or the difference must be reported.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.files.user_error import UserError
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.opening import Opened
from mideditor.store.project_store import ProjectStore
from tests.benchmarks.against.found import store_of
from tests.session.chapters import ALASKA, CHAPTER, TRAINER, import_text
from tests.store.kills import copy_old
from tests.store.steps import backups_of, hourly_clock, journal_of

NAME = "p.mid.json"
ALONE, CUT = "project without backups", "backup beside a project cut short"
OLD, OLD_JOURNAL = "older project", "journal of an older project"
FILES = ("project", ALONE, "journal", "backup", CUT, OLD, OLD_JOURNAL)

State = dict[str, Any]


@dataclass(frozen=True)
class Flip:
    """One byte of one file, and its new value."""

    what: str
    offset: int
    byte: int

    def make(self, project: Path) -> Path:
        """Change the byte; returns its file."""
        path = file_of(project, self.what)
        data = bytearray(path.read_bytes())
        data[self.offset] = self.byte
        path.write_bytes(data)
        if self.what == ALONE:
            shutil.rmtree(backups_of(project))
        if self.what == CUT:
            project.write_bytes(project.read_bytes()[:-100])
        return path


def file_of(project: Path, what: str) -> Path:
    if what in ("journal", OLD_JOURNAL):
        return journal_of(project)
    if what in ("backup", CUT):
        return max(backups_of(project).iterdir())
    return project


def intact_project(folder: Path) -> Path:
    """A project that was imported, edited and saved, and crashed during further edits."""
    project = folder / NAME
    clock = hourly_clock()
    session = Session(
        ProjectStore.open(project, create=True, now=lambda: next(clock)), "Ana", lambda: next(clock)
    )
    import_text(session, folder / "chapter.txt", CHAPTER)
    session.save()
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="Nobody won")
    session.undo()
    session.redo()
    session.save()
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ('Two planes {came}, "records".',)}})
    session.abandon()
    (folder / "chapter.txt").unlink()
    return project


def intact_projects(folder: Path) -> dict[str, Path]:
    """The project that each kind of flip is made in."""
    for name in ("current", "older"):
        (folder / name).mkdir()
    current, older = intact_project(folder / "current"), folder / "older" / NAME
    copy_old("version-2-journal", older)
    return {what: older if what in (OLD, OLD_JOURNAL) else current for what in FILES}


def random_flip(project: Path, random: Random, what: str) -> Flip:
    data = file_of(project, what).read_bytes()
    offset = random.randrange(len(data))
    if random.random() < 0.5:
        return Flip(what, offset, data[offset] ^ (1 << random.randrange(8)))
    return Flip(what, offset, (data[offset] + random.randint(1, 255)) % 256)


def state(session: Session) -> State:
    """All the tables of a project, including the log."""
    contents = store_of(session).contents
    return {name: dict(rows) for name, rows in contents.tables().items()}


def state_of(project: Path) -> State:
    session = Session.open(project, "Ben", read_only=True)
    return state(session)


def outcome_of(intact: Path, flip: Flip, folder: Path, *, read_only: bool) -> str:
    """Describe the outcome of a flip; raises AssertionError if a difference is not reported."""
    copy = folder / "flipped"
    shutil.copytree(intact.parent, copy)
    try:
        project = copy / NAME
        path = flip.make(project)
        return _opened(project, path, state_of(intact), read_only=read_only)
    finally:
        shutil.rmtree(copy)


def _opened(project: Path, flipped: Path, before: State, *, read_only: bool) -> str:
    try:
        session = Session.open(project, "Ana", read_only=read_only)
    except UserError as error:
        _assert_names(project, error)
        return "refused"
    try:
        return _checked(session, flipped, before)
    except UserError as error:
        _assert_names(project, error)
        return "refused when shown"
    finally:
        session.abandon()


def _assert_names(path: Path, error: UserError) -> None:
    assert path.name in str(error), error


def _checked(session: Session, flipped: Path, before: State) -> str:
    notice, opened = opening_notice(session), store_of(session).opened
    for record in session.ids():
        session.record(record)
        session.original(record)
    list(faults(session))
    _backups_are_intact_or_refused(session)
    for path in opened.set_aside:
        assert path.exists()
    if state(session) == before:
        if session.read_only:
            return "as before"
        session.close()
        assert state_of(session.path) == before
        return "as before, the flipped file set aside" if opened.set_aside else "as before"
    assert notice, "other contents, no notice"
    assert is_reported(opened), "other contents, not reported"
    is_kept = opened.set_aside or _backed_up(session, opened.data)
    assert session.read_only or is_kept, "other contents, and the flipped file is gone"
    if opened.outside is not None:
        return "other contents, reported and offered"
    return "other contents, reported"


def is_reported(opened: Opened) -> bool:
    """Whether anything is known to be wrong, apart from an older version or a crash."""
    return (
        bool(opened.altered or opened.broken or opened.backup or opened.outside)
        or not opened.journal_is_intact
    )


def _backed_up(session: Session, data: bytes | None) -> bool:
    """Whether the bytes of a file of an older version are among the backups."""
    kept = [backup.path for backup in store_of(session).backups.all()]
    return store_of(session).opened.migrated_from is not None and data in [
        gzip.decompress(path.read_bytes()) for path in kept
    ]


def _backups_are_intact_or_refused(session: Session) -> None:
    log = list(store_of(session).contents.log.values())
    for backup in store_of(session).backups.all():
        try:
            steps = list(backup.read().contents.log.values())
        except UserError as error:
            _assert_names(backup.path, error)
        else:
            assert len(steps) == backup.steps
            assert store_of(session).opened.altered or steps == log[: backup.steps]


def flips(times: int, seed: int, folder: Path) -> Counter[str]:
    """Make ``times`` flips and count the outcomes."""
    random = Random(seed)
    (folder / "sound").mkdir()
    projects = intact_projects(folder / "sound")
    found: Counter[str] = Counter()
    for number in range(times):
        what = FILES[number % len(FILES)]
        intact = projects[what]
        flip = random_flip(intact, random, what)
        for read_only in (False, True):
            try:
                outcome = outcome_of(intact, flip, folder, read_only=read_only)
            except Exception as error:
                outcome = f"WRONG at {flip}: {error!r}"
            found[f"{flip.what}, {'reader' if read_only else 'writer'}: {outcome}"] += 1
    return found


def main() -> None:
    times, seed = (int(argument) for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        found = flips(times, seed, Path(name))
    for what, count in sorted(found.items()):
        print(f"{count:6} {what}")  # noqa: T201
    wrong = sum(count for what, count in found.items() if "WRONG" in what)
    print(f"{times} flips, {wrong} wrong")  # noqa: T201
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
