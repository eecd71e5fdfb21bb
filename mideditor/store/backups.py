"""Copies of the project file beside it: every hour of a day, every day of a month, every month.

Each save makes one, in the place of the one before of the same hour, so that the newest is always
what was saved last.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mideditor.files.replacing import remove_all_unfinished, replace_file
from mideditor.files.trouble import FileTrouble, Trouble
from mideditor.store.layout import stated_digest
from mideditor.store.snapshot import Snapshot, snapshot_of

_FAST = 1
_SHOWN = 12
_TIME = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\dT\d{6}Z) step (?P<steps>\d+) (?P<digest>[0-9a-f]{12}|old)"
    r"\.mid\.json\.gz"
)

# For how long the newest copy of each span of time is kept, spans named by the beginning of the
# time's text; after that, one a month.
_THINNING = ((timedelta(days=1), len("2026-11-22T10")), (timedelta(days=30), len("2026-11-22")))
_MONTH = len("2026-11")


class BadBackup(Trouble):
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
        """The project as it was; raises BadBackup, FileTrouble or NewerProject."""
        try:
            data = gzip.decompress(self.path.read_bytes())
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise BadBackup(self.path, str(error)) from error
        except OSError as error:
            raise FileTrouble(self.path, error, "Choose another backup.") from error
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
                except Trouble:
                    continue
        return None

    def tidy(self) -> None:
        """Remove what a writer that was killed has left half written."""
        remove_all_unfinished(self.folder)

    def keep(self, data: bytes, steps: int, now: datetime) -> Backup:
        """Make a copy of a project file's bytes, read it back, and thin the older ones.

        Raises FileTrouble or BadBackup, with the older ones left.
        """
        digest = stated_digest(data)[:_SHOWN] or "old"
        name = f"{now.astimezone(UTC):{_TIME}} step {steps} {digest}.mid.json.gz"
        backup = Backup(self.folder / name, now, steps, digest)
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise FileTrouble(self.folder, error, "No backup was made.") from error
        if not backup.path.exists():
            replace_file(backup.path, gzip.compress(data, _FAST, mtime=0))
        if gzip.decompress(backup.path.read_bytes()) != data:
            raise BadBackup(backup.path, "it is not what was written")
        self._thin(now)
        return backup

    def _thin(self, now: datetime) -> None:
        for backup in superfluous(self.all(), now):
            backup.path.unlink(missing_ok=True)


def superfluous(newest_first: Sequence[Backup], now: datetime) -> Iterable[Backup]:
    """The copies that are not kept: of each span of time all but the newest."""
    kept: set[str] = set()
    for backup in newest_first:
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
