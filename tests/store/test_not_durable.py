"""The folder cannot be synced after the project file was replaced: it is replaced, and told so."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from mideditor.files.replacing import NotDurable
from mideditor.store.project_store import NotSaved, ProjectStore
from tests.store.disk import sync_files_alone
from tests.store.steps import append_step, files_of, journal_of, numbers, project_with

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders are not synced there")


def failing(project: Path, monkeypatch: pytest.MonkeyPatch) -> ProjectStore:
    """An open project with two steps more than were saved, whose folder cannot be synced now."""
    store = ProjectStore.open(project_with(project, 2))
    append_step(store)
    append_step(store)
    monkeypatch.setattr(os, "fsync", sync_files_alone)
    return store


def test_the_journal_is_kept_until_the_next_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "p.mid.json"
    store = failing(project, monkeypatch)
    with pytest.raises(NotDurable, match="It was written, but may be as it was before after a"):
        store.save()
    assert len(ProjectStore.open(project, read_only=True).contents.log) == 4
    assert journal_of(project).exists()
    assert not store.was_changed_outside()
    with pytest.raises(NotSaved, match=r"All changes are safe in .*\.journal"):
        store.close()
    monkeypatch.undo()
    store.save()
    assert not journal_of(project).exists()
    assert store.backups.all()[0].steps == 4
    append_step(store)
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5]
    assert files_of(tmp_path) == ["p.mid.json"]


def test_a_killed_editor_leaves_a_project_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "p.mid.json"
    store = failing(project, monkeypatch)
    with pytest.raises(NotDurable):
        store.save()
    store.abandon()
    monkeypatch.undo()
    again = ProjectStore.open(project)
    assert (again.opened.set_aside, again.opened.altered) == ([], False)
    again.close()
    assert numbers(project) == [1, 2, 3, 4]
