"""Backups of the project file: hourly for a day, daily for a month, then monthly.

Each save makes a backup, which replaces an earlier one of the same hour. So the newest backup is
always the last save.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mideditor.files.replacing import remove_all_unfinished, replace_file
from mideditor.files.user_error import FileError, UserError
from mideditor.store.layout import stored_digest
from mideditor.store.set_aside import unused_name
from mideditor.store.snapshot import Snapshot, snapshot_of

_FAST_COMPRESSION = 1
_CHUNK = 1 << 20
_DIGEST_DIGITS = 12
_OLD_VERSION = "old"
_NOT_WHOLE = (EOFError, gzip.BadGzipFile, zlib.error)
_TIME = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\dT\d{6}Z) step (?P<steps>\d+) (?P<digest>[0-9a-f]{12}|"
    + _OLD_VERSION
    + r")"
    r"\.mid\.json\.gz"
)

# Backups younger than each age are kept one per period; a period is a prefix of the ISO time, given
# by its length. Older backups are kept one per month.
_RETENTION = ((timedelta(days=1), len("2026-11-22T10")), (timedelta(days=30), len("2026-11-22")))
_MONTH = len("2026-11")


class BadBackup(UserError):
    """A backup that cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The backup {path} cannot be read: {why}. Choose another one.")


@dataclass(frozen=True)
class Backup:
    """A backup: when it was made (UTC), how many steps its log has, the digest in its name."""

    path: Path
    time: datetime
    steps: int
    digest: str

    @property
    def sort_key(self) -> tuple[int, datetime]:
        """Sorts backups by age: by steps first, because a clock can be set back."""
        return self.steps, self.time

    def read(self) -> Snapshot:
        """The project as it was; raises BadBackup, FileError or NewerProject."""
        return read_backup_at(self.path)


class Backups:
    """The backups of one project, in a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Backup]:
        """The backups, newest first; none if the folder is missing or cannot be read."""
        try:
            found = [_backup_at(path) for path in self.folder.iterdir()]
        except OSError:
            return []
        return sorted(filter(None, found), key=lambda backup: backup.sort_key, reverse=True)

    def newest(self) -> Backup | None:
        """The newest backup that is of the present version when it was made."""
        return next((one for one in self.all() if one.digest != _OLD_VERSION), None)

    def readable(self, digest: str = "") -> Iterator[tuple[Backup, Snapshot]]:
        """The backups that can be read, newest first; only those with ``digest``, if given."""
        for backup in self.all():
            if backup.digest == self.digest_in_name(digest) or not digest:
                try:
                    yield backup, backup.read()
                except UserError:
                    continue

    def newest_readable(self, digest: str = "") -> tuple[Backup, Snapshot] | None:
        """The newest backup that can be read; only those with ``digest``, if one is given."""
        return next(self.readable(digest), None)

    @staticmethod
    def digest_in_name(digest: str) -> str:
        """The part of the digest of a file that names its backup."""
        return digest[:_DIGEST_DIGITS]

    def remove_unfinished(self) -> None:
        """Remove temporary files left by a killed writer."""
        remove_all_unfinished(self.folder)

    def set_aside_newer_than(self, steps: int) -> Path | None:
        """Move backups with more steps to a new folder; returns it, or None if there are none.

        They belong to another project or to a later state than the file that replaced it, and
        would wrongly count as the newest backups; with -1 all are moved. Raises FileError.
        """
        newer = [backup for backup in self.all() if backup.steps > steps]
        if not newer:
            return None
        folder = unused_name(self.folder, "ahead")
        try:
            folder.mkdir()
            for backup in newer:
                backup.path.rename(folder / backup.path.name)
        except OSError as error:
            remedy = "The backups in the folder are of another state. Move them yourself."
            raise FileError(self.folder, error, remedy) from error
        return folder

    def add(
        self, data: bytes, steps: int, now: datetime, *, of_older_version: bool = False
    ) -> Backup:
        """Back up a project file's bytes, verify the backup and prune the others.

        A backup ``of_older_version`` is never pruned, since no later backup replaces it. If this
        raises FileError or BadBackup, nothing was pruned.
        """
        digest = _OLD_VERSION if of_older_version else stored_digest(data)[:_DIGEST_DIGITS]
        name = f"{now.astimezone(UTC):{_TIME}} step {steps} {digest}.mid.json.gz"
        backup = Backup(self.folder / name, now, steps, digest)
        try:
            self.folder.mkdir(exist_ok=True)
            if not _holds(backup.path, data):
                replace_file(backup.path, gzip.compress(data, _FAST_COMPRESSION, mtime=0))
                if not _holds(backup.path, data):
                    raise BadBackup(backup.path, "it is not what was written")
        except OSError as error:
            raise FileError(self.folder, error, "No backup was made.") from error
        self._prune(now)
        return backup

    def _prune(self, now: datetime) -> None:
        for backup in to_prune(self.all(), now):
            with suppress(OSError):
                backup.path.unlink(missing_ok=True)


def read_backup_at(path: Path) -> Snapshot:
    """The project as it was; raises BadBackup, FileError or NewerProject."""
    try:
        data = gzip.decompress(path.read_bytes())
    except _NOT_WHOLE as error:
        raise BadBackup(path, str(error)) from error
    except OSError as error:
        raise FileError(path, error, "Choose another backup.") from error
    snapshot = snapshot_of(path, data)
    if snapshot.altered and not _is_of_older_version(path):
        raise BadBackup(path, "it is not what was written")
    return snapshot


def _is_of_older_version(path: Path) -> bool:
    """Whether a backup is of an older file, which is kept as it was found."""
    backup = _backup_at(path)
    return backup is not None and backup.digest == _OLD_VERSION


def _holds(path: Path, data: bytes) -> bool:
    """Whether a backup contains exactly ``data``; reads in chunks to save memory."""
    offset = 0
    try:
        with gzip.open(path) as backup:
            while chunk := backup.read(_CHUNK):
                if data[offset : offset + len(chunk)] != chunk:
                    return False
                offset += len(chunk)
    except (FileNotFoundError, *_NOT_WHOLE):
        return False
    return offset == len(data)


def to_prune(newest_first: Sequence[Backup], now: datetime) -> Iterable[Backup]:
    """The backups to delete: all but the newest of each period."""
    kept: set[str] = set()
    for backup in newest_first:
        if backup.digest == _OLD_VERSION:
            continue
        period = _period(backup, now)
        if period in kept:
            yield backup
        kept.add(period)


def _period(backup: Backup, now: datetime) -> str:
    time = backup.time.astimezone(UTC).isoformat()
    for age, length in _RETENTION:
        if now - backup.time < age:
            return time[:length]
    return time[:_MONTH]


def _backup_at(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    time = datetime.strptime(found["time"], _TIME).replace(tzinfo=UTC)
    return Backup(path, time, int(found["steps"]), found["digest"])
