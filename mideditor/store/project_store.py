"""An open project on disk: the file, the journal of the steps since, backups, and the claim."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Self

from mideditor.files.replacing import remove_unfinished, replace_file
from mideditor.files.user_error import FileError, UserError
from mideditor.store.backups import Backups
from mideditor.store.document_table import Document
from mideditor.store.documents import Contents
from mideditor.store.journal import Journal, entry_of
from mideditor.store.kept_files import keep_aside
from mideditor.store.layout import digest_of, file_bytes
from mideditor.store.loss_check import must_not_lose
from mideditor.store.opening import Opened, identity, read_and_mend, read_as_it_stands
from mideditor.store.project_lock import ProjectLock
from mideditor.store.snapshot import bytes_at, read_snapshot


class NoProject(UserError):
    """A project that does not exist."""

    def __init__(self, path: Path) -> None:
        backups = _backups_of(path)
        remedy = (
            f"Copies of it are in {backups.folder}; unpack one of them with gunzip."
            if backups.all()
            else "Check the name, or make one with “mideditor import PROJECT.mid.json TEXT”."
        )
        super().__init__(f"{path}: there is no such project. {remedy}")


class OnlyRead(UserError):
    """A change of a project that was opened to be read, or is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is open for reading only. Open it anew to change it.")


class NotSaved(UserError):
    """A project file that could not be brought up to date; ``journal`` has all that is new.

    Where there is none, because the whole folder is gone, only the open editor has it.
    """

    def __init__(self, path: Path, journal: Journal, error: UserError) -> None:
        remedy = (
            f"All changes are safe in {journal.path}; keep it beside {path.name}, "
            "and they will be put in when the project is next opened."
            if journal.exists()
            else "Nothing of the project is there any more: put the folder back, or save the "
            "project as another file before you close it."
        )
        super().__init__(f"{error} {remedy}")


