"""The settings stored between runs; a damaged file counts as the defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.files.bundled import bundled_path
from mideditor.files.user_error import FileError
from mideditor.session.preferences import Preferences, login_name, preferences_path
from mideditor.session.project.verifying import faults
from mideditor.session.sample import SAMPLE_PROJECT, sample_copy
from mideditor.session.session import Session

pytestmark = pytest.mark.needs_file


@pytest.fixture(autouse=True)
def no_preferences() -> None:
    """The folders of the tests are not the user's own: see tests/conftest.py."""
    preferences_path().unlink(missing_ok=True)


def test_saved_preferences_are_loaded() -> None:
    saved = Preferences(coder="Ana ñ", theme="dark", last_project=Path("/a b/c.mid.json"))
    saved.save()
    assert Preferences.load() == saved
    assert Preferences.load().signature == "Ana ñ"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"coder": 7}', b"\xff"])
def test_a_damaged_file_counts_as_the_defaults(content: bytes) -> None:
    preferences_path().parent.mkdir(parents=True, exist_ok=True)
    preferences_path().write_bytes(content)
    assert Preferences.load() == Preferences()
    assert Preferences.load().signature == login_name()


def test_preferences_that_cannot_be_saved_raise_an_error() -> None:
    folder = preferences_path().parent
    folder.mkdir(parents=True, exist_ok=True)
    folder.rmdir()
    folder.write_text("a file where the folder should be", encoding="utf-8")
    try:
        with pytest.raises(FileError, match="mideditor"):
            Preferences(coder="Ana").save()
    finally:
        folder.unlink()


def test_the_sample_is_copied_once_and_is_consistent() -> None:
    copy = sample_copy()
    assert copy.read_bytes() == bundled_path("data", SAMPLE_PROJECT).read_bytes()
    with Session.open(copy, "Ana") as session:
        assert list(faults(session)) == []
        session.undo(session.history.steps[-1].number)
    changed = copy.read_bytes()
    assert sample_copy().read_bytes() == changed
    copy.unlink()
