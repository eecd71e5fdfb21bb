"""Errors that the user can fix: one clear message that says what to do."""

from __future__ import annotations


class UserError(Exception):
    """An error whose message is shown to the user.

    It names the file, record or field and says what to do next. Whatever raises it has changed
    nothing.
    """


class FileError(UserError):
    """A file or folder that cannot be read or written."""

    def __init__(self, path: object, error: OSError, remedy: str) -> None:
        super().__init__(f"{path}: {error.strerror or error}. {remedy}")
