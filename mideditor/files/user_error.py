"""What goes wrong in a way that a person can mend: one clear message, with the way out in it."""

from __future__ import annotations


class UserError(Exception):
    """An error whose message is meant for the user: it names the file, record or field and says
    what to do next. Nothing has been changed where one is raised."""


class FileError(UserError):
    """A file or folder that cannot be read or written."""

    def __init__(self, path: object, error: OSError, remedy: str) -> None:
        super().__init__(f"{path}: {error.strerror or error}. {remedy}")
