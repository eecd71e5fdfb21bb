"""One editor at a time: the others see who has the lock, and a killed process holds none."""

from __future__ import annotations

import getpass
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mideditor.store.project_lock import CannotLock, Holder, ProjectInUse, holder_of
from mideditor.store.project_store import ProjectStore
from tests.store.ordinary_user import open_as_ordinary_user, shared_folder
from tests.store.steps import append_step, files_of, journal_of, numbers, project_with

ROOT = Path(__file__).parents[2]

HOLD = """
import sys, time
from pathlib import Path
from tests.store.steps import append_step
from mideditor.store.project_store import ProjectStore
store = ProjectStore.open(Path(sys.argv[1]))
print(append_step(store), flush=True)
sys.stdin.read()
"""


def holder_file(project: Path) -> Path:
    return project.with_name(f"{project.name}.holder")


def lock_file(project: Path) -> Path:
    return project.with_name(f"{project.name}.lock")


def test_a_second_writer_sees_who_has_the_project_and_since_when(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    before = datetime.now(UTC)
    first = ProjectStore.open(project)
    with pytest.raises(ProjectInUse) as caught:
        ProjectStore.open(project)
    holder = caught.value.holder
    assert holder is not None
    assert (holder.user, holder.host) == (getpass.getuser(), platform.node())
    assert before <= holder.since <= datetime.now(UTC)
    message = str(caught.value)
    assert message.startswith(f"{project} is open in another mideditor window or command (")
    assert f"{holder.user} on {holder.host}, since {holder.since.astimezone():%H:%M}" in message
    assert message.endswith("Close it there and try again.")
    first.close()
    assert holder_of(project) is None


def test_the_holder_shows_the_day_unless_it_is_today() -> None:
    since = datetime(2026, 3, 14, 12, tzinfo=UTC)
    message = str(Holder(user="anna", host="archive-3", since=since))
    assert message.startswith("anna on archive-3, since ")
    assert message.endswith(" on 14 March 2026")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")
def test_the_lock_of_a_killed_process_is_released_at_once(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    command = [sys.executable, "-c", HOLD, str(project)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "2\n"
        with pytest.raises(ProjectInUse, match=f"{getpass.getuser()} on {platform.node()}"):
            ProjectStore.open(project)
        other.kill()
        other.wait()
    assert files_of(tmp_path) == [
        "p.mid.json",
        "p.mid.json.holder",
        "p.mid.json.journal",
        "p.mid.json.lock",
    ]
    store = ProjectStore.open(project)
    assert store.opened.recovered == 1
    store.close()
    assert files_of(tmp_path) == ["p.mid.json"]
    assert numbers(project) == [1, 2]


GARBAGE = [
    b"",
    b"{",
    b"\xff\x00\x80",
    b'{"user": "anna"}',
    b'{"user": "anna", "host": "archive-3", "since": "yesterday"}',
    b'{"user": "anna", "host": "archive-3", "since": "2026-03-14T12:00:00"}',
    b'{"user": 7, "host": null, "since": 0}',
]


@pytest.mark.parametrize("content", GARBAGE)
def test_a_corrupt_holder_file_names_nobody(tmp_path: Path, content: bytes) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    first = ProjectStore.open(project)
    holder_file(project).write_bytes(content)
    with pytest.raises(ProjectInUse, match=r"mideditor window or command\. Close it") as caught:
        ProjectStore.open(project)
    assert caught.value.holder is None
    first.close()
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_holder_with_an_extreme_time_can_be_shown(since: str) -> None:
    holder = Holder.model_validate_json(f'{{"user": "a", "host": "b", "since": "{since}"}}')
    assert str(holder).startswith("a on b")


@pytest.mark.parametrize("content", [b"", b"12345\n", b"\x00garbage"])
def test_leftover_lock_files_do_not_lock_the_project(tmp_path: Path, content: bytes) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    lock_file(project).write_bytes(content)
    holder_file(project).write_bytes(b'{"user": "anna", "host": "archive-3"}')
    store = ProjectStore.open(project)
    append_step(store)
    store.close()
    assert files_of(tmp_path) == ["p.mid.json"]


def test_a_folder_in_place_of_the_holder_file_does_no_harm(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    holder_file(project).mkdir()
    first = ProjectStore.open(project)
    with pytest.raises(ProjectInUse, match=r"mideditor window or command\. Close it"):
        ProjectStore.open(project)
    append_step(first)
    first.close()
    assert numbers(project) == [1, 2]


def test_a_folder_in_place_of_the_lock_file_is_an_error(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    lock_file(project).mkdir()
    with pytest.raises(CannotLock, match=r"p\.mid\.json: "):
        ProjectStore.open(project)
    assert numbers(project) == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_in_a_read_only_folder_the_project_can_only_be_read() -> None:
    with shared_folder() as folder:
        project = project_with(folder / "p.mid.json", 1)
        project.chmod(0o644)
        folder.chmod(0o555)
        message = open_as_ordinary_user(project, "write")
        assert message.startswith(f"{project}: Permission denied. Choose a folder")
        assert open_as_ordinary_user(project, "read") == "opened"
        assert not journal_of(project).exists()


def test_a_released_project_can_be_opened_at_once(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    for number in range(2, 20):
        store = ProjectStore.open(project)
        assert append_step(store) == number
        store.abandon()
    assert files_of(tmp_path) == ["p.mid.json", "p.mid.json.journal"]
