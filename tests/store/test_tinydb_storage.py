"""Another program writes with our TinyDB storage: atomic, and noticed on opening."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB

from mideditor.store.documents import NotAProject
from mideditor.store.project_store import ProjectStore
from mideditor.store.tinydb_storage import SnapshotStorage
from tests.store.steps import project_with


def test_its_changes_keep_our_layout_and_are_offered_on_opening(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    before = project.read_text(encoding="utf-8").splitlines()
    with TinyDB(str(project), storage=SnapshotStorage) as database:
        database.table("records").update({"page": 12}, doc_ids=[1])
    after = project.read_text(encoding="utf-8").splitlines()
    changed = [line for line in after if line not in before and '"length"' not in line]
    assert changed == ['      "page": 12,']
    store = ProjectStore.open(project)
    assert store.opened.altered
    assert store.contents.records[1]["page"] == 3
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 12
    store.close()


def test_reading_changes_nothing(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 2)
    before = project.read_bytes()
    with TinyDB(str(project), storage=SnapshotStorage) as database:
        assert [step["number"] for step in database.table("log")] == [1, 2]
    assert project.read_bytes() == before


def test_tables_that_are_not_a_project_are_not_written(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 2)
    before = project.read_bytes()
    with (
        TinyDB(str(project), storage=SnapshotStorage) as database,
        pytest.raises(NotAProject),
    ):
        database.drop_tables()
    assert project.read_bytes() == before
