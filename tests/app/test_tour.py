"""The tour works in a new folder of its own and leaves alone whatever is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mideditor.app.start import tour
from mideditor.app.tour import PICTURE
from mideditor.cli.group import mideditor
from mideditor.domain.changes import ChangeKind
from mideditor.session.sample import SAMPLE_PROJECT, SAMPLE_TEXT, sample_copy
from mideditor.session.session import Session
from tests.cli.shell import call

MADE = [SAMPLE_PROJECT, f"{SAMPLE_PROJECT}.backups", SAMPLE_TEXT, PICTURE]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sample project that was worked on, its backups, and files of these names."""
    (tmp_path / SAMPLE_PROJECT).write_bytes(sample_copy().read_bytes())
    with Session.open(tmp_path / SAMPLE_PROJECT, "Ana") as session:
        session.edit(ChangeKind.CORRECTION, {session.ids()[0]: {"page": 7}}, reason="Misread")
    (tmp_path / SAMPLE_TEXT).write_text("a text of the user’s own", encoding="utf-8")
    (tmp_path / PICTURE).write_text("a picture of the user’s own", encoding="utf-8")
    return tmp_path


def test_no_project_backup_or_text_is_touched_even_while_it_is_open(
    qapp: QApplication, folder: Path
) -> None:
    assert tour in mideditor.commands.values()
    with Session.open(folder / SAMPLE_PROJECT, "Ana") as session:
        session.edit(ChangeKind.CORRECTION, {session.ids()[0]: {"page": 8}}, reason="Misread")
        before = contents(folder)
        for number in (1, 2):
            result = call("tour", "--to", folder)
            assert result.exit_code == 0, result.stderr
            made = folder / f"tour-{number}"
            assert sorted(path.name for path in made.iterdir()) == sorted(MADE)
            assert f"Project  {made / SAMPLE_PROJECT}" in result.stdout
        after = contents(folder)
    assert {name: data for name, data in after.items() if not name.startswith("tour-")} == before


@pytest.mark.parametrize("name", ["file", "file/inside", "link-to-nothing"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    (tmp_path / "link-to-nothing").symlink_to("nothing")
    result = call("tour", "--to", tmp_path / name)
    assert result.exit_code == 2
    assert str(tmp_path / name) in result.stderr
    assert result.stderr.count("\n") == 1
