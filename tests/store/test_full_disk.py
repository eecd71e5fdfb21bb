"""A full disk: the step is not made, its part is taken back, all that was committed is there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.files.trouble import FileTrouble
from mideditor.store.project_store import NotSaved, ProjectStore
from tests.store.steps import append_step, append_steps, files_of, journal_of, numbers, project_with

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")

# A process whose files may not grow past a limit: what is written up to it is on disk.
WITHIN_A_LIMIT = """
import resource, signal, sys
from pathlib import Path
from mideditor.files.trouble import FileTrouble
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
    except FileTrouble as trouble:
        print(trouble)
print(journal_of(project).stat().st_size - size)
limit(resource.RLIM_INFINITY)
print(append_steps(store, 2))
store.abandon()
"""


@pytest.mark.parametrize("spare", [0, 1, 100, 5000, 20_000])
def test_a_part_that_was_written_is_taken_back(tmp_path: Path, spare: int) -> None:
    project = tmp_path / "p.mid.json"
    done = subprocess.run(
        [sys.executable, "-c", WITHIN_A_LIMIT, str(project), str(spare)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stderr == ""
    trouble = (
        f"{journal_of(project)}: File too large. The change was not saved and has not been made. "
        "Free some space or check the folder, then try again."
    )
    assert done.stdout.splitlines() == [trouble, trouble, "0", "[4, 5]"]
    assert numbers(project) == [1, 2, 3, 4, 5]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB, where we may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return filler


def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room(small_disk: Path) -> None:
    project = project_with(small_disk / "p.mid.json", 5)
    saved = project.read_bytes()
    store = ProjectStore.open(project)
    append_step(store)
    filler = fill(small_disk)
    with pytest.raises(FileTrouble, match="No space left on device"):
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


def test_a_project_left_on_a_full_disk_opens_again(small_disk: Path) -> None:
    project = project_with(small_disk / "p.mid.json", 5)
    store = ProjectStore.open(project)
    append_step(store)
    filler = fill(small_disk)
    store.abandon()
    assert numbers(project) == [1, 2, 3, 4, 5, 6]
    filler.unlink()
    ProjectStore.open(project).close()
    assert numbers(project) == [1, 2, 3, 4, 5, 6]
