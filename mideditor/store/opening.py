"""Reads a project and recovers what it can from the journal and backups. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from mideditor.domain.steps import FIRST_LINK, Step
from mideditor.files.user_error import UserError
from mideditor.store.backups import Backup, Backups
from mideditor.store.document_table import Document
from mideditor.store.documents import VERSION, Contents, DamagedProject, NotAProject
from mideditor.store.journal import Journal, JournalEntries
from mideditor.store.snapshot import Snapshot, read_bytes, read_snapshot


class ProjectFileMissing(UserError):
    """A journal exists, but not the project file that it continues."""

    def __init__(self, path: Path, journal: Path) -> None:
        super().__init__(
            f"{path} is gone, and {journal} goes on from it. Put the file back where it was; to "
            "begin a new project of that name, move the journal to another place first."
        )


@dataclass
class Opened:
    """A project as opened, and every problem found on the way.

    ``contents`` is the current state; ``on_disk`` is the part of it known to be saved.
    ``recovered`` counts the steps that came from the journal. ``backup`` is the one used in place
    of a damaged or missing file. ``altered``: another program or a disk fault has changed the file.
    ``outside`` has those changes, or the journal entries that do not continue the log.
    ``set_aside`` lists the files kept under other names. ``migrated_from`` is the version of an
    older file. ``backups_set_aside`` is the folder of the backups with later steps than the file.
    """

    contents: Contents
    on_disk: Contents
    data: bytes | None = None
    recovered: int = 0
    journal_is_intact: bool = True
    backup: Backup | None = None
    altered: bool = False
    outside: Contents | None = None
    migrated_from: int | None = None
    set_aside: list[Path] = field(default_factory=list)
    backups_set_aside: Path | None = None

    @property
    def needs_rewrite(self) -> bool:
        """Whether the file on disk differs from ``contents`` by more than the journal's steps."""
        return self.backup is not None or self.altered or self.migrated_from is not None


def read_consistently(path: Path, journal: Journal) -> Opened:
    """Read file and journal of the same moment, for read-only use.

    Tries again if a writer saved in between or is in the middle of writing a step. Raises
    UserError.
    """
    while True:
        before, journal_before = file_identity(path), file_identity(journal.path)
        snapshot = read_snapshot(path)
        opened, journaled = _opened_from(snapshot), journal.read()
        _replay(opened, journaled)
        is_complete = journaled.is_intact or file_identity(journal.path) == journal_before
        if is_complete and file_identity(path) == before:
            _check_journal_has_its_file(path, snapshot, journal, journaled)
            return opened


def read_and_recover(path: Path, journal: Journal, backups: Backups) -> Opened:
    """Read the project for its only writer, recovering from damage.

    The newest readable backup replaces a damaged or missing file. If another program changed the
    file, the backup of the last save becomes the state, and the changed contents are ``outside``.
    Raises UserError if no backup helps.
    """
    journaled = journal.read()
    opened = _file_or_backup(path, journal, journaled, backups)
    _replay(opened, journaled)
    return opened


def file_identity(path: Path) -> tuple[int, int, int] | None:
    """Inode, mtime and size, which change when the file is rewritten; None if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _file_or_backup(
    path: Path, journal: Journal, journaled: JournalEntries, backups: Backups
) -> Opened:
    try:
        snapshot = read_snapshot(path)
        _check_journal_has_its_file(path, snapshot, journal, journaled)
        saved = _last_saved(path, snapshot, backups)
    except (DamagedProject, NotAProject, ProjectFileMissing):
        found = backups.newest_readable()
        if found is None:
            raise
        backup, copy = found
        opened = _opened_from(copy)
        opened.data, opened.backup = read_bytes(path), backup
        return opened
    opened = _opened_from(snapshot)
    if saved is not None:
        opened.outside, opened.contents = opened.contents, saved
        opened.on_disk = saved.copy()
    return opened


def _last_saved(path: Path, snapshot: Snapshot | None, backups: Backups) -> Contents | None:
    """The last saved contents of an altered file; None for other files, or without a backup.

    Raises DamagedProject if there is no such backup and the log cannot be read.
    """
    if snapshot is None or (snapshot.version == VERSION and not snapshot.altered):
        return None
    found = backups.newest_readable(snapshot.digest) if snapshot.digest else None
    if found is not None:
        return found[1].contents
    try:
        for step in snapshot.contents.log.encoded().values():
            Step.model_validate_json(bytes(step))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(map(str, detail["loc"]))
        raise DamagedProject(path, f"the log cannot be read ({where}: {detail['msg']})") from error
    return None


def _check_journal_has_its_file(
    path: Path, snapshot: Snapshot | None, journal: Journal, journaled: JournalEntries
) -> None:
    """Raise ProjectFileMissing if there is no file but the journal starts after step 1."""
    entries = [*journaled.entries, *journaled.after_damage]
    if snapshot is None and entries and entries[0]["step"]["number"] > 1:
        raise ProjectFileMissing(path, journal.path)


def _opened_from(snapshot: Snapshot | None) -> Opened:
    if snapshot is None:
        return Opened(Contents(), Contents())
    opened = Opened(snapshot.contents, snapshot.contents.copy(), snapshot.data)
    opened.altered = snapshot.altered
    if snapshot.version < VERSION:
        opened.migrated_from = snapshot.version
    return opened


def _replay(opened: Opened, journaled: JournalEntries) -> None:
    """Replay the journal's steps, up to the first one that does not continue the log."""
    contents = opened.contents
    for index, entry in enumerate(journaled.entries):
        step = entry["step"]
        if _contains(contents, step):
            continue
        if not _follows(contents, step):
            opened.journal_is_intact = False
            if opened.backup is not None or _is_of_this_project(contents, step):
                _add_to_outside(opened, [*journaled.entries[index:], *journaled.after_damage])
            return
        contents.apply_step(step, entry["records"], entry["sources"], entry["as_they_went"])
        opened.recovered += 1
    if not journaled.is_intact:
        opened.journal_is_intact = False
        _add_to_outside(opened, journaled.after_damage)


def _contains(contents: Contents, step: Document) -> bool:
    known = contents.log.get(step["number"])
    return known is not None and known.get("hash") == step["hash"]


def _follows(contents: Contents, step: Document) -> bool:
    last = contents.last_step()
    last_hash = last.get("hash") if last else FIRST_LINK
    return bool(step["number"] == len(contents.log) + 1 and step["previous"] == last_hash)


def _is_of_this_project(contents: Contents, step: Document) -> bool:
    """Whether a step follows a step of this project, so it was made in another copy of it."""
    before = contents.log.get(step["number"] - 1)
    return before is not None and before.get("hash") == step["previous"]


def _add_to_outside(opened: Opened, entries: Sequence[Document]) -> None:
    """Add the records of steps that cannot be replayed to ``outside``."""
    if not entries:
        return
    outside = opened.outside or opened.contents.copy()
    for entry in entries:
        for record, document in entry["records"].items():
            if document is not None or record in outside.records:
                outside.put(record, document)
    opened.outside = outside
