"""Reads a project and recovers what it can from the journal and backups. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from mideditor.domain.record import record_from_document
from mideditor.domain.replay import digest_of_document
from mideditor.domain.sources import source_of
from mideditor.domain.steps import Step, link_of
from mideditor.files.user_error import UserError
from mideditor.store.backups import Backup, Backups
from mideditor.store.document_table import Document
from mideditor.store.documents import VERSION, Contents, NotAProject
from mideditor.store.journal import Journal, JournalEntries, version_of_entry
from mideditor.store.migrations import EMPTY, BrokenLog, Migrated, migrate
from mideditor.store.project import DamagedProject
from mideditor.store.snapshot import Snapshot, open_snapshot, read_bytes, snapshot_of
from mideditor.store.stored_state import read_steps


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
    ``recovered`` counts the steps that came from the journal, ``saved`` those of the file, and
    ``digest`` is the one that it was saved with.
    ``backup`` is the one used in place of a damaged or missing file. ``altered``: another program
    or a disk fault has changed the file. ``outside`` has those changes, or the journal entries that
    do not continue the log.
    ``set_aside`` lists the files kept under other names. ``replaced_by`` counts the steps of
    another copy that stood in the place of the file; it is in ``outside`` then. ``migrated_from``
    is the version of an older file. ``from_journal``: the file is damaged, but the journal has all
    steps. ``broken`` says what is wrong with the log of one that can only
    be read. ``backups_set_aside`` is the folder of the backups that are of other steps than the
    file; ``are_of_another`` says that they are of another project.
    """

    contents: Contents
    on_disk: Contents
    data: bytes | None = None
    recovered: int = 0
    saved: int = 0
    digest: str = ""
    journal_is_intact: bool = True
    backup: Backup | None = None
    altered: bool = False
    outside: Contents | None = None
    replaced_by: int | None = None
    migrated_from: int | None = None
    from_journal: bool = False
    broken: str = ""
    set_aside: list[Path] = field(default_factory=list)
    backups_set_aside: Path | None = None
    are_of_another: bool = False

    @property
    def needs_rewrite(self) -> bool:
        """Whether the file on disk differs from ``contents`` by more than the journal's steps."""
        is_other = self.backup is not None or self.altered or self.from_journal
        return is_other or self.migrated_from is not None


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

    A backup replaces a damaged or missing file: the one that the journal goes on from, or else the
    newest that can be read. If another program changed the file, or put another copy of the project
    in its place, the last save becomes the state, and what was found is ``outside``. Raises
    UserError if no backup helps, BrokenLog for an older project whose log was altered.
    """
    journaled = journal.read()
    _check_journal_is_not_newer(path, journal, journaled)
    opened = _file_or_backup(path, journal, journaled, backups)
    if opened.broken:
        raise BrokenLog(path, opened.broken)
    if opened.needs_rewrite or journaled.entries:
        read_steps(path, opened.contents.log.encoded().values())  # before anything is written
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
        opened = _as_saved(path, snapshot, journaled, backups)
    except (DamagedProject, NotAProject, ProjectFileMissing):
        found = _backup_continued(backups, journaled) or backups.newest_readable()
        if found is None and journaled.entries and _go_on_from(Contents(), journaled.entries):
            opened = _opened_from(path, None, journaled, data=read_bytes(path))
            opened.from_journal = True
            return opened
        if found is None:
            raise
        backup, copy = found
        return _opened_from(path, copy, journaled, data=read_bytes(path), backup=backup)
    if snapshot is None:
        return opened
    return _unless_replaced(path, opened, journaled, backups)


def _as_saved(
    path: Path, snapshot: Snapshot | None, journaled: JournalEntries, backups: Backups
) -> Opened:
    """The project of the file, or of its last save if another program has changed the file."""
    if snapshot is None or not snapshot.altered:
        return _opened_from(path, snapshot, journaled)
    saved = backups.newest_readable(snapshot.digest)
    if saved is None:
        opened = _opened_from(path, snapshot, journaled)
        read_steps(path, opened.contents.log.encoded().values())
        return opened
    outside, data = snapshot.contents, snapshot.data
    opened = _opened_from(path, saved[1], journaled, data=data, outside=outside)
    opened.contents.others = outside.others
    return opened


def _unless_replaced(
    path: Path, opened: Opened, journaled: JournalEntries, backups: Backups
) -> Opened:
    """The project of the last save if another copy of the project stands in its place.

    The file is the last save if the newest backup is of it, or has no step that it lacks.
    """
    newest = backups.newest()
    if newest is None or newest.digest == backups.digest_in_name(opened.digest):
        return opened
    saved = _backup_continued(backups, journaled, before=opened)
    if saved is None:
        saved = backups.newest_readable()
        if saved is None or _includes(opened.contents, saved[1]):
            return opened
        if not _share_a_step(opened.contents, saved[1].contents):
            opened.are_of_another = True
            return opened
    opened.contents.originals.file.close()
    data = read_bytes(path) or b""
    found = snapshot_of(path, data)
    there = found.contents
    if _go_on_from(there, journaled.entries):
        there = _opened_from(path, found, journaled).contents
    again = _opened_from(path, saved[1], journaled, data=data, outside=there)
    again.replaced_by = len(found.contents.log)
    return again


def _backup_continued(
    backups: Backups, journaled: JournalEntries, before: Opened | None = None
) -> tuple[Backup, Snapshot] | None:
    """The newest backup that the journal goes on from; None if the state ``before`` does, too."""
    entries = journaled.entries
    if not entries or (before is not None and before.recovered):
        return None
    if before is not None and _go_on_from(before.contents, entries):
        return None
    return next(
        (
            found
            for found in backups.readable()
            if found[0].steps >= entries[0]["step"]["number"] - 1
            and _go_on_from(found[1].contents, entries)
        ),
        None,
    )


def _go_on_from(contents: Contents, entries: Sequence[Document]) -> bool:
    """Whether the first entry whose step is not in the log follows it, or all are in it."""
    for entry in entries:
        if version_of_entry(entry) < VERSION:
            return False
        if not _contains(contents, entry["step"]):
            return _follows(contents, entry["step"])
    return True


def _includes(contents: Contents, saved: Snapshot) -> bool:
    """Whether the log has the last step of a backup."""
    last = saved.contents.last_step()
    return last is None or _contains(contents, last)


def _share_a_step(one: Contents, other: Contents) -> bool:
    """Whether both logs begin with the same step, or the first has none yet."""
    first = other.log.get(1)
    return not one.log or (first is not None and _contains(one, first))


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
    opened.digest = (snapshot and snapshot.digest) or migrated.contents.originals.file.digest
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
        if not _follows(contents, step) or not _is_valid(contents, entry):
            opened.journal_is_intact = False
            if opened.backup is not None or _is_of_this_project(contents, entry):
                _add_to_outside(opened, [*entries[index:], *journaled.after_damage])
            return
        contents.apply_step(step, entry["records"], entry["sources"], entry["originals"])
        opened.recovered += 1
    if not journaled.is_intact:
        opened.journal_is_intact = False
        _add_to_outside(opened, journaled.after_damage)


def _is_valid(contents: Contents, entry: Document) -> bool:
    """Whether all that a journal entry brings can be read, and is what its names say."""
    try:
        step = Step.model_validate(entry["step"])
        if step.content != step.content_hash():
            return False
        for record, document in entry["records"].items():
            if document is not None:
                record_from_document(document)
            elif record not in contents.records:
                return False
        kept = entry["originals"].items()
        return all(digest_of_document(document) == digest for digest, document in kept) and all(
            source_of(source).is_intact for source in entry["sources"]
        )
    except (ValidationError, KeyError, TypeError, ValueError, AttributeError):
        return False


def _contains(contents: Contents, step: Document) -> bool:
    known = contents.log.get(step["number"])
    return known is not None and known.get("link") == step["link"]


def _follows(contents: Contents, step: Document) -> bool:
    follows = step["number"] == len(contents.log) + 1
    return bool(follows and step["link"] == _link(contents.last_link(), step))


def _is_of_this_project(contents: Contents, entry: Document) -> bool:
    """Whether a step was made in another copy of this project: it follows one of its steps, or, if
    this copy is too old to tell, it changes one of its records."""
    step = entry["step"]
    if step["number"] > len(contents.log) + 1:
        return any(record in contents.records for record in entry["records"])
    before = contents.log.get(step["number"] - 1)
    return before is not None and step["link"] == _link(before["link"], step)


def _link(before: str, step: Document) -> str:
    """The link of a step after another; "" if it has no content hash."""
    content = step.get("content")
    return link_of(before, content) if isinstance(content, str) and content.isascii() else ""


def _is_record(document: Document | None) -> bool:
    try:
        return document is not None and record_from_document(document) is not None
    except ValidationError:
        return False


def _add_to_outside(opened: Opened, entries: Sequence[Document]) -> None:
    """Add the records of steps that cannot be replayed to ``outside``."""
    if not entries:
        return
    outside = opened.outside or opened.contents.copy()
    for entry in entries:
        for record, document in entry["records"].items():
            if (document is None and record in outside.records) or _is_record(document):
                outside.put(record, document)
    opened.outside = outside
