"""An open project on disk: the snapshot, the journal of the steps since, and the lock."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Self

from filelock import FileLock, Timeout

from mideditor.domain.steps import FIRST_LINK
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


class ProjectStore:
    """The project at ``path``. ``contents`` is its present state; only `append` changes it.

    One store at a time may write to a project; ``read_only`` ones take no lock and leave no trace.
    """

    def __init__(self, path: Path, contents: Contents, lock: FileLock | None) -> None:
        self.path = path
        self.contents = contents
        self._lock = lock
        self._writing = Lock()
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
        if not create and not (path.exists() or _beside(path, ".journal").exists()):
            raise NoProject(path)
        lock = None if read_only else _locked(path)
        try:
            return cls(path, read_snapshot(path) or Contents(), lock)
        except BaseException:
            _release(lock)
            raise

    def append(
        self,
        step: Document,
        records: dict[int, Document | None],
        sources: list[Document] | None = None,
    ) -> None:
        """Commit a step with the records as they are after it (None: taken out).

        When this returns, the step is on disk; raises FileTrouble with nothing changed.
        """
        entry = {"step": step, "records": records, "sources": sources or []}
        with self._writing:
            self._journal.append(entry)
            self._take(entry)

    def snapshot(self) -> None:
        """Bring the project file up to date, from any thread; raises FileTrouble, nothing lost."""
        with self._writing:
            write_snapshot(self.path, self.contents)
            self._journal.discard()

    def close(self) -> None:
        """Leave one file, the project, and let others have it; raises FileTrouble."""
        if self._lock is None:
            return
        if self._journal.exists() or not self.path.exists():
            self.snapshot()
        _release(self._lock)
        self._lock = None

    def abandon(self) -> None:
        """Let others have the project and leave every file as it is."""
        _release(self._lock)
        self._lock = None

    def _replay(self) -> bool:
        """Put back the journal's steps; False where it ends in something that does not fit."""
        for entry in self._journal.entries():
            if entry is None:
                return False
            if entry["step"]["number"] <= len(self.contents.log):
                continue
            if not self._follows(entry["step"]):
                return False
            entry["records"] = {int(key): record for key, record in entry["records"].items()}
            self._take(entry)
            self.recovered += 1
        return True

    def _follows(self, step: Document) -> bool:
        log = self.contents.log
        last_hash = log[-1]["hash"] if log else FIRST_LINK
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
    return path.with_name(path.name + suffix)


def _locked(path: Path) -> FileLock:
    lock = FileLock(_beside(path, ".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ProjectInUse(path) from None
    except OSError as error:
        way_out = "Choose a folder that exists and that you may write to."
        raise FileTrouble(path, error, way_out) from error
    return lock


def _release(lock: FileLock | None) -> None:
    if lock is not None:
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()
