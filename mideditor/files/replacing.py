"""Files are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from mideditor.files.user_error import FileError

_UNFINISHED = ".unfinished"
# Folders that may not be read, and file systems that sync no folders.
_CANNOT_SYNC = (errno.EACCES, errno.EINVAL, errno.ENOTSUP)


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` so that a reader finds the old file or the new one, never a part.

    A temporary file in the same folder is written, synced to disk and renamed over the old one,
    whose mode is kept; a symbolic link stays one. What is no file, such as a pipe or a terminal,
    is written to. Raises FileError.
    """
    target = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        if target.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=_UNFINISHED, dir=target.parent
        )
    except OSError as error:
        raise _not_written(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _copy_mode(target, temporary)
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def remove_unfinished(path: Path) -> None:
    """Remove what writers of ``path`` left that were killed at it; to be called by its only one."""
    target = Path(os.path.realpath(path))
    _remove_unfinished(target.parent, f".{target.name}.")


def remove_all_unfinished(folder: Path) -> None:
    """Remove what writers of any file in a folder left; to be called by their only one."""
    _remove_unfinished(folder, ".")


def _remove_unfinished(folder: Path, beginning: str) -> None:
    with suppress(OSError):
        for file in folder.iterdir():
            if file.name.startswith(beginning) and file.name.endswith(_UNFINISHED):
                file.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the folder's own entries (a new or renamed file) durable where the system can."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def _copy_mode(target: Path, temporary: Path) -> None:
    if target.exists():
        shutil.copymode(target, temporary)
    else:
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)


def _not_written(path: Path, error: OSError) -> FileError:
    return FileError(
        path,
        error,
        "It was not written and is as it was. "
        "Choose another place or free some space, then try again.",
    )
