"""Flips bits and bytes of a project at random: `python -m tests.store.flips 1000 SEED`.

One bit or byte of the project file, of its journal or of a backup is changed, with the backups at
hand or without them, and the project is opened, by a writer and by a reader. What is there must be
what was there before, or it must be said that it is not.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.steps import StepKind
from mideditor.files.user_error import UserError
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.project_store import ProjectStore
from tests.session.chapters import ALASKA, CHAPTER, TRAINER, import_text
from tests.store.steps import backups_of, hours_apart, journal_of

NAME = "p.mid.json"
ALONE, CUT = "project without backups", "backup beside a project cut short"
FILES = ("project", ALONE, "journal", "backup", CUT)

State = dict[str, Any]


@dataclass(frozen=True)
class Flip:
    """One byte at a place of one file, and what it is changed to."""

    what: str
    place: int
    byte: int

    def make(self, project: Path) -> Path:
        """Change the byte; the file that it is in."""
        path = file_of(project, self.what)
        data = bytearray(path.read_bytes())
        data[self.place] = self.byte
        path.write_bytes(data)
        if self.what == ALONE:
            shutil.rmtree(backups_of(project))
        if self.what == CUT:
            project.write_bytes(project.read_bytes()[:-100])
        return path


def file_of(project: Path, what: str) -> Path:
    if what == "journal":
        return journal_of(project)
    if what in ("backup", CUT):
        return max(backups_of(project).iterdir())
    return project


def sound_project(folder: Path) -> Path:
    """A project that was imported, edited and saved, and crashed in the midst of further edits."""
    project = folder / NAME
    clock = hours_apart()
    session = Session(
        ProjectStore.open(project, create=True, now=lambda: next(clock)), "Ana", lambda: next(clock)
    )
    import_text(session, folder / "chapter.txt", CHAPTER)
    session.save()
    session.edit(StepKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="Nobody won")
    session.undo()
    session.redo()
    session.save()
    session.edit(StepKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    session.edit(StepKind.CORRECTION, {ALASKA: {"narrative": ('Two planes {came}, "records".',)}})
    session.abandon()
    (folder / "chapter.txt").unlink()
    return project


def chance_flip(project: Path, chance: Random, what: str) -> Flip:
    data = file_of(project, what).read_bytes()
    place = chance.randrange(len(data))
    if chance.random() < 0.5:
        return Flip(what, place, data[place] ^ (1 << chance.randrange(8)))
    return Flip(what, place, (data[place] + chance.randint(1, 255)) % 256)


def state(session: Session) -> State:
    """All that a user could see of a project, and the log."""
    contents = session.store.contents
    return {name: dict(rows) for name, rows in contents.tables().items()}


def state_of(project: Path) -> State:
    session = Session.open(project, "Ben", read_only=True)
    return state(session)


def outcome_of(sound: Path, flip: Flip, folder: Path, *, read_only: bool) -> str:
    """What comes of a flip, in a word or two; raises AssertionError where it is not told."""
    there = folder / "flipped"
    shutil.copytree(sound.parent, there)
    try:
        project = there / NAME
        path = flip.make(project)
        return _opened(project, path, state_of(sound), read_only=read_only)
    finally:
        shutil.rmtree(there)


def _opened(project: Path, flipped: Path, before: State, *, read_only: bool) -> str:
    try:
        session = Session.open(project, "Ana", read_only=read_only)
    except UserError as error:
        _must_name(project, error)
        return "refused"
    try:
        return _told(session, flipped, before)
    except UserError as error:
        _must_name(project, error)
        return "refused when it was shown"
    finally:
        session.abandon()


def _must_name(path: Path, error: UserError) -> None:
    assert path.name in str(error), error


def _told(session: Session, flipped: Path, before: State) -> str:
    told, opened = opening_notice(session), session.opened
    for record in session.ids():
        session.record(record)
        session.original(record)
    list(faults(session))
    _backups_are_sound_or_refused(session)
    for aside in opened.kept_aside:
        assert aside.exists()
    if state(session) == before:
        if session.read_only:
            return "as before"
        session.close()
        assert state_of(session.path) == before
        return "as before, the flipped file kept aside" if opened.kept_aside else "as before"
    assert told, "other contents, and not a word"
    assert session.read_only or opened.kept_aside, "other contents, and the flipped file is gone"
    if opened.outside is not None:
        return "other contents, told and offered"
    return "other contents, told"


def _backups_are_sound_or_refused(session: Session) -> None:
    log = list(session.store.contents.log.values())
    for backup in session.store.backups.all():
        try:
            steps = list(backup.read().contents.log.values())
        except UserError as error:
            _must_name(backup.path, error)
        else:
            assert len(steps) == backup.steps
            assert session.opened.altered or steps == log[: backup.steps]


def flips(times: int, seed: int, folder: Path) -> Counter[str]:
    """Make so many flips; how often each outcome was."""
    chance = Random(seed)
    (folder / "sound").mkdir()
    sound = sound_project(folder / "sound")
    found: Counter[str] = Counter()
    for number in range(times):
        flip = chance_flip(sound, chance, FILES[number % len(FILES)])
        for read_only in (False, True):
            try:
                outcome = outcome_of(sound, flip, folder, read_only=read_only)
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
