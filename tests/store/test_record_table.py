"""Records stand in the file in the order of the book, which is trusted on opening."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB
from tinydb.storages import JSONStorage

from mideditor.domain.changes import ChangeKind
from mideditor.session.session import Session
from mideditor.store.document_table import encode
from mideditor.store.layout import file_bytes, parse_layout
from mideditor.store.project_store import ProjectStore
from mideditor.store.record_table import RecordTable
from tests.session.chapters import ALASKA, FRAGMENT, REFERENCE, TRAINER, imported
from tests.store.steps import backups_of

IN_ORDER = [FRAGMENT, ALASKA, TRAINER, REFERENCE]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A closed project of four records, whose ids are in another order than the book."""
    with imported(tmp_path) as session:
        path = session.path
    assert sorted(IN_ORDER) != IN_ORDER
    return path


def ids_in_file(project: Path) -> list[int]:
    """The ids of the records in the order in which the file has them."""
    return [int(record) for record in json.loads(project.read_bytes())["records"]]


def ids_of(project: Path) -> list[int]:
    return ProjectStore.open(project, read_only=True).contents.record_ids()


def test_the_file_keeps_the_order_of_the_book(project: Path) -> None:
    assert ids_in_file(project) == ids_of(project) == IN_ORDER


def test_the_order_of_an_unaltered_file_is_trusted(project: Path) -> None:
    """So that opening need not look at every record; only the program itself writes such a file."""
    contents = parse_layout(project.read_bytes())
    assert contents is not None
    assert contents.record_ids() == IN_ORDER
    rows = contents.records.encoded()
    turned = RecordTable({one: rows[one] for one in reversed(IN_ORDER)}, is_ordered=True)
    assert turned.ids() == IN_ORDER[::-1]
    again = RecordTable(turned.encoded())
    again.source_names = contents.records.source_names
    assert again.ids() == IN_ORDER


def test_a_record_with_another_page_stands_elsewhere_in_the_file(project: Path) -> None:
    with Session.open(project, "Ana") as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 2000}})
        assert session.ids() == [FRAGMENT, TRAINER, REFERENCE, ALASKA]
    assert ids_in_file(project) == ids_of(project) == [FRAGMENT, TRAINER, REFERENCE, ALASKA]


def test_another_value_moves_no_record(project: Path) -> None:
    with Session.open(project, "Ana") as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"dispute_number": 1}})
        assert session.ids() == IN_ORDER
    assert ids_in_file(project) == IN_ORDER


class SortedStorage(JSONStorage):
    """A stock storage of TinyDB that writes the rows in another order, as its options allow."""

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        super().write(
            {
                name: {key: rows[key] for key in sorted(rows, key=lambda key: str(key)[::-1])}
                for name, rows in data.items()
            }
        )


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="as it is"),
        pytest.param({"sort_keys": True}, id="keys sorted as texts"),
        pytest.param({"storage": SortedStorage}, id="rows in another order"),
        pytest.param({"indent": 2, "sort_keys": True}, id="sorted and indented"),
    ],
)
def test_a_file_rewritten_by_tinydb_is_put_in_order_again(
    project: Path, options: dict[str, Any]
) -> None:
    with TinyDB(project, encoding="utf-8", **options) as database:
        database.table("records").update({"outcome": "Stalemate"}, doc_ids=[ALASKA])
    written = project.read_bytes()
    store = ProjectStore.open(project)
    assert store.opened.altered
    assert store.opened.outside is not None
    assert store.opened.outside.records[ALASKA]["outcome"] == "Stalemate"
    assert store.opened.outside.record_ids() == IN_ORDER
    assert store.contents.records[ALASKA]["outcome"] == "Unclear"
    assert [path.read_bytes() for path in store.opened.set_aside] == [written]
    store.close()
    assert ids_in_file(project) == IN_ORDER


def test_a_file_written_by_tinydb_without_a_change_is_read_as_it_was_saved(project: Path) -> None:
    saved = project.read_bytes()
    with TinyDB(project, encoding="utf-8") as database:
        database.table("records").update(lambda _: None, doc_ids=[ALASKA])
    assert project.read_bytes() != saved
    store = ProjectStore.open(project)
    assert not store.opened.altered
    assert store.contents.record_ids() == IN_ORDER
    assert file_bytes(store.contents) == saved
    store.close()


def test_a_file_whose_keys_were_sorted_is_opened_as_it_was_saved(project: Path) -> None:
    saved = project.read_bytes()
    with TinyDB(project, encoding="utf-8", sort_keys=True) as database:
        database.table("records").update(lambda _: None, doc_ids=[ALASKA])
    store = ProjectStore.open(project)
    outside = store.opened.outside
    assert outside is not None
    assert dict(outside.records) == dict(store.contents.records)
    assert dict(outside.originals) == dict(store.contents.originals)
    store.close()
    assert project.read_bytes() == saved


def test_records_moved_by_another_program_are_put_in_order(project: Path) -> None:
    """Without a backup to compare with, the file is taken as it is now."""
    for backup in backups_of(project).iterdir():
        backup.unlink()
    with TinyDB(project, encoding="utf-8", sort_keys=True) as database:
        database.table("records").update({"page": 2000}, doc_ids=[FRAGMENT])
    store = ProjectStore.open(project)
    moved = [ALASKA, TRAINER, REFERENCE, FRAGMENT]
    assert store.opened.altered
    assert store.contents.record_ids() == moved
    store.close()
    assert ids_in_file(project) == moved


def test_a_copy_is_ordered_on_its_own() -> None:
    table = RecordTable({n: encode({"kind": "fragment", "page": 9 - n}) for n in (1, 2, 3)})
    copy = table.copy()
    assert table.ids() == [3, 2, 1]
    copy[1] = {"kind": "fragment", "page": 1}
    copy.reorder([1])
    assert copy.ids() == [1, 3, 2]
    assert table.ids() == [3, 2, 1]
