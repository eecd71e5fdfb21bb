"""Missing folders, lost permissions, truncated files, clocks set back, odd names."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mideditor.files.user_error import FileError
from mideditor.store.project import DamagedProject
from mideditor.store.project_store import NotSaved, ProjectStore
from tests.store.ordinary_user import run_as_ordinary_user, shared_folder
from tests.store.steps import (
    append_step,
    append_steps,
    backups_of,
    crashed_project,
    files_of,
    journal_of,
    numbers,
    project_with,
)


def test_nothing_is_lost_while_a_folder_is_missing(tmp_path: Path) -> None:
    folder, moved = tmp_path / "share", tmp_path / "share (away)"
    folder.mkdir()
    store = ProjectStore.open(project_with(folder / "p.mid.json", 2))
    append_step(store)
    folder.rename(moved)
    with pytest.raises(FileError, match=r"share/p\.mid\.json\.journal: No such file.*not been"):
        append_step(store)
    with pytest.raises(FileError, match=r"p\.mid\.json: No such file"):
        store.save()
    with pytest.raises(NotSaved, match=r"put the folder back, or save the project as another file"):
        store.close()
    store.copy_to(tmp_path / "rescued.mid.json")
    assert numbers(tmp_path / "rescued.mid.json") == [1, 2, 3]
    moved.rename(folder)
    assert append_step(store) == 4
    store.close()
    assert numbers(folder / "p.mid.json") == [1, 2, 3, 4]
    assert files_of(folder) == ["p.mid.json"]


def test_a_file_deleted_while_open_is_written_again_by_the_next_save(tmp_path: Path) -> None:
    store = ProjectStore.open(project_with(tmp_path / "p.mid.json", 2))
    store.path.unlink()
    assert not store.was_changed_outside()
    store.save()
    assert numbers(store.path) == [1, 2]
    store.close()


PERMISSION_LOST = """
store = ProjectStore.open(project)
append_step(store)
for path, mode in ((project.parent, 0o555), (journal_of(project), 0o444)):
    path.chmod(mode)
for act in (lambda: append_step(store), store.save, store.close):
    try:
        act()
        print("done")
    except UserError as error:
        print(error)
for path, mode in ((project.parent, 0o755), (journal_of(project), 0o644)):
    path.chmod(mode)
append_step(store)
store.close()
print(numbers(project))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_nothing_is_lost_while_a_permission_is_missing() -> None:
    with shared_folder() as folder:
        project = folder / "mine" / "p.mid.json"
        lines = run_as_ordinary_user(PERMISSION_LOST, project).splitlines()
        denied = "Permission denied"
        assert lines[0].startswith(f"{journal_of(project)}: {denied}. The change was not saved")
        assert lines[1].startswith(f"{project}: {denied}. It was not written and is as it was.")
        assert lines[2].endswith(
            f"All changes are safe in {journal_of(project)}; keep it beside p.mid.json, "
            "and they will be put in when the project is next opened."
        )
        assert lines[3:] == ["[1, 2]"]
        assert files_of(folder / "mine") == ["p.mid.json"]


BACKUPS_CLOSED = """
store = ProjectStore.open(project)
append_step(store)
store.save()
backups_of(project).chmod(0o555)
append_step(store)
store.save()
print(store.backup_error)
backups_of(project).chmod(0o755)
append_step(store)
store.save()
print(store.backup_error)
store.close()
print(numbers(project))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_a_read_only_backup_folder_does_not_stop_the_save() -> None:
    with shared_folder() as folder:
        project = folder / "mine" / "p.mid.json"
        error, none, found = run_as_ordinary_user(BACKUPS_CLOSED, project).splitlines()
        assert error.startswith(f"{backups_of(project)}/")
        assert "Permission denied" in error
        assert (none, found) == ("None", "[1, 2, 3]")


with tempfile.TemporaryDirectory() as _name:
    WHOLE = project_with(Path(_name, "p.mid.json"), 4).read_bytes()
    crashed_project(Path(_name, "q.mid.json"), saved=0, unsaved=4)
    JOURNAL = journal_of(Path(_name, "q.mid.json")).read_bytes()


@given(st.integers(0, len(WHOLE) - 3))
@settings(max_examples=60)
def test_a_file_truncated_anywhere_is_repaired_or_refused(length: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        project = project_with(Path(name, "p.mid.json"), 4)
        project.write_bytes(WHOLE[:length])
        shutil.move(backups_of(project), Path(name, "backups"))
        with pytest.raises(DamagedProject, match=r"p\.mid\.json is damaged"):
            ProjectStore.open(project)
        assert project.read_bytes() == WHOLE[:length]
        shutil.move(Path(name, "backups"), backups_of(project))
        ProjectStore.open(project).close()
        assert project.read_bytes() == WHOLE
        assert files_of(Path(name)) == ["p.mid.json", "p.mid.json.damaged-1"]
        assert Path(name, "p.mid.json.damaged-1").read_bytes() == WHOLE[:length]


@given(st.integers(0, len(JOURNAL)))
@settings(max_examples=60)
def test_a_journal_truncated_anywhere_yields_its_complete_steps(length: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        project = Path(name, "p.mid.json")
        truncated = JOURNAL[:length]
        journal_of(project).write_bytes(truncated)
        store = ProjectStore.open(project, create=True)
        complete = truncated.count(b"\n")
        assert len(store.contents.log) == store.opened.recovered == complete
        is_torn = not truncated.endswith(b"\n") and truncated != b""
        assert [path.read_bytes() for path in store.opened.set_aside] == [truncated] * is_torn
        assert append_step(store) == complete + 1
        store.close()
        assert numbers(project) == list(range(1, complete + 2))


def test_a_clock_set_back_changes_neither_the_order_nor_the_newest_backup(tmp_path: Path) -> None:
    noon = datetime(2026, 3, 14, 12, tzinfo=UTC)
    times = [noon - timedelta(days=400 * number) for number in range(5)]
    clock = iter(times)
    for steps, time in enumerate(times, start=1):
        store = ProjectStore.open(tmp_path / "p.mid.json", create=True, now=lambda: next(clock))
        assert append_step(store) == steps
        store.close()
        newest = store.backups.all()[0]
        assert (newest.steps, newest.time) == (steps, time)
    store.path.write_bytes(b"")
    store = ProjectStore.open(store.path)
    assert list(store.contents.log) == [1, 2, 3, 4, 5]
    store.close()


@pytest.mark.parametrize(
    "name", ["Kapitel 7 – Großmächte", "第七章", "a'b\"c", "100 %s {0} [x]*?", "-rf", ".hidden"]
)
def test_a_project_can_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    project = project_with(folder / f"{name}.mid.json", 3)
    project.write_bytes(b"{")
    store = ProjectStore.open(project)
    assert store.opened.backup is not None
    append_steps(store, 1)
    store.close()
    assert numbers(project) == [1, 2, 3, 4]
    assert files_of(folder) == sorted([project.name, f"{project.name}.damaged-1"])
