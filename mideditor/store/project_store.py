"""An open project on disk: the project file, the journal, the backups and the lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Self

from mideditor.domain.changes import Digest
from mideditor.domain.record import RecordId
from mideditor.domain.sources import Source
from mideditor.domain.steps import Step, StepDraft
from mideditor.files.outputs import AlreadyThere, check_new_project, check_project_path
from mideditor.files.replacing import NotDurable, create_file, remove_unfinished, replace_file
from mideditor.files.user_error import FileError, UserError
from mideditor.store.backups import Backup, Backups
from mideditor.store.document_table import Document
from mideditor.store.documents import Contents
from mideditor.store.journal import Journal, journal_entry
from mideditor.store.layout import Layout, digest_of, laid_out
from mideditor.store.loss_check import check_nothing_lost
from mideditor.store.opening import Opened, file_identity, read_and_recover, read_consistently
from mideditor.store.originals import OriginalsGone, OriginalTable
from mideditor.store.project import Capability, ReadOnlyProject, Row
from mideditor.store.project_file import ProjectFile
from mideditor.store.project_lock import ProjectLock
from mideditor.store.rebasing import rebased
from mideditor.store.set_aside import save_beside
from mideditor.store.snapshot import read_bytes, read_snapshot, snapshot_of
from mideditor.store.stored_state import StoredState


class NoProject(UserError):
    """There is no such project."""

    def __init__(self, path: Path) -> None:
        backups = _backups_of(path)
        remedy = (
            f"Copies of it are in {backups.folder}; unpack one of them with gunzip."
            if backups.all()
            else "Check the name, or make one with “mideditor import PROJECT.mid.json TEXT”."
        )
        super().__init__(f"{path}: there is no such project. {remedy}")


class NotSaved(UserError):
    """The project file could not be updated; the new steps are in ``journal``.

    If the journal is gone too, with the whole folder, only the open editor has them.
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


class NoOriginals(UserError):
    """The records as they were added are neither in the file nor in a backup."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was changed by another program while it was open here, and there is no backup "
            "with the records as they were added. Nothing was written. Put the file back as it was."
        )


class ChangedOutside(UserError):
    """Another program changed the project file while it was open here."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was changed by another program while it was open here, and was not written."
        )


