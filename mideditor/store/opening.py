"""What is found when a project is opened, and how it is put right. Nothing is written here."""

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
from mideditor.store.journal import Journal, JournalRead
from mideditor.store.snapshot import Snapshot, bytes_at, read_snapshot


class FileIsGone(UserError):
    """A journal without the file that it goes on from."""

    def __init__(self, path: Path, journal: Path) -> None:
        super().__init__(
            f"{path} is gone, and {journal} goes on from it. Put the file back where it was; to "
            "begin a new project of that name, move the journal to another place first."
        )


@dataclass
class Opened:
    """A project as opened, and all that was out of the ordinary about it.

    ``contents`` is its state; ``on_disk`` what the file and the newest good copy of it vouch for.
    ``recovered`` counts the steps that came from the journal. ``backup`` stands in for a file that
    is damaged or gone. ``altered``: another program, or a fault of the disk, has changed the file.
    ``outside`` is what it then held, or what is in a part of the journal that does not follow.
    ``kept_aside`` is where the files are that these came from. ``migrated_from`` is the version of
    an older file. ``backups_aside`` is where backups were put that have later steps than the file.
    """

    contents: Contents
    on_disk: Contents
    data: bytes | None = None
    recovered: int = 0
    journal_is_whole: bool = True
    backup: Backup | None = None
    altered: bool = False
    outside: Contents | None = None
    migrated_from: int | None = None
    kept_aside: list[Path] = field(default_factory=list)
    backups_aside: Path | None = None

    @property
    def is_mended(self) -> bool:
        """Whether the file on disk is other than what was opened, but for the journal."""
        return self.backup is not None or self.altered or self.migrated_from is not None


def read_as_it_stands(path: Path, journal: Journal) -> Opened:
    """File and journal of one moment, for a reader: again where a writer has saved in between, or
    is about to write a step.

    Raises UserError.
    """
    while True:
        before, journal_before = identity(path), identity(journal.path)
        snapshot = read_snapshot(path)
        opened, read = _opened(snapshot), journal.read()
        _replay(opened, read)
        is_settled = read.is_whole or identity(journal.path) == journal_before
        if is_settled and identity(path) == before:
            _must_not_go_on(path, snapshot, journal, read)
            return opened


def read_and_mend(path: Path, journal: Journal, backups: Backups) -> Opened:
    """What the project's only writer goes on from.

    A file that is damaged or gone is replaced by the newest good copy. For one that another program
    changed, the copy made when it was last saved is the state, and the change is ``outside``.
    Raises UserError where no copy helps.
    """
    read = journal.read()
    opened = _file_or_backup(path, journal, read, backups)
    _replay(opened, read)
    return opened


def identity(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from the same one written anew; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _file_or_backup(path: Path, journal: Journal, read: JournalRead, backups: Backups) -> Opened:
    try:
        snapshot = read_snapshot(path)
        _must_not_go_on(path, snapshot, journal, read)
        saved = _as_saved(path, snapshot, backups)
    except (DamagedProject, NotAProject, FileIsGone):
        found = backups.newest_good()
        if found is None:
            raise
        backup, copy = found
        opened = _opened(copy)
        opened.data, opened.backup = bytes_at(path), backup
        return opened
    opened = _opened(snapshot)
    if saved is not None:
        opened.outside, opened.contents = opened.contents, saved
        opened.on_disk = saved.copy()
    return opened


def _as_saved(path: Path, snapshot: Snapshot | None, backups: Backups) -> Contents | None:
    """The copy of a file that was altered, from before; None for others, and where there is none.

    Raises DamagedProject where nothing vouches for the file and its log cannot be read.
    """
    if snapshot is None or (snapshot.version == VERSION and not snapshot.altered):
        return None
    found = backups.newest_good(snapshot.digest) if snapshot.digest else None
    if found is not None:
        return found[1].contents
    try:
        for step in snapshot.contents.log.encoded().values():
            Step.model_validate_json(bytes(step))
    except ValidationError as error:
        complaint = error.errors(include_url=False)[0]
        where = ".".join(map(str, complaint["loc"]))
        raise DamagedProject(
            path, f"the log cannot be read ({where}: {complaint['msg']})"
        ) from error
    return None


def _must_not_go_on(
    path: Path, snapshot: Snapshot | None, journal: Journal, read: JournalRead
) -> None:
    """Raise FileIsGone where there is no file and the journal does not begin with step 1."""
    entries = [*read.entries, *read.later]
    if snapshot is None and entries and entries[0]["step"]["number"] > 1:
        raise FileIsGone(path, journal.path)


def _opened(snapshot: Snapshot | None) -> Opened:
    if snapshot is None:
        return Opened(Contents(), Contents())
    opened = Opened(snapshot.contents, snapshot.contents.copy(), snapshot.data)
    opened.altered = snapshot.altered
    if snapshot.version < VERSION:
        opened.migrated_from = snapshot.version
    return opened


def _replay(opened: Opened, read: JournalRead) -> None:
    """Put back the journal's steps, up to the first that does not follow."""
    contents = opened.contents
    for place, entry in enumerate(read.entries):
        step = entry["step"]
        if _has(contents, step):
            continue
        if not _follows(contents, step):
            opened.journal_is_whole = False
            if opened.backup is not None or _is_of_this_project(contents, step):
                _offer(opened, [*read.entries[place:], *read.later])
            return
        contents.take(step, entry["records"], entry["sources"], entry["as_they_went"])
        opened.recovered += 1
    if not read.is_whole:
        opened.journal_is_whole = False
        _offer(opened, read.later)


def _has(contents: Contents, step: Document) -> bool:
    known = contents.log.get(step["number"])
    return known is not None and known.get("hash") == step["hash"]


def _follows(contents: Contents, step: Document) -> bool:
    last = contents.last_step()
    last_hash = last.get("hash") if last else FIRST_LINK
    return bool(step["number"] == len(contents.log) + 1 and step["previous"] == last_hash)


def _is_of_this_project(contents: Contents, step: Document) -> bool:
    """Whether a step follows one that the project has: so it was made in another copy of it."""
    before = contents.log.get(step["number"] - 1)
    return before is not None and before.get("hash") == step["previous"]


def _offer(opened: Opened, entries: Sequence[Document]) -> None:
    """Let records of steps that cannot be put back be offered beside the present ones."""
    if not entries:
        return
    outside = opened.outside or opened.contents.copy()
    for entry in entries:
        for record, document in entry["records"].items():
            if document is not None or record in outside.records:
                outside.put(record, document)
    opened.outside = outside
