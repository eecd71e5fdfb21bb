"""A backup of the project, as it is listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class BackupRow:
    """One backup: its file, when it was made (UTC), and how many steps its log has."""

    path: Path
    time: datetime
    steps: int
