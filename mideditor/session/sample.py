"""The sample project: copied into the user's folder, so that they can try things out safely."""

from __future__ import annotations

from pathlib import Path

from mideditor.files.bundled import bundled_path
from mideditor.files.replacing import replace_file
from mideditor.files.user_error import FileError
from mideditor.session.preferences import user_data_folder

SAMPLE_TEXT = "sample-chapter.txt"
SAMPLE_PROJECT = "sample-chapter.mid.json"


def sample_text() -> Path:
    """The sample chapter as it would be extracted from a book."""
    return bundled_path("data", SAMPLE_TEXT)


def sample_copy() -> Path:
    """The user's copy of the sample project, created if missing; raises FileError."""
    copy = user_data_folder() / SAMPLE_PROJECT
    if not copy.exists():
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            sample = bundled_path("data", SAMPLE_PROJECT).read_bytes()
        except OSError as error:
            remedy = "Make a new project instead and import a chapter into it."
            raise FileError(copy, error, remedy) from error
        replace_file(copy, sample)
    return copy