class ChangedOutside(UserError):
    """A project file that another program has written while it was open here."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was changed by another program while it was open here, and was not written."
        )


class ProjectStore:
    """The project at ``path``. ``contents`` is its present state; only `append` changes it.

    One store at a time may write to a project; ``read_only`` ones claim nothing and leave no trace.
    ``opened`` tells what had to be put right, ``backup_error`` why the last save has no backup.
    """

    def __init__(
        self, path: Path, opened: Opened, claim: ProjectLock | None, now: Callable[[], datetime]
    ) -> None:
        self.path = path
        self.opened = opened
        self.contents = opened.contents
        self.backups = _backups_of(path)
        self.backup_error: UserError | None = None
        self._claim = claim
        self._now = now
        self._writing = Lock()
        self._saving = Lock()
        self._journal = _journal_of(path)
        self._on_disk = opened.on_disk
        self._seen = identity(path)
        self._foreign: tuple[int, int, int] | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        create: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Self:
        """Open the project at ``path``; with ``create``, an empty one where there is none.

        What a crash, a fault or another program left is put right and told in `opened`; what
        could not be used is kept under another name. Raises UserError.
        """
        if not create and not _is_there(path):
            raise NoProject(path)
        if read_only:
            return cls(path, read_as_it_stands(path, _journal_of(path)), None, now)
        claim = ProjectLock.of(_real(path))
        try:
            remove_unfinished(path)
            opened = read_and_mend(path, _journal_of(path), _backups_of(path))
            store = cls(path, opened, claim, now)
            store._settle()
        except BaseException:
            claim.let_go()
            raise
        return store

    @property
    def read_only(self) -> bool:
        """Whether the project cannot be changed here."""
        return self._claim is None

    def append(
        self,
        step: Document,
        records: dict[int, Document | None],
        sources: list[Document] | None = None,
        as_they_went: dict[int, Document] | None = None,
    ) -> None:
        """Commit a step with the records as they are after it (None: taken out).

        ``as_they_went`` is how records that are taken out are kept, where that is not as they are.
        When this returns, the step is on disk; raises FileError with nothing changed, OnlyRead.
        """
        entry = entry_of(step, records, sources or [], as_they_went or {})
        with self._writing:
            self._must_be_open()
            self._journal.append(entry)
            self.contents.take(step, records, sources or [], as_they_went or {})

    def snapshot(self) -> None:
        """Bring the project file up to date, from any thread, and make a backup of it.

        Steps may be committed meanwhile: they stay in the journal for the next snapshot. Raises
        FileError, ChangedOutside or WouldLose with nothing lost; for the backup none of them,
        but leaves it in `backup_error`.
        """
        with self._saving:
            with self._writing:
                self._must_be_open()
                contents = self.contents.copy()
            if self._is_changed_outside():
                raise ChangedOutside(self.path)
            if identity(self.path) is None or self._journal.exists():
                self._write(contents)
            with self._writing:
                if len(self.contents.log) == len(contents.log):
                    self._journal.discard()

    def was_changed_outside(self) -> bool:
        """Whether another program has put other rows into the file since it was read or written.

        One that was removed is none, and is written anew by the next save. A save under way looks
        for itself: while one is, no.
        """
        if not self._saving.acquire(blocking=False):
            return False
        try:
            return self._is_changed_outside()
        finally:
            self._saving.release()

    def read_outside(self) -> Contents:
        """What another program has put into the file; raises UserError."""
        snapshot = read_snapshot(self.path)
        return snapshot.contents if snapshot else Contents()

    def settle_outside(self) -> Path:
        """Keep aside what another program has put into the file, and save; raises UserError."""
        with self._saving:
            with self._writing:
                self._must_be_open()
                contents = self.contents.copy()
            aside = keep_aside(_real(self.path), "outside", bytes_at(self.path) or b"")
            self._write(contents)
        return aside

    def copy_to(self, path: Path) -> None:
        """Write the project as it is now to another place; raises FileError."""
        with self._writing:
            contents = self.contents.copy()
        replace_file(path, file_bytes(contents))

    def close(self) -> None:
        """Leave one file, the project, and let others have it; raises NotSaved, nothing lost."""
        if self._claim is None:
            return
        if self._journal.exists() or identity(self.path) is None:
            try:
                self.snapshot()
            except UserError as error:
                raise NotSaved(self.path, self._journal, error) from error
        self._journal.discard()
        self.abandon()

    def abandon(self) -> None:
        """Let others have the project and leave every file as it is."""
        if self._claim is not None:
            self._claim.let_go()
            self._claim = None

    def _is_changed_outside(self) -> bool:
        now = identity(self.path)
        if now is None or now == self._seen:
            return False
        if now != self._foreign:  # each writing of others is read once, however often we look
            if self._holds_what_was_saved():
                self._seen = identity(self.path)
                return False
            self._foreign = now
        return True

    def _holds_what_was_saved(self) -> bool:
        try:
            return digest_of(self.read_outside()) == digest_of(self._on_disk)
        except UserError:
            return False

    def _must_be_open(self) -> None:
        if self._claim is None:
            raise OnlyRead(self.path)

    def _settle(self) -> None:
        """Write what opening put right, with what it could not use kept aside."""
        opened, path = self.opened, _real(self.path)
        self.backups.tidy()
        opened.backups_aside = self.backups.set_aside_after(len(opened.contents.log))
        if opened.is_mended and opened.data is not None:
            if opened.migrated_from is not None:
                self.backups.keep(
                    opened.data, len(opened.on_disk.log), self._now(), of_older_version=True
                )
            else:
                what = "damaged" if opened.backup else "outside"
                opened.kept_aside.append(keep_aside(path, what, opened.data))
        if opened.is_mended or self._journal.exists():
            self._write(self.contents.copy())
        if self._journal.exists():
            if opened.journal_is_whole:
                self._journal.discard()
            else:
                opened.kept_aside.append(self._journal.set_aside())

    def _write(self, contents: Contents) -> None:
        must_not_lose(self.path, self._on_disk, contents)
        data = file_bytes(contents)
        replace_file(self.path, data)
        self._seen = identity(self.path)
        self._on_disk = contents
        if not contents.log:
            return
        try:
            self.backups.keep(data, len(contents.log), self._now())
            self.backup_error = None
        except UserError as error:
            self.backup_error = error


def _real(path: Path) -> Path:
    """The project itself, also where ``path`` is a link to it."""
    return Path(os.path.realpath(path))


def _beside(path: Path, suffix: str) -> Path:
    real = _real(path)
    return real.with_name(real.name + suffix)


def _journal_of(path: Path) -> Journal:
    return Journal(_beside(path, ".journal"))


def _backups_of(path: Path) -> Backups:
    return Backups(_beside(path, ".backups"))


def _is_there(path: Path) -> bool:
    try:
        return path.exists() or _journal_of(path).exists()
    except OSError as error:
        remedy = "Check that you may open the folder that it is in."
        raise FileError(path, error, remedy) from error
