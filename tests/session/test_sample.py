"""The user's copy of the sample: made where there is none, and never in the place of work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.files.bundled import bundled_path
from mideditor.session.preferences import user_data_folder
from mideditor.session.sample import SAMPLE_PROJECT, sample_copy
from mideditor.session.session import Session

pytestmark = pytest.mark.needs_file


@pytest.fixture(autouse=True)
def copy() -> Iterator[Path]:
    """The copy, after work that is still in its journal was left by a killed editor."""
    copy = sample_copy()
    backups = copy.with_name(f"{copy.name}.backups")
    backups.mkdir()
    (backups / "kept").write_bytes(b"a backup")
    with Session.open(copy, "Ana") as session:
        session.edit(ChangeKind.CORRECTION, {session.ids()[0]: {"page": 7}}, reason="Misread")
        journal = _journal(copy).read_bytes()
    _journal(copy).write_bytes(journal)
    yield copy
    for path in sorted(user_data_folder().rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _journal(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.journal")


def test_a_journal_without_its_file_is_left_to_be_opened(copy: Path) -> None:
    copy.unlink()
    before = _journal(copy).read_bytes()
    assert sample_copy() == copy
    assert not copy.exists()
    assert _journal(copy).read_bytes() == before
    with Session.open(copy, "Ana") as session:
        assert session.history.steps[-1].reason == "Misread"


def test_backups_without_their_file_are_kept_under_another_name(copy: Path) -> None:
    copy.unlink()
    _journal(copy).unlink()
    assert sample_copy().read_bytes() == bundled_path("data", SAMPLE_PROJECT).read_bytes()
    kept = copy.with_name(f"{copy.name}.backups.ahead-1")
    assert (kept / "kept").read_bytes() == b"a backup"
    assert not copy.with_name(f"{copy.name}.backups").exists()
