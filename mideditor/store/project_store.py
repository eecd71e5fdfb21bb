"""An open project on disk: the snapshot, the journal of the steps since, and the lock."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Self

from filelock import FileLock, Timeout

from mideditor.domain.steps import FIRST_LINK
from mideditor.files.replacing import remove_unfinished
from mideditor.files.trouble import FileTrouble, Trouble
from mideditor.store.documents import Contents, Document
from mideditor.store.journal import Journal
from mideditor.store.snapshot import read_snapshot, write_snapshot

PROJECT_SUFFIX = ".mid.json"


class ProjectInUse(Trouble):
    """A project that another editor has open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is open in another mideditor window or command. Close it there and try again."
        )


class NoProject(Trouble):
    """A project that does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: there is no such project. "
            "Check the name, or make one with “mideditor import PROJECT.mid.json TEXT”."
        )


class OnlyRead(Trouble):
    """A change of a project that was opened to be read, or is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is open for reading only. Open it anew to change it.")


class NotSaved(Trouble):
    """A project file that could not be brought up to date; its journal has all that is new."""

    def __init__(self, path: Path, journal: Path, trouble: FileTrouble) -> None:
        super().__init__(
            f"{trouble} All changes are safe in {journal}; keep it beside {path.name}, "
            "and they will be put in when the project is next opened."
        )


class ProjectStore:
    """The project at ``path``. ``contents`` is its present state; only `append` changes it.

    One store at a time may write to a project; ``read_only`` ones take no lock and leave no trace.
    """

    def __init__(self, path: Path, contents: Contents, lock: FileLock | None) -> None:
        self.path = path
        self.contents = contents
        self._lock = lock
        self._writing = Lock()
        self._saving = Lock()
        self._journal = Journal(_beside(path, ".journal"))
        self.recovered = 0
        self.set_aside: Path | None = None
        journal_is_whole = self._replay()
        if lock is not None and self._journal.exists():
            self._fold_in(journal_is_whole)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, create: bool = False) -> Self:
        """Open the project at ``path``; with ``create``, an empty one where there is none.

        Steps that a crash left in the journal are put back (`recovered` counts them); a journal
        with a torn or foreign end is kept under another name (`set_aside`). Raises Trouble.
        """
        if not create and not _is_there(path):
            raise NoProject(path)
        if read_only:
            return cls._read(path)
        lock = _locked(path)
        try:
            remove_unfinished(path)
            return cls(path, read_snapshot(path) or Contents(), lock)
        except BaseException:
            _release(lock)
            raise

    @classmethod
    def _read(cls, path: Path) -> Self:
        """Read file and journal of one moment: again where a writer has saved in between."""
        while True:
            before = _identity(path)
            store = cls(path, read_snapshot(path) or Contents(), None)
            if _identity(path) == before:
                return store

    def append(
        self,
        step: Document,
        records: dict[int, Document | None],
        sources: list[Document] | None = None,
    ) -> None:
        """Commit a step with the records as they are after it (None: taken out).

        When this returns, the step is on disk; raises FileTrouble with nothing changed, OnlyRead.
        """
        entry = {"step": step, "records": records, "sources": sources or []}
        with self._writing:
            self._must_be_open()
            self._journal.append(entry)
            self._take(entry)

    def snapshot(self) -> None:
        """Bring the project file up to date, from any thread; raises FileTrouble, nothing lost.

        Steps may be committed meanwhile: they stay in the journal for the next snapshot.
        """
        with self._saving:
            with self._writing:
                self._must_be_open()
                contents = self.contents.copy()
            write_snapshot(self.path, contents)
            with self._writing:
                if len(self.contents.log) == len(contents.log):
                    self._journal.discard()

    def close(self) -> None:
        """Leave one file, the project, and let others have it; raises NotSaved, nothing lost."""
        if self._lock is None:
            return
        if self._journal.exists() or not self.path.exists():
            try:
                self.snapshot()
            except FileTrouble as trouble:
                raise NotSaved(self.path, self._journal.path, trouble) from trouble
        self.abandon()

    def abandon(self) -> None:
        """Let others have the project and leave every file as it is."""
        _release(self._lock)
        self._lock = None

    def _must_be_open(self) -> None:
        if self._lock is None:
            raise OnlyRead(self.path)

    def _replay(self) -> bool:
        """Put back the journal's steps; False where it ends in something that does not fit."""
        for entry in self._journal.entries():
            if entry is None:
                return False
            if self._has(entry["step"]):
                continue
            if not self._follows(entry["step"]):
                return False
            entry["records"] = {int(key): record for key, record in entry["records"].items()}
            self._take(entry)
            self.recovered += 1
        return True

    def _has(self, step: Document) -> bool:
        number, log = step["number"], self.contents.log
        return bool(number <= len(log) and log[number - 1].get("hash") == step["hash"])

    def _follows(self, step: Document) -> bool:
        log = self.contents.log
        last_hash = log[-1].get("hash") if log else FIRST_LINK
        return bool(step["number"] == len(log) + 1 and step["previous"] == last_hash)

    def _fold_in(self, journal_is_whole: bool) -> None:
        if journal_is_whole:
            self.snapshot()
            return
        write_snapshot(self.path, self.contents)
        self.set_aside = self._journal.set_aside()

    def _take(self, entry: Document) -> None:
        self.contents.log.append(entry["step"])
        self.contents.sources.extend(entry["sources"])
        for record, document in entry["records"].items():
            self.contents.put(record, document)


def _beside(path: Path, suffix: str) -> Path:
    """A file beside the project itself, also where ``path`` is a link to it."""
    return Path(os.path.realpath(path) + suffix)


def _is_there(path: Path) -> bool:
    try:
        return path.exists() or _beside(path, ".journal").exists()
    except OSError as error:
        way_out = "Check that you may open the folder that it is in."
        raise FileTrouble(path, error, way_out) from error


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _locked(path: Path) -> FileLock:
    lock_path = _beside(path, ".lock")
    try:
        if not lock_path.parent.is_dir():  # the lock would make it
            raise FileNotFoundError(errno.ENOENT, "There is no such folder")
        lock = FileLock(lock_path)
        lock.acquire(timeout=0)
    except Timeout:
        raise ProjectInUse(path) from None
    except OSError as error:
        way_out = "Choose a folder that exists and that you may write to."
        raise FileTrouble(path, error, way_out) from error
    return lock


def _release(lock: FileLock | None) -> None:
    if lock is None:
        return
    with suppress(OSError):
        Path(lock.lock_file).unlink()
    lock.release()
