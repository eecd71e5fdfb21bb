"""A disk that fails: stands in for calls of the system."""

from __future__ import annotations

import errno
import os
import stat

_fsync = os.fsync


def sync_files_alone(handle: int) -> None:
    """`os.fsync` as on a disk that fails when the names in a folder are written to it."""
    if stat.S_ISDIR(os.fstat(handle).st_mode):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    _fsync(handle)
