"""Replaces files atomically, and makes new ones that replace none."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mideditor.files.user_error import FileError

_UNFINISHED = ".unfinished"
# The folder is not readable, or its file system cannot sync folders.
_SYNC_UNSUPPORTED = (errno.EACCES, errno.EINVAL, errno.ENOTSUP)
# The file system has no hard links, as FAT has none.
_LINK_UNSUPPORTED = (errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


class NotDurable(FileError):
    """A file was written, but it is not known whether its name is on disk, too."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            path,
            error,
            "It was written, but may be as it was before after a power failure. "
            "Check the disk and save once more.",
        )


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` atomically: a reader sees the old file or the new one.

    Writes a temporary file in the same folder, syncs it and renames it over the old one. Keeps the
    mode of the old file and follows symbolic links. Anything but a regular file, such as a pipe or
    a terminal, is written to directly. Raises FileError: NotDurable if the file is replaced, but
    the rename could not be synced.
    """
    try:
        target = followed(path)
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        if target.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        with _written_beside(target, data) as temporary:
            temporary.replace(target)
    except OSError as error:
        raise _write_error(path, error) from error
    _sync_name(path, target)


def create_file(path: Path, data: bytes) -> bool:
    """Write ``data`` to a new file at ``path`` atomically; raises FileError as `replace_file`.

    Where there is a file already, also one that was made a moment ago, it is left as it is and
    the answer is False.
    """
    try:
        target = followed(path)
        with _written_beside(target, data) as temporary:
            try:
                target.hardlink_to(temporary)
            except OSError as error:
                if error.errno not in _LINK_UNSUPPORTED:
                    raise
                with target.open("xb") as file:
                    file.write(data)
    except FileExistsError:
        return False
    except OSError as error:
        raise _write_error(path, error) from error
    _sync_name(path, target)
    return True


def followed(path: Path) -> Path:
    """The file that a path leads to, with all links resolved, whether or not it exists.

    Raises FileNotFoundError for a path through a folder that is not there, such as
    ``no-folder/../chapter.txt``, if without it the path would lead to a file that is there.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not path.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    return target


@contextmanager
def _written_beside(target: Path, data: bytes) -> Iterator[Path]:
    """A temporary file with ``data``, synced, in the folder of ``target`` and with its mode."""
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name}.", suffix=_UNFINISHED, dir=target.parent
    )
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _copy_mode(target, temporary)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def remove_unfinished(path: Path) -> None:
    """Remove temporary files left by killed writers of ``path``; only its current writer may."""
    target = Path(os.path.realpath(path))
    _remove_unfinished(target.parent, f".{target.name}.")


def remove_all_unfinished(folder: Path) -> None:
    """Remove temporary files left in a folder by killed writers; only its current writer may."""
    _remove_unfinished(folder, ".")


def _remove_unfinished(folder: Path, prefix: str) -> None:
    with suppress(OSError):
        for file in folder.iterdir():
            if file.name.startswith(prefix) and file.name.endswith(_UNFINISHED):
                file.unlink(missing_ok=True)


def _sync_name(path: Path, target: Path) -> None:
    """Sync the name of a file that was written; raises NotDurable."""
    try:
        sync_folder(target.parent)
    except OSError as error:
        raise NotDurable(path, error) from error


def sync_folder(folder: Path) -> None:
    """Sync a folder's entries (a new or renamed file) to disk, if the system supports it."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _SYNC_UNSUPPORTED:
            raise


def _copy_mode(target: Path, temporary: Path) -> None:
    if target.exists():
        shutil.copymode(target, temporary)
    else:
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)


def _write_error(path: Path, error: OSError) -> FileError:
    return FileError(
        path,
        error,
        "It was not written and is as it was. "
        "Choose another place or free some space, then try again.",
    )
