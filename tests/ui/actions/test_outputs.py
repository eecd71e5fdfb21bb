"""What the window writes takes the place of no project, journal, backup or table that is read."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from mideditor.domain.codes import Fatalities
from tests.reference.tables import DISPUTES, written
from tests.ui.conftest import Person, record_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")

WRITERS = ("export_text", "report_findings", "report_comparison", "save_work_picture")

TARGETS = (
    "page.mid.json",
    "link.png",
    "hard.png",
    "page.mid.json.journal",
    "page.mid.json.lock",
    "page.mid.json.holder",
    "page.mid.json.backups/picture.png",
    "other.png",
    "backup.html",
    "new.mid.json",
    "folder",
)


@pytest.fixture
def desk(person: Person, tmp_path: Path, project: Path) -> Person:
    """A user with an edit in the journal, a comparison, and copies of the project around."""
    (tmp_path / "link.png").symlink_to(project)
    (tmp_path / "hard.png").hardlink_to(project)
    (tmp_path / "other.png").write_bytes(project.read_bytes())
    (tmp_path / "backup.html").write_bytes(gzip.compress(project.read_bytes()))
    (tmp_path / "folder").mkdir()
    person.answers.tables = [written(tmp_path, "MIDA.csv", DISPUTES)]
    person.window.run("compare_published")
    person.wait_for_job()
    person.view.desk.select(record_of(person, 9101))
    assert person.view.desk.commit("fatalities", Fatalities.TO_25)
    person.bot.waitUntil(lambda: not person.view.published.lane.running)
    person.bot.waitUntil(lambda: person.view.findings.all_findings() is not None)
    return person


def write(person: Person, command: str, target: Path) -> None:
    """Run a command and choose a file for what it writes."""
    person.answers.target = (target, "text")
    person.answers.report = person.answers.save_path = target
    person.view.banner.hide()
    person.window.run(command)
    person.wait_for_job()


def state(folder: Path) -> dict[str, object]:
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("command", WRITERS)
def test_no_file_of_a_project_is_replaced(desk: Person, tmp_path: Path, command: str) -> None:
    before = state(tmp_path)
    for name in TARGETS:
        write(desk, command, tmp_path / name)
        assert not desk.view.banner.isHidden()
        assert f"{tmp_path / name} " in desk.view.banner.text
        assert "Nothing was written; choose another name." in desk.view.banner.text
        assert state(tmp_path) == before


def test_the_report_of_a_comparison_does_not_replace_its_table(
    desk: Person, tmp_path: Path
) -> None:
    (tmp_path / "table.html").symlink_to("MIDA.csv")
    for name in ("MIDA.csv", "table.html"):
        write(desk, "report_comparison", tmp_path / name)
        assert f"{name} is a file that is to be read" in desk.view.banner.text
    assert (tmp_path / "MIDA.csv").read_text(encoding="utf-8") == DISPUTES


@pytest.mark.parametrize(
    ("command", "name"), [*zip(WRITERS, ("a.txt", "a.html", "b.csv", "a.png"), strict=True)]
)
def test_an_earlier_file_is_replaced(desk: Person, tmp_path: Path, command: str, name: str) -> None:
    (tmp_path / name).write_bytes(b"earlier")
    write(desk, command, tmp_path / name)
    assert desk.view.banner.isHidden()
    assert (tmp_path / name).read_bytes() != b"earlier"


def test_a_picture_without_an_ending_is_refused(desk: Person, tmp_path: Path) -> None:
    write(desk, "save_work_picture", tmp_path / "work.txt")
    assert "work.txt has no ending that says what picture it is" in desk.view.banner.text
    assert not (tmp_path / "work.txt").exists()


@pytest.mark.parametrize(
    "name", ["other.mid.json", "notes.json", "gone.mid.json", "open.mid.json", "lost.mid.json"]
)
def test_save_as_replaces_nothing(desk: Person, tmp_path: Path, project: Path, name: str) -> None:
    (tmp_path / "other.mid.json").write_bytes(project.read_bytes())
    (tmp_path / "notes.json").write_bytes(b"{}")
    (tmp_path / "gone.mid.json.backups").mkdir()
    (tmp_path / "open.mid.json.lock").touch()
    (tmp_path / "lost.mid.json.journal").write_bytes(b"")
    before = state(tmp_path)
    desk.answers.save_path = tmp_path / name
    desk.window.run("save_as")
    assert "is there already and is not replaced" in desk.view.banner.text
    assert state(tmp_path) == before
    assert desk.view.desk.session.path == project
