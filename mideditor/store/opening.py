"""Reads a project and recovers what it can from the journal and backups. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from mideditor.domain.record import record_from_document
from mideditor.domain.steps import Step, link_of
from mideditor.files.user_error import UserError
from mideditor.store.backups import Backup, Backups
from mideditor.store.document_table import Document
from mideditor.store.documents import VERSION, Contents, NotAProject
from mideditor.store.journal import Journal, JournalEntries, version_of_entry
from mideditor.store.migrations import EMPTY, BrokenLog, Migrated, migrate
from mideditor.store.project import DamagedProject
from mideditor.store.snapshot import Snapshot, open_snapshot, read_bytes


class ProjectFileMissing(UserError):
    """A journal exists, but not the project file that it continues."""

    def __init__(self, path: Path, journal: Path) -> None:
        super().__init__(
            f"{path} is gone, and {journal} goes on from it. Put the file back where it was; to "
            "begin a new project of that name, move the journal to another place first."
        )


class NewerJournal(UserError):
    """The journal was written by a later version of the program."""

    def __init__(self, path: Path, journal: Path, version: int) -> None:
        super().__init__(
            f"{journal} was written by a newer mideditor (project version {version}; this one "
            f"reads up to {VERSION}). {path.name} and it have not been touched. Update mideditor "
            "to open the project."
        )


@dataclass
class Opened:
    """A project as opened, and every problem found on the way.

    ``contents`` is the current state; ``on_disk`` is the part of it known to be saved.
    ``recovered`` counts the steps that came from the journal, ``saved`` those of the file.
    ``backup`` is the one used in place of a damaged or missing file. ``altered``: another program
    or a disk fault has changed the file. ``outside`` has those changes, or the journal entries that
    do not continue the log.
    ``set_aside`` lists the files kept under other names. ``migrated_from`` is the version of an
    older file. ``broken`` says what is wrong with the log of one that can only be read.
    ``backups_set_aside`` is the folder of the backups with later steps than the file.
    """

    contents: Contents
    on_disk: Contents
    data: bytes | None = None
    recovered: int = 0
    saved: int = 0
    journal_is_intact: bool = True
    backup: Backup | None = None
    altered: bool = False
    outside: Contents | None = None
    migrated_from: int | None = None
    broken: str = ""
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
        snapshot, journaled = open_snapshot(path), journal.read()
        _check_journal_is_not_newer(path, journal, journaled)
        opened = _opened_from(path, snapshot, journaled)
        is_complete = journaled.is_intact or file_identity(journal.path) == journal_before
        if is_complete and file_identity(path) == before:
            _check_journal_has_its_file(path, snapshot, journal, journaled)
            return opened


def read_and_recover(path: Path, journal: Journal, backups: Backups) -> Opened:
    """Read the project for its only writer, recovering from damage.

    The newest readable backup replaces a damaged or missing file. If another program changed the
    file, the backup of the last save becomes the state, and the changed contents are ``outside``.
    Raises UserError if no backup helps, BrokenLog for an older project whose log was altered.
    """
    journaled = journal.read()
    _check_journal_is_not_newer(path, journal, journaled)
    opened = _file_or_backup(path, journal, journaled, backups)
    if opened.broken:
        raise BrokenLog(path, opened.broken)
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
        snapshot = open_snapshot(path)
        _check_journal_has_its_file(path, snapshot, journal, journaled)
        if snapshot is None or not snapshot.altered:
            return _opened_from(path, snapshot, journaled)
        saved = backups.newest_readable(snapshot.digest)
        if saved is None:
            return _with_readable_log(path, _opened_from(path, snapshot, journaled))
        outside, data = snapshot.contents, snapshot.data
        return _opened_from(path, saved[1], journaled, data=data, outside=outside)
    except (DamagedProject, NotAProject, ProjectFileMissing):
        found = backups.newest_readable()
        if found is None:
            raise
        backup, copy = found
        return _opened_from(path, copy, journaled, data=read_bytes(path), backup=backup)


def _with_readable_log(path: Path, opened: Opened) -> Opened:
    """The opened project; raises DamagedProject if its log cannot be read."""
    try:
        for step in opened.contents.log.encoded().values():
            Step.model_validate_json(bytes(step))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(map(str, detail["loc"]))
        raise DamagedProject(path, f"the log cannot be read ({where}: {detail['msg']})") from error
    return opened


def _check_journal_has_its_file(
    path: Path, snapshot: Snapshot | None, journal: Journal, journaled: JournalEntries
) -> None:
    """Raise ProjectFileMissing if there is no file but the journal starts after step 1."""
    entries = [*journaled.entries, *journaled.after_damage]
    if snapshot is None and entries and entries[0]["step"]["number"] > 1:
        raise ProjectFileMissing(path, journal.path)


def _check_journal_is_not_newer(path: Path, journal: Journal, journaled: JournalEntries) -> None:
    for entry in (*journaled.entries, *journaled.after_damage):
        if (version := version_of_entry(entry)) > VERSION:
            raise NewerJournal(path, journal.path, version)


def _opened_from(
    path: Path,
    snapshot: Snapshot | None,
    journaled: JournalEntries,
    *,
    data: bytes | None = None,
    backup: Backup | None = None,
    outside: Contents | None = None,
) -> Opened:
    """The project of a file or backup, with the steps of the journal."""
    old = [entry for entry in journaled.entries if version_of_entry(entry) < VERSION]
    if snapshot is None:
        migrated = migrate(path, EMPTY, old) if old else Migrated(Contents())
    else:
        migrated = snapshot.with_journal(old)
    opened = Opened(migrated.contents, migrated.contents.copy(), broken=migrated.broken)
    opened.backup, opened.outside = backup, outside
    opened.recovered = migrated.recovered
    opened.saved = len(migrated.contents.log) - migrated.recovered
    opened.data = snapshot.data if snapshot and not (backup or outside) else data
    if snapshot is not None and snapshot.version < VERSION:
        opened.migrated_from = snapshot.version
    opened.altered = outside is not None or (snapshot is not None and snapshot.altered)
    left = _without_known(migrated.left, opened.contents)
    _replay(opened, left, journaled.entries[len(old) :], journaled)
    return opened


def _without_known(entries: Sequence[Document], contents: Contents) -> list[Document]:
    """The old journal entries whose steps are not in the log, where they have new ids."""
    if not entries:
        return []
    known = {step.get("former_hash") for step in contents.log.values()}
    return [entry for entry in entries if entry["step"]["hash"] not in known]


def _replay(
    opened: Opened,
    old: Sequence[Document],
    entries: Sequence[Document],
    journaled: JournalEntries,
) -> None:
    """Replay the journal's steps, up to the first one that does not continue the log.

    ``old`` are entries of an older version that do not.
    """
    contents = opened.contents
    if old:
        opened.journal_is_intact = False
        return
    for index, entry in enumerate(entries):
        step = entry["step"]
        if _contains(contents, step):
            continue
        if not _follows(contents, step) or not _is_valid(entry):
            opened.journal_is_intact = False
            if opened.backup is not None or _is_of_this_project(contents, step):
                _add_to_outside(opened, [*entries[index:], *journaled.after_damage])
            return
        contents.apply_step(step, entry["records"], entry["sources"], entry["originals"])
        opened.recovered += 1
    if not journaled.is_intact:
        opened.journal_is_intact = False
        _add_to_outside(opened, journaled.after_damage)


def _is_valid(entry: Document) -> bool:
    """Whether the step and the records of a journal entry can be read."""
    try:
        Step.model_validate(entry["step"])
        for document in (*entry["records"].values(), *entry["originals"].values()):
            if document is not None:
                record_from_document(document)
    except ValidationError:
        return False
    return True


def _contains(contents: Contents, step: Document) -> bool:
    known = contents.log.get(step["number"])
    return known is not None and known.get("link") == step["link"]


def _follows(contents: Contents, step: Document) -> bool:
    follows = step["number"] == len(contents.log) + 1
    return bool(follows and step["link"] == link_of(contents.last_link(), step["content"]))


def _is_of_this_project(contents: Contents, step: Document) -> bool:
    """Whether a step follows a step of this project, so it was made in another copy of it."""
    before = contents.log.get(step["number"] - 1)
    return before is not None and step["link"] == link_of(before["link"], step["content"])


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
