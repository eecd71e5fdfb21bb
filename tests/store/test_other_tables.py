"""Tables that another program puts into the project file, with TinyDB, are kept as they are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from mideditor.session.session import Session
from mideditor.store.documents import Contents
from mideditor.store.layout import digest_of, file_bytes, parse_layout
from mideditor.store.project_store import ProjectStore
from mideditor.store.tinydb_storage import SnapshotStorage
from tests.store.steps import append_step, backups_of, journal_of, numbers, project_with

VERSIONS = Path(__file__).with_name("versions")
NOTES = {"who": "Zoë “the first”", "seen": [1, 2.5, None], "big": 12345678901234567890123}


def add_table(path: Path) -> None:
    with TinyDB(path, encoding="utf-8", ensure_ascii=False) as database:
        database.table("my notes").insert(NOTES)
        database.insert({"a": 1})


def others(path: Path) -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(path.read_bytes())
    own = {"meta", "sources", "records", "log", "originals"}
    return {name: table for name, table in tables.items() if name not in own}


EXPECTED = {"my notes": {"1": NOTES}, "_default": {"1": {"a": 1}}}


def edit_and_save(project: Path) -> None:
    store = ProjectStore.open(project)
    assert (store.opened.altered, store.opened.set_aside) == (False, [])
    append_step(store)
    store.save()
    append_step(store)
    store.close()


def test_it_is_kept_through_saves_and_is_no_change_of_the_project(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    add_table(project)
    for count in (5, 7):
        edit_and_save(project)
        assert others(project) == EXPECTED
        assert numbers(project) == list(range(1, count + 1))


@pytest.mark.parametrize("saved", [True, False])
def test_one_that_is_added_while_the_project_is_open_is_kept(tmp_path: Path, saved: bool) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    store = ProjectStore.open(project)
    if not saved:
        append_step(store)
    add_table(project)
    assert not store.was_changed_outside()
    append_step(store)
    store.close()
    assert others(project) == EXPECTED


def test_it_is_kept_when_records_were_changed_with_it(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    add_table(project)
    with TinyDB(project, encoding="utf-8", ensure_ascii=False) as database:
        database.table("records").update({"page": 77}, doc_ids=[1])
    store = ProjectStore.open(project)
    assert store.opened.outside is not None
    store.close()
    assert others(project) == EXPECTED


def test_it_is_kept_when_the_change_is_settled(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    store = ProjectStore.open(project)
    add_table(project)
    with TinyDB(project, encoding="utf-8", ensure_ascii=False) as database:
        database.table("records").update({"page": 77}, doc_ids=[1])
    assert store.was_changed_outside()
    store.settle_outside()
    append_step(store)
    store.close()
    assert others(project) == EXPECTED


def kill(project: Path) -> None:
    store = ProjectStore.open(project)
    append_step(store)
    store.abandon()
    ProjectStore.open(project).close()


def recover(project: Path) -> None:
    edit_and_save(project)
    project.write_bytes(project.read_bytes()[:-50])
    ProjectStore.open(project).close()


def write_with_our_storage(project: Path) -> None:
    with TinyDB(str(project), storage=SnapshotStorage) as database:
        database.table("log").all()
        database.table("my other notes").insert({"b": 2})
        database.drop_table("my other notes")


def lose_backups(project: Path) -> None:
    shutil.rmtree(backups_of(project))
    edit_and_save(project)


@pytest.mark.parametrize("work", [kill, recover, write_with_our_storage, lose_backups])
def test_it_outlives(tmp_path: Path, work: Callable[[Path], None]) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    add_table(project)
    work(project)
    assert others(project) == EXPECTED
    assert not journal_of(project).exists()


def test_it_is_kept_in_a_copy_and_by_the_migration(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    shutil.copy(VERSIONS / "version-2-edits.mid.json", project)
    add_table(project)
    with Session.open(project, "Ana") as session:
        assert session.file is not None
        session.file.copy_to(tmp_path / "copy.mid.json")
    assert others(project) == EXPECTED
    assert others(tmp_path / "copy.mid.json") == EXPECTED


def test_it_stands_at_the_end_of_the_file_outside_the_digest() -> None:
    contents = Contents(others=b',\n  "mine": {\n    "1": {"a":1}\n  }')
    data = file_bytes(contents)
    assert data.endswith(b'"originals": {},\n  "mine": {\n    "1": {"a":1}\n  }\n}\n')
    again = parse_layout(data)
    assert again is not None
    assert again.others == contents.others
    assert digest_of(contents) == digest_of(Contents())


@pytest.mark.parametrize("offset", range(3, 30))
def test_a_cut_or_bad_table_is_not_taken_for_the_layout(offset: int) -> None:
    data = file_bytes(Contents(others=b',\n  "mine": {\n    "1": {"a":1}\n  }'))
    assert parse_layout(data[:-offset]) is None
    assert parse_layout(data[:-offset] + b"}" + data[-offset:]) is None
