"""The sample project: copied into the user's folder, so that they can try things out safely."""

from __future__ import annotations

from pathlib import Path

from mideditor.files.bundled import bundled_path
from mideditor.files.project_name import files_beside
from mideditor.files.replacing import create_file
from mideditor.files.user_error import FileError
from mideditor.session.preferences import user_data_folder
from mideditor.store.set_aside import unused_name

SAMPLE_TEXT = "sample-chapter.txt"
SAMPLE_PROJECT = "sample-chapter.mid.json"


def sample_text() -> Path:
    """The sample chapter as it would be extracted from a book."""
    return bundled_path("data", SAMPLE_TEXT)


def sample_copy() -> Path:
    """The user's copy of the sample project, created if missing; raises FileError.

    Where only its journal is left, that is left to be opened; backups that are left without a
    project are kept under another name.
    """
    copy = user_data_folder() / SAMPLE_PROJECT
    journal, _lock, _holder, backups = files_beside(copy)
    if copy.exists() or journal.exists():
        return copy
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        if backups.exists():
            backups.rename(unused_name(backups, "ahead"))
        sample = bundled_path("data", SAMPLE_PROJECT).read_bytes()
    except OSError as error:
        remedy = "Make a new project instead and import a chapter into it."
        raise FileError(copy, error, remedy) from error
    create_file(copy, sample)
    return copy
