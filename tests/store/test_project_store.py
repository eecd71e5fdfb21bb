"""One writer at a time, readers write nothing, and stock TinyDB opens a closed project."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from tinydb import TinyDB

from mideditor.store.project import ReadOnlyProject
from mideditor.store.project_lock import ProjectInUse
from mideditor.store.project_store import NoProject, ProjectStore
from tests.store.steps import (
    append_step,
    append_steps,
    crashed_project,
    files_of,
    journal_of,
    numbers,
    project_with,
)

ROOT = Path(__file__).parents[2]


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_closed_project_opens_with_stock_tinydb(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    with TinyDB(project) as database:
        records = database.table("records").all()
        assert [(record.doc_id, record["page"]) for record in records] == [(1, 3)]
        assert [step["number"] for step in database.table("log")] == [1, 2, 3]


def test_a_project_rewritten_by_tinydb_opens(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 12)
    with TinyDB(project) as database:
        database.table("records").update({"page": 12}, doc_ids=[1])
    assert numbers(project) == list(range(1, 13))


def test_equal_contents_are_equal_bytes(tmp_path: Path) -> None:
    one, other = (project_with(tmp_path / f"{name}.mid.json", 4) for name in "ab")
    assert one.read_bytes() == other.read_bytes()
    store = ProjectStore.open(one)
    store.save()
    store.close()
    assert one.read_bytes() == other.read_bytes()


def test_opening_and_closing_does_not_rewrite_the_file(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    before = project.stat()
    ProjectStore.open(project).close()
    assert (project.stat().st_ino, project.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )


def test_a_second_writer_is_refused_and_the_first_continues(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    first = ProjectStore.open(project)
    with pytest.raises(ProjectInUse, match=r"p\.mid\.json is open in another mideditor window"):
        ProjectStore.open(project)
    append_steps(first, 1)
    first.close()
    ProjectStore.open(project).close()
    assert numbers(project) == [1, 2]


def test_a_second_writer_in_another_process_is_refused(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    first = ProjectStore.open(project)
    command = [sys.executable, "-m", "tests.store.writer", str(project)]
    second = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert "ProjectInUse" in second.stderr
    assert second.stdout == ""
    first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_uses_the_same_lock_and_the_same_journal(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.mid.json"
    link.symlink_to(project)
    store = ProjectStore.open(link)
    with pytest.raises(ProjectInUse):
        ProjectStore.open(project)
    append_steps(store, 1)
    store.abandon()
    assert numbers(project) == [1, 2]
    ProjectStore.open(link).close()
    assert link.is_symlink()
    assert numbers(link) == numbers(project) == [1, 2]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_the_mode_of_the_file_is_kept(tmp_path: Path, mode: int) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    project.chmod(mode)
    store = ProjectStore.open(project)
    append_steps(store, 1)
    store.close()
    assert stat.S_IMODE(project.stat().st_mode) == mode


def test_reading_changes_no_files(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=1)
    with journal_of(project).open("ab") as journal:
        journal.write(b"torn")
    before = files_in(tmp_path)
    store = ProjectStore.open(project, read_only=True)
    assert len(store.contents.log) == 3
    store.close()
    assert files_in(tmp_path) == before


def test_a_project_can_be_read_while_another_has_it_open(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    writer = ProjectStore.open(project)
    append_steps(writer, 2)
    assert numbers(project) == [1, 2, 3]
    writer.save()
    append_steps(writer, 1)
    assert numbers(project) == [1, 2, 3, 4]
    writer.close()


def test_a_reader_or_closed_store_writes_nothing(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    before = files_in(tmp_path)
    reader = ProjectStore.open(project, read_only=True)
    closed = ProjectStore.open(project)
    closed.close()
    for store in (reader, closed):
        with pytest.raises(ReadOnlyProject, match=r"p\.mid\.json is open for reading only"):
            append_step(store)
        with pytest.raises(ReadOnlyProject):
            store.save()
        assert len(store.contents.log) == 1
    assert files_in(tmp_path) == before


def test_a_missing_project_is_named_with_how_to_create_one(tmp_path: Path) -> None:
    for read_only in (True, False):
        with pytest.raises(
            NoProject, match=r"nowhere\.mid\.json: there is no such project.*import"
        ):
            ProjectStore.open(tmp_path / "nowhere.mid.json", read_only=read_only)
    assert list(tmp_path.iterdir()) == []


def test_an_abandoned_new_project_leaves_no_files(tmp_path: Path) -> None:
    ProjectStore.open(tmp_path / "p.mid.json", create=True).abandon()
    assert list(tmp_path.iterdir()) == []


def test_steps_committed_while_a_snapshot_is_taken_are_not_lost(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    store = ProjectStore.open(project, create=True)
    append_steps(store, 1)

    def save_repeatedly() -> None:
        for _ in range(20):
            store.save()

    saving = Thread(target=save_repeatedly)
    saving.start()
    append_steps(store, 60)
    saving.join()
    store.abandon()
    assert numbers(project) == list(range(1, 62))


def test_a_path_can_have_spaces_and_any_script(tmp_path: Path) -> None:
    folder = tmp_path / "Kapitel 7 – Großmächte"
    folder.mkdir()
    project = project_with(folder / "Übersicht 第七章.mid.json", 2)
    assert numbers(project) == [1, 2]
    assert files_of(folder) == [project.name]