class ProjectStore(StoredState, ProjectFile):
    """The project at ``path``. ``contents`` is its current state; only `append` changes it.

    One store at a time can write to a project; a ``read_only`` store takes no lock and writes no
    files. ``opened`` has the problems found on opening, ``backup_error`` the reason why the last
    save has no backup.
    """

    def __init__(
        self, path: Path, opened: Opened, lock: ProjectLock | None, now: Callable[[], datetime]
    ) -> None:
        super().__init__(path, opened.contents)
        self.opened = opened
        self.backups = _backups_of(path)
        self.backup_error: UserError | None = None
        self.strange_journals: list[Path] = []
        self._lock = lock
        self._now = now
        self._append_lock = Lock()
        self._save_lock = Lock()
        self._journal = _journal_of(path)
        self._on_disk = opened.on_disk
        self._saved_digest = opened.on_disk.originals.file.digest
        """The digest of the file as it was last read or written; "" if there is none."""
        self._last_link = opened.contents.last_link()
        self._last_identity = file_identity(path)
        self._is_durable = True
        """Whether the last save is on disk, and not only in the memory of the system."""
        self._outside_identity: tuple[int, int, int] | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        create: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Self:
        """Open the project at ``path``; with ``create``, start an empty one if there is none.

        Recovers from crashes, damage and changes by other programs, and reports them in `opened`.
        Files that could not be used are kept under other names. Raises UserError.
        """
        check_project_path(path)
        if not create and not _exists(path):
            raise NoProject(path)
        if read_only:
            return cls(path, read_consistently(path, _journal_of(path)), None, now)
        lock = ProjectLock.acquire(_resolved(path))
        try:
            remove_unfinished(path)
            opened = read_and_recover(path, _journal_of(path), _backups_of(path))
            store = cls(path, opened, lock, now)
            store._finish_opening()
        except BaseException:
            lock.release()
            raise
        return store

    @property
    def read_only(self) -> bool:
        """Whether the project cannot be changed here."""
        return self._lock is None

    def append(
        self,
        draft: StepDraft,
        records: Mapping[RecordId, Document | None],
        *,
        based_on: Mapping[RecordId, Row | None] = MappingProxyType({}),
        sources: Sequence[Source] = (),
        originals: Mapping[Digest, Document] = MappingProxyType({}),
    ) -> Step:
        """Commit a step; see `mideditor.store.project.Project.append`.

        When this returns, the step is on disk. Raises StaleStep, ReadOnlyProject or FileError.
        """
        stored_sources = [source.document() for source in sources]
        with self._append_lock:
            self._check_writable()
            records = rebased(self, draft, records, based_on, originals)
            step = draft.sealed(len(self.contents.log) + 1, self._last_link)
            stored = step.model_dump(mode="json")
            self._keep_journal()
            self._journal.append(journal_entry(stored, records, stored_sources, originals))
            self.contents.apply_step(stored, records, stored_sources, originals)
            self._last_link = step.link
            if len(self._steps) == step.number - 1:
                self._steps.append(step)
        return step

    def snapshot(self) -> StoredState:
        """The project as it is now; later steps do not change it."""
        with self._append_lock:
            return StoredState(self.path, self.contents.copy(), self.steps())

    def capability(self, kind: type[Capability]) -> Capability | None:
        """The project itself, if asked for what can be done with its file."""
        return self if isinstance(self, kind) else None

    def save(self) -> None:
        """Save the project file and back it up; can be called from any thread.

        Steps committed meanwhile stay in the journal for the next snapshot. Raises FileError,
        ChangedOutside or WouldLose, with nothing lost. If only the backup fails, the error is left
        in `backup_error`.
        """
        with self._save_lock:
            with self._append_lock:
                self._check_writable()
                contents = self.contents.copy()
            if self._is_changed_outside():
                raise ChangedOutside(self.path)
            if self._must_write(contents):
                contents.others = self.contents.others
                self._write(contents)
            with self._append_lock:
                if len(self.contents.log) == len(contents.log):
                    self._journal.discard()

    def was_changed_outside(self) -> bool:
        """Whether another program has changed the rows of the file since it was read or written.

        False for a deleted file, which the next save writes again, and during a save, which checks
        this itself. If the journal was removed or replaced, it is written anew. Raises FileError.
        """
        with self._append_lock:
            if not self.read_only:
                self._keep_journal()
        if not self._save_lock.acquire(blocking=False):
            return False
        try:
            return self._is_changed_outside()
        finally:
            self._save_lock.release()

    def all_backups(self) -> Sequence[Backup]:
        """The backups, newest first."""
        return self.backups.all()

    def read_outside(self) -> StoredState:
        """The project as another program left the file; raises UserError."""
        snapshot = read_snapshot(self.path)
        return StoredState(self.path, snapshot.contents if snapshot else Contents())

    def changes_before_opening(self) -> StoredState | None:
        """The project as another program left the file before it was opened, until settled."""
        outside = self.opened.outside
        return None if outside is None else StoredState(self.path, outside)

    def forget_changes_before_opening(self) -> None:
        """Note that these changes are settled."""
        self.opened.outside = None

    def settle_outside(self) -> Path:
        """Keep another program's version under another name and save over it; raises UserError."""
        with self._save_lock:
            with self._append_lock:
                self._check_writable()
                contents = self.contents.copy()
            data = read_bytes(self.path) or b""
            copy = save_beside(_resolved(self.path), "outside", data)
            with suppress(UserError):
                contents.others = snapshot_of(self.path, data).contents.others
            self._write(contents)
            self.contents.others = contents.others
        return copy

    def copy_to(self, path: Path) -> None:
        """Write the current project to a new file.

        Raises AlreadyThere, ProjectInUse if a project of that name is open, or FileError.
        """
        with self._append_lock:
            contents = self.contents.copy()
        check_new_project(_resolved(path))
        lock = ProjectLock.acquire(_resolved(path))
        try:
            if not create_file(path, self._laid_out(contents).data):
                raise AlreadyThere(path, path)
        finally:
            lock.release()

    def close(self) -> None:
        """Save, delete the journal and release the lock; raises NotSaved with nothing lost."""
        if self._lock is None:
            self.abandon()
            return
        if self._must_write(self.contents):
            try:
                self.save()
            except UserError as error:
                raise NotSaved(self.path, self._journal, error) from error
        self._journal.discard()
        self.abandon()

    def abandon(self) -> None:
        """Release the lock and leave every file as it is."""
        self.contents.originals.file.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _must_write(self, contents: Contents) -> bool:
        """Whether the file is gone, has not all steps, or may be lost in a power failure."""
        is_saved = len(contents.log) == len(self._on_disk.log) and not self._journal.exists()
        return not is_saved or not self._is_durable or file_identity(self.path) is None

    def _keep_journal(self) -> None:
        """Write the journal anew if another program has removed or replaced it."""
        if self._journal.is_as_left():
            return
        entry = self._unsaved_entries()
        kept = self._journal.write_anew(entry)
        if kept is not None:
            self.strange_journals.append(kept)

    def _unsaved_entries(self) -> list[Document]:
        """Journal entries of the steps that are not in the file; the last has all records."""
        log, saved = self.contents.log, len(self._on_disk.log)
        steps = [log[number] for number in range(saved + 1, len(log) + 1)]
        if not steps:
            return []
        changes = [one for step in steps for one in step["changes"]]
        touched = {one["record"] for one in changes if "record" in one}
        records = {record: self.contents.records.get(record) for record in touched}
        there = {
            record: document
            for record, document in records.items()
            if document is not None or record in self._on_disk.records
        }
        digests = {one["document"] for one in changes if "document" in one}
        found = {digest: self.contents.originals.record(digest) for digest in digests}
        originals = {digest: record for digest, record in found.items() if record is not None}
        number = len(self._on_disk.sources)
        sources = [self.contents.sources[n] for n in self.contents.sources if n > number]
        entries = [journal_entry(step, {}, [], {}) for step in steps[:-1]]
        return [*entries, journal_entry(steps[-1], there, sources, originals)]

    def _is_changed_outside(self) -> bool:
        now = file_identity(self.path)
        if now is None or now == self._last_identity:
            return False
        if now != self._outside_identity:  # read each outside version only once
            if self._has_saved_contents():
                self._last_identity = file_identity(self.path)
                return False
            self._outside_identity = now
        return True

    def _has_saved_contents(self) -> bool:
        try:
            outside = self.read_outside().contents
            if digest_of(outside) != (self._saved_digest or digest_of(self._on_disk)):
                return False
        except UserError:
            return False
        with self._append_lock:
            self.contents.others = outside.others
        return True

    def _check_writable(self) -> None:
        if self._lock is None:
            raise ReadOnlyProject(self.path)

    def _finish_opening(self) -> None:
        """Save what was recovered on opening, and set aside the files that could not be used."""
        opened = self.opened
        self.backups.remove_unfinished()
        steps = -1 if opened.are_of_another else len(opened.contents.log)
        opened.backups_set_aside = self.backups.set_aside_newer_than(steps)
        if opened.data is not None:
            self._keep_file_as_found(opened.data)
        if opened.needs_rewrite or self._journal.exists():
            self._write(self.contents.copy())
        if self._journal.exists():
            if opened.journal_is_intact:
                self._journal.discard()
            else:
                opened.set_aside.append(self._journal.set_aside())

    def _keep_file_as_found(self, data: bytes) -> None:
        """Keep a file that is not opened as it is, beside it or, of an older version, as a
        backup."""
        opened, path = self.opened, _resolved(self.path)
        if opened.backup is not None or opened.altered or opened.from_journal:
            label = "outside" if opened.altered else "damaged"
            opened.set_aside.append(save_beside(path, label, data))
        if opened.migrated_from is not None and opened.backup is None and opened.outside is None:
            self.backups.add(data, opened.saved, self._now(), of_older_version=True)

    def _laid_out(self, contents: Contents) -> Layout:
        """The bytes of the file; the originals from a backup if the file has lost them."""
        try:
            return laid_out(contents)
        except OriginalsGone:
            contents.originals.take_from(self._saved_originals())
            self.contents.originals.share(contents.originals)
            return laid_out(contents)

    def _saved_originals(self) -> OriginalTable:
        """The originals of the last save: from the file if another program has only laid it out
        in another way, else from the newest backup; raises NoOriginals."""
        if self._has_saved_contents():
            return self.read_outside().contents.originals
        found = self.backups.newest_readable()
        if found is None:
            raise NoOriginals(self.path)
        return found[1].contents.originals

    def _write(self, contents: Contents) -> None:
        check_nothing_lost(self.path, self._on_disk, contents)
        layout = self._laid_out(contents)
        data, kept = layout.data, contents.originals.file
        kept.step_aside()
        unsynced: NotDurable | None = None
        try:
            replace_file(self.path, data)
        except NotDurable as error:
            unsynced = error
        except BaseException:
            kept.step_back(self.path)
            raise
        self._is_durable = unsynced is None
        kept.move_to(self.path, layout.originals, layout.digest)
        self.contents.originals.forget_saved(contents.originals)
        self._last_identity = file_identity(self.path)
        self._saved_digest = layout.digest
        self._on_disk = contents
        if unsynced is not None:
            raise unsynced  # the journal is kept
        if not contents.log:
            return
        try:
            self.backups.add(data, len(contents.log), self._now())
            self.backup_error = None
        except UserError as error:
            self.backup_error = error


def read_state(path: Path) -> StoredState:
    """The project file at ``path``, only read; raises UserError."""
    snapshot = read_snapshot(path)
    if snapshot is None:
        raise NoProject(path)
    return StoredState(path, snapshot.contents)


def _resolved(path: Path) -> Path:
    """The path with symbolic links resolved."""
    return Path(os.path.realpath(path))


def _beside(path: Path, suffix: str) -> Path:
    real = _resolved(path)
    return real.with_name(real.name + suffix)


def _journal_of(path: Path) -> Journal:
    return Journal(_beside(path, ".journal"))


def _backups_of(path: Path) -> Backups:
    return Backups(_beside(path, ".backups"))


def _exists(path: Path) -> bool:
    try:
        return path.exists() or _journal_of(path).exists()
    except OSError as error:
        remedy = "Check that you may open the folder that it is in."
        raise FileError(path, error, remedy) from error
