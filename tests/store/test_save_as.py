"""A copy under another name replaces nothing, and no project that is open elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mideditor.files.outputs import AlreadyThere
from mideditor.files.user_error import UserError
from mideditor.store.project_lock import ProjectInUse, ProjectLock
from mideditor.store.project_store import ProjectStore
from tests.store.steps import append_steps, files_of, numbers, project_with


def saved(path: Path) -> None:
    store = ProjectStore.open(path, create=True)
    append_steps(store, 3, author="Ben")
    store.save()


def never_saved(path: Path) -> None:
    append_steps(ProjectStore.open(path, create=True), 3, author="Ben")


def without_steps(path: Path) -> None:
    ProjectStore.open(path, create=True)


@pytest.mark.parametrize("other", [saved, never_saved, without_steps])
def test_a_project_that_is_open_elsewhere_is_left_as_it_is(
    tmp_path: Path, other: Callable[[Path], object]
) -> None:
    store = ProjectStore.open(project_with(tmp_path / "p.mid.json", 2))
    target = tmp_path / "open.mid.json"
    other(target)
    before = {path: path.read_bytes() for path in tmp_path.glob("open*") if path.is_file()}
    with pytest.raises(UserError) as caught:
        store.copy_to(target)
    assert isinstance(caught.value, AlreadyThere | ProjectInUse)
    assert "open.mid.json" in str(caught.value)
    assert {path: path.read_bytes() for path in tmp_path.glob("open*") if path.is_file()} == before
    store.close()


def test_one_that_is_being_opened_at_this_moment_is_in_use(tmp_path: Path) -> None:
    store = ProjectStore.open(project_with(tmp_path / "p.mid.json", 2))
    target = tmp_path / "open.mid.json"
    lock = ProjectLock.acquire(target)
    with pytest.raises(UserError):
        store.copy_to(target)
    lock.release()
    store.copy_to(target)
    assert numbers(target) == [1, 2]
    store.close()
    assert files_of(tmp_path) == ["open.mid.json", "p.mid.json"]
