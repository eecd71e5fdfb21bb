"""A full disk: a step fails cleanly, and every committed step is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.files.user_error import FileError, UserError
from mideditor.store.project_lock import ProjectInUse
from mideditor.store.project_store import NotSaved, ProjectStore
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

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")

# A process with a file size limit: a write that exceeds it is cut off at the limit.
WITH_SIZE_LIMIT = """
import resource, signal, sys
from pathlib import Path
from mideditor.files.user_error import FileError, UserError
from mideditor.store.project_lock import ProjectInUse
from mideditor.store.project_store import ProjectStore
from tests.store.steps import append_step, append_steps, journal_of

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
project, spare = Path(sys.argv[1]), int(sys.argv[2])
store = ProjectStore.open(project, create=True)
append_steps(store, 3)
size = journal_of(project).stat().st_size
limit(size + spare)
for _ in range(2):
    try:
        append_step(store, reason="long " * 5000)
        print("made")
    except FileError as error:
        print(error)
print(journal_of(project).stat().st_size - size)
limit(resource.RLIM_INFINITY)
print(append_steps(store, 2))
store.abandon()
"""


@pytest.mark.parametrize("spare", [0, 1, 100, 5000, 20_000])
def test_a_partial_write_is_rolled_back(tmp_path: Path, spare: int) -> None:
    project = tmp_path / "p.mid.json"
    done = subprocess.run(
        [sys.executable, "-c", WITH_SIZE_LIMIT, str(project), str(spare)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stderr == ""
    error = (
        f"{journal_of(project)}: File too large. The change was not saved and has not been made. "
        "Free some space or check the folder, then try again."
    )
    assert done.stdout.splitlines() == [error, error, "0", "[4, 5]"]
    assert numbers(project) == [1, 2, 3, 4, 5]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB; skips the test if none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return filler


def test_a_full_disk_loses_nothing_and_work_continues_once_there_is_room(small_disk: Path) -> None:
    project = project_with(small_disk / "p.mid.json", 5)
    saved = project.read_bytes()
    store = ProjectStore.open(project)
    append_step(store)
    filler = fill(small_disk)
    with pytest.raises(FileError, match="No space left on device"):
        append_steps(store, 100)
    committed = list(range(1, len(store.contents.log) + 1))
    with pytest.raises(NotSaved, match=r"All changes are safe in .*p\.mid\.json\.journal"):
        store.close()
    assert project.read_bytes() == saved
    assert numbers(project) == committed
    filler.unlink()
    assert append_step(store) == committed[-1] + 1
    store.close()
    assert files_of(small_disk) == ["p.mid.json"]
    assert len(numbers(project)) == committed[-1] + 1


def test_a_project_abandoned_on_a_full_disk_opens_again(small_disk: Path) -> None:
    project = project_with(small_disk / "p.mid.json", 5)
    store = ProjectStore.open(project)
    append_step(store)
    filler = fill(small_disk)
    store.abandon()
    assert numbers(project) == [1, 2, 3, 4, 5, 6]
    filler.unlink()
    ProjectStore.open(project).close()
    assert numbers(project) == [1, 2, 3, 4, 5, 6]


PAGE = 4096


def leave_free(folder: Path, pages: int) -> Path:
    """Fill a disk except for ``pages`` pages; returns the filler file."""
    filler = fill(folder)
    os.truncate(filler, max(0, filler.stat().st_size - pages * PAGE))
    return filler


def edit_and_save(project: Path, committed: list[int]) -> None:
    """Edit and save until the disk is full; always release the project."""
    store = ProjectStore.open(project)
    try:
        for _ in range(100):
            committed.append(append_step(store, reason="long " * 300))
            store.save()
        store.close()
    finally:
        store.abandon()


@pytest.mark.parametrize("pages", [*range(14), 20, 30])
def test_wherever_the_disk_fills_up_every_committed_step_is_kept(
    small_disk: Path, pages: int
) -> None:
    """In the journal, a snapshot, a backup or the lock: the less room, the earlier it fails."""
    project = crashed_project(small_disk / "p.mid.json", saved=30, unsaved=1)
    filler = leave_free(small_disk, pages)
    committed = [31]
    with pytest.raises((FileError, NotSaved), match="No space left on device"):
        edit_and_save(project, committed)
    assert numbers(project) == list(range(1, committed[-1] + 1))
    filler.unlink()
    store = ProjectStore.open(project)
    assert append_step(store) == committed[-1] + 1
    store.close()
    assert numbers(project) == list(range(1, committed[-1] + 2))
    assert files_of(small_disk) == ["p.mid.json"]
    assert list(backups_of(project).glob("*.unfinished")) == []


def test_a_full_backup_disk_does_not_stop_the_save(small_disk: Path, tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    backups_of(project).symlink_to(small_disk)
    filler = fill(small_disk)
    store = ProjectStore.open(project, create=True)
    append_steps(store, 50)
    store.save()
    assert "No space left on device" in str(store.backup_error)
    assert numbers(project) == list(range(1, 51))
    assert files_of(small_disk) == ["filler"]
    filler.unlink()
    append_step(store)
    store.close()
    assert store.backup_error is None
    assert [backup.steps for backup in store.backups.all()] == [51]


def test_a_damaged_file_is_not_replaced_without_room_to_set_it_aside(small_disk: Path) -> None:
    project = project_with(small_disk / "p.mid.json", 30)
    project.write_bytes(truncated := project.read_bytes()[:-5000])
    filler = fill(small_disk)
    with pytest.raises(FileError, match=r"p\.mid\.json\.damaged-1: No space left on device"):
        ProjectStore.open(project)
    assert project.read_bytes() == truncated
    filler.unlink()
    ProjectStore.open(project).close()
    assert numbers(project) == list(range(1, 31))
    assert files_of(small_disk) == ["p.mid.json", "p.mid.json.damaged-1"]


def test_the_project_is_locked_even_without_room_for_the_holder_file(
    small_disk: Path,
) -> None:
    project = project_with(small_disk / "p.mid.json", 1)
    fill(small_disk)
    store = ProjectStore.open(project)
    with pytest.raises(ProjectInUse) as caught:
        ProjectStore.open(project)
    assert caught.value.holder is None
    with pytest.raises(UserError, match="No space left on device"):
        append_step(store)
    store.close()
    assert files_of(small_disk) == ["filler", "p.mid.json"]


def test_a_copy_to_another_disk_is_complete_when_the_disk_is_full(
    small_disk: Path, tmp_path: Path
) -> None:
    store = ProjectStore.open(project_with(small_disk / "p.mid.json", 5))
    append_step(store)
    fill(small_disk)
    with pytest.raises(NotSaved):
        store.close()
    store.copy_to(tmp_path / "elsewhere.mid.json")
    store.abandon()
    assert numbers(tmp_path / "elsewhere.mid.json") == [1, 2, 3, 4, 5, 6]
