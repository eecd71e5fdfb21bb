"""Journals left by a crash, a full disk or another project."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.store.project_store import ProjectStore
from tests.store.steps import (
    append_steps,
    crashed_project,
    files_of,
    journal_of,
    numbers,
    project_with,
)


def test_steps_in_the_journal_are_replayed_and_saved(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=3, unsaved=2)
    store = ProjectStore.open(project)
    assert store.opened.recovered == 2
    assert store.opened.set_aside == []
    assert not journal_of(project).exists()
    assert len(append_steps(store, 1)) == 1
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5, 6]


def test_a_project_that_crashed_before_its_first_snapshot_is_recovered(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=0, unsaved=2)
    assert not project.exists()
    store = ProjectStore.open(project)
    assert store.opened.recovered == 2
    store.close()
    assert numbers(project) == [1, 2]


@pytest.mark.parametrize("cut", [1, 2, 9, 10, 40])
def test_a_journal_with_a_torn_last_line_is_set_aside(tmp_path: Path, cut: int) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=3)
    journal = journal_of(project)
    torn = journal.read_bytes()[:-cut]
    journal.write_bytes(torn)
    assert numbers(project) == [1, 2, 3, 4]
    store = ProjectStore.open(project)
    assert (store.opened.recovered, len(store.contents.log)) == (2, 4)
    assert store.opened.set_aside == [tmp_path / "p.mid.json.journal.damaged-1"]
    assert store.opened.set_aside[0].read_bytes() == torn
    append_steps(store, 1)
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5]


def test_replay_stops_at_a_damaged_line_and_nothing_is_discarded(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=0, unsaved=4)
    lines = journal_of(project).read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"Ana", b"Ann")
    journal_of(project).write_bytes(b"".join(lines))
    store = ProjectStore.open(project)
    assert len(store.contents.log) == 2
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == b"".join(lines)
    store.close()


def test_a_second_damaged_journal_does_not_overwrite_the_first(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    for content in (b"first", b"second"):
        journal_of(project).write_bytes(content)
        ProjectStore.open(project).close()
    set_aside = [tmp_path / f"p.mid.json.journal.damaged-{number}" for number in (1, 2)]
    assert [path.read_bytes() for path in set_aside] == [b"first", b"second"]


@pytest.mark.parametrize(("ours", "theirs"), [(2, 4), (4, 2), (2, 2), (0, 3)])
def test_the_journal_of_another_project_is_not_replayed_but_kept(
    tmp_path: Path, ours: int, theirs: int
) -> None:
    project = project_with(tmp_path / "ours.mid.json", ours, author="Ana")
    other = crashed_project(tmp_path / "theirs.mid.json", saved=1, unsaved=theirs, author="Ben")
    foreign = journal_of(other).read_bytes()
    journal_of(other).rename(journal_of(project))
    store = ProjectStore.open(project)
    assert {step["author"] for step in store.contents.log.values()} <= {"Ana"}
    assert len(store.contents.log) == ours
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == foreign
    store.close()


def test_a_journal_that_is_newer_than_the_file_is_kept(tmp_path: Path) -> None:
    """An older copy of the project file was restored beside a newer journal."""
    project = crashed_project(tmp_path / "p.mid.json", saved=4, unsaved=2)
    project.write_bytes(project_with(tmp_path / "old.mid.json", 1).read_bytes())
    store = ProjectStore.open(project)
    assert [step["number"] for step in store.contents.log.values()] == [1]
    assert len(store.opened.set_aside) == 1
    store.close()


def test_a_crash_between_saving_and_deleting_the_journal_does_no_harm(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=3)
    journal = journal_of(project).read_bytes()
    ProjectStore.open(project).close()
    journal_of(project).write_bytes(journal)
    store = ProjectStore.open(project)
    assert (store.opened.recovered, store.opened.set_aside) == (0, [])
    assert len(store.contents.log) == 5
    store.close()
    assert files_of(tmp_path) == ["p.mid.json"]


def test_a_half_written_snapshot_is_removed(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=1)
    (tmp_path / ".p.mid.json.abc123.unfinished").write_bytes(b'{"meta"')
    assert numbers(project) == [1, 2, 3]
    ProjectStore.open(project).close()
    assert files_of(tmp_path) == ["p.mid.json"]


def test_an_empty_journal_is_not_damaged(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 2)
    journal_of(project).write_bytes(b"")
    store = ProjectStore.open(project)
    assert store.opened.set_aside == []
    store.close()
    assert not journal_of(project).exists()


def test_a_recovered_file_equals_a_saved_one(tmp_path: Path) -> None:
    crashed = crashed_project(tmp_path / "crashed.mid.json", saved=2, unsaved=3)
    ProjectStore.open(crashed).close()
    saved = project_with(tmp_path / "saved.mid.json", 5)
    assert crashed.read_bytes() == saved.read_bytes()
