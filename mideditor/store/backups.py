"""Copies of the project file beside it: every hour of a day, every day of a month, every month.

Each save makes one, in the place of the one before of the same hour, so that the newest is always
what was saved last.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mideditor.files.replacing import remove_all_unfinished, replace_file
from mideditor.files.user_error import FileError, UserError
from mideditor.store.kept_files import free_name
from mideditor.store.layout import stated_digest
from mideditor.store.snapshot import Snapshot, snapshot_of

_FAST = 1
_PIECE = 1 << 20
_SHOWN = 12
_OLDER = "old"
_NOT_WHOLE = (EOFError, gzip.BadGzipFile, zlib.error)
_TIME = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\dT\d{6}Z) step (?P<steps>\d+) (?P<digest>[0-9a-f]{12}|" + _OLDER + r")"
    r"\.mid\.json\.gz"
)

# For how long the newest copy of each span of time is kept, spans named by the beginning of the
# time's text; after that, one a month.
_THINNING = ((timedelta(days=1), len("2026-11-22T10")), (timedelta(days=30), len("2026-11-22")))
_MONTH = len("2026-11")


class BadBackup(UserError):
    """A backup that cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The backup {path} cannot be read: {why}. Choose another one.")


@dataclass(frozen=True)
class Backup:
    """One copy: when it was made (UTC), how many steps its log has, the digest it states."""

    path: Path
    time: datetime
    steps: int
    digest: str

    @property
    def age_key(self) -> tuple[int, datetime]:
        """Newer copies have greater ones: by steps first, for a clock can be set back."""
        return self.steps, self.time

    def read(self) -> Snapshot:
        """The project as it was; raises BadBackup, FileError or NewerProject."""
        try:
            data = gzip.decompress(self.path.read_bytes())
        except _NOT_WHOLE as error:
            raise BadBackup(self.path, str(error)) from error
        except OSError as error:
            raise FileError(self.path, error, "Choose another backup.") from error
        snapshot = snapshot_of(self.path, data)
        if snapshot.altered:
            raise BadBackup(self.path, "it is not what was written")
        return snapshot


class Backups:
    """The copies of one project, in a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Backup]:
        """The copies, the newest first; none where there is no folder that can be read."""
        try:
            found = [_backup_at(path) for path in self.folder.iterdir()]
        except OSError:
            return []
        return sorted(filter(None, found), key=lambda backup: backup.age_key, reverse=True)

    def newest_good(self, digest: str = "") -> tuple[Backup, Snapshot] | None:
        """The newest copy that can be read, of those that state ``digest`` if one is given."""
        for backup in self.all():
            if backup.digest == digest[:_SHOWN] or not digest:
                try:
                    return backup, backup.read()
                except UserError:
                    continue
        return None

    def tidy(self) -> None:
        """Remove what a writer that was killed has left half written."""
        remove_all_unfinished(self.folder)

    def set_aside_after(self, steps: int) -> Path | None:
        """Move copies with more steps into a folder of their own; the folder, None for no copies.

        They are of another project, or of a later state than the file that was put in its place:
        as backups of this one they would count as the newest. Raises FileError.
        """
        ahead = [backup for backup in self.all() if backup.steps > steps]
        if not ahead:
            return None
        aside = free_name(self.folder, "ahead")
        try:
            aside.mkdir()
            for backup in ahead:
                backup.path.rename(aside / backup.path.name)
        except OSError as error:
            remedy = "The backups in the folder are of another state. Move them yourself."
            raise FileError(self.folder, error, remedy) from error
        return aside

    def keep(
        self, data: bytes, steps: int, now: datetime, *, of_older_version: bool = False
    ) -> Backup:
        """Make a copy of a project file's bytes, read it back, and thin the others.

        One ``of_older_version`` is never thinned: no later copy stands for it. Raises FileError
        or BadBackup, with the others left.
        """
        digest = _OLDER if of_older_version else stated_digest(data)[:_SHOWN]
        name = f"{now.astimezone(UTC):{_TIME}} step {steps} {digest}.mid.json.gz"
        backup = Backup(self.folder / name, now, steps, digest)
        try:
            self.folder.mkdir(exist_ok=True)
            if not _holds(backup.path, data):
                replace_file(backup.path, gzip.compress(data, _FAST, mtime=0))
                if not _holds(backup.path, data):
                    raise BadBackup(backup.path, "it is not what was written")
        except OSError as error:
            raise FileError(self.folder, error, "No backup was made.") from error
        self._thin(now)
        return backup

    def _thin(self, now: datetime) -> None:
        for backup in superfluous(self.all(), now):
            with suppress(OSError):
                backup.path.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    """Whether a copy is whole, read piece by piece: a large project is not held twice for it."""
    place = 0
    try:
        with gzip.open(path) as copy:
            while piece := copy.read(_PIECE):
                if data[place : place + len(piece)] != piece:
                    return False
                place += len(piece)
    except (FileNotFoundError, *_NOT_WHOLE):
        return False
    return place == len(data)


def superfluous(newest_first: Sequence[Backup], now: datetime) -> Iterable[Backup]:
    """The copies that are not kept: of each span of time all but the newest."""
    kept: set[str] = set()
    for backup in newest_first:
        if backup.digest == _OLDER:
            continue
        span = _span(backup, now)
        if span in kept:
            yield backup
        kept.add(span)


def _span(backup: Backup, now: datetime) -> str:
    time = backup.time.astimezone(UTC).isoformat()
    for age, length in _THINNING:
        if now - backup.time < age:
            return time[:length]
    return time[:_MONTH]


def _backup_at(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    time = datetime.strptime(found["time"], _TIME).replace(tzinfo=UTC)
    return Backup(path, time, int(found["steps"]), found["digest"])
