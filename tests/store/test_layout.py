"""The layout of the project file: parsed by indentation here, and as JSON by other programs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import orjson
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from mideditor.store.document_table import DocumentTable
from mideditor.store.documents import Contents, contents_of
from mideditor.store.layout import digest_of, file_bytes, parse_layout, stored_digest
from mideditor.store.snapshot import snapshot_of

PATH = Path("p.mid.json")
few = settings(max_examples=40)

Tables = dict[str, dict[int, dict[str, Any]]]

TRICKY_TEXTS = (
    '"records": {',
    '\n  "records": {\n    "1": {}\n  }',
    ',\n  "sources": {',
    '\n    "7": {"kind": "entry"}',
    "}\n}\n",
    '"version": 2,',
    '\n      "digest": "' + "0" * 64 + '"',
    '\\n    \\"3\\": ',
    "\u2028\u2029\x00\x7f\ufeff–’é第",
)

texts = st.one_of(st.sampled_from(TRICKY_TEXTS), st.text(st.characters(codec="utf-8"), max_size=20))
numbers = st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
documents = st.dictionaries(texts, values, max_size=4)
by_id = st.dictionaries(st.integers(1, 10**9), documents, max_size=5)
counted = st.lists(documents, max_size=4).map(lambda rows: dict(enumerate(rows, start=1)))
tables = st.fixed_dictionaries(
    {"sources": counted, "records": by_id, "removed": by_id, "log": counted}
)
EMPTY: Tables = {"sources": {}, "records": {}, "removed": {}, "log": {}}


def contents_with(tables: Tables) -> Contents:
    return Contents(**{name: DocumentTable.of(rows.items()) for name, rows in tables.items()})


def plain(contents: Contents) -> Tables:
    return {name: dict(rows) for name, rows in contents.tables().items()}


def by_number(tables: Any) -> Tables:
    """The tables of a parsed file without `meta`, with integer keys."""
    return {
        name: {int(number): row for number, row in rows.items()}
        for name, rows in tables.items()
        if name != "meta"
    }


@few
@given(tables)
@example(EMPTY)
@example(EMPTY | {"records": {1: {}}, "log": {1: {"": []}}})
@example({name: {n: {text: [text]} for n, text in enumerate(TRICKY_TEXTS, 1)} for name in EMPTY})
def test_a_file_reads_the_same_by_its_layout_and_as_json(tables: Tables) -> None:
    data = file_bytes(contents_with(tables))
    read = parse_layout(data)
    assert read is not None
    assert plain(read) == by_number(orjson.loads(data)) == tables
    assert all(list(rows) == sorted(rows) for rows in read.tables().values())
    assert stored_digest(data) == digest_of(read)


@few
@given(tables)
@example(EMPTY)
def test_the_file_is_json_indented_by_two(tables: Tables) -> None:
    data = file_bytes(contents_with(tables))
    assert data == orjson.dumps(orjson.loads(data), option=orjson.OPT_INDENT_2) + b"\n"


@few
@given(tables, st.randoms())
def test_equal_contents_are_equal_bytes_in_any_insertion_order(tables: Tables, random: Any) -> None:
    shuffled = {}
    for name, rows in tables.items():
        order = list(rows)
        random.shuffle(order)
        shuffled[name] = {number: rows[number] for number in order}
    assert file_bytes(contents_with(shuffled)) == file_bytes(contents_with(tables))


@few
@given(tables)
def test_reading_and_writing_again_gives_the_same_bytes(tables: Tables) -> None:
    data = file_bytes(contents_with(tables))
    read = parse_layout(data)
    assert read is not None
    assert file_bytes(read) == data
    assert file_bytes(contents_of(PATH, orjson.loads(data))) == data


@few
@given(tables, st.data())
def test_changing_a_row_changes_no_other_bytes(tables: Tables, draw: Any) -> None:
    contents = contents_with(tables)
    before = file_bytes(contents)
    contents.records[draw.draw(st.integers(1, 10**9))] = draw.draw(documents)
    after = file_bytes(contents)
    for name, rows in tables.items():
        for number in rows.keys() if name != "records" else ():
            row = b"".join((b'    "%d": ' % number, contents.tables()[name].encoded()[number]))
            assert row in before
            assert row in after


@few
@given(tables, st.data())
def test_any_changed_byte_is_noticed(tables: Tables, draw: Any) -> None:
    data = bytearray(file_bytes(contents_with(tables)))
    begin = data.index(b'"sources"')
    offset = draw.draw(st.integers(begin, len(data) - len(b"\n}\n") - 1))
    data[offset] ^= draw.draw(st.integers(1, 255))
    assert parse_layout(bytes(data)) is None


@few
@given(tables, st.sampled_from([None, 4]))
def test_the_same_tables_in_another_layout_do_not_count_as_altered(
    tables: Tables, indent: int | None
) -> None:
    whole = orjson.loads(file_bytes(contents_with(tables)))
    option = orjson.OPT_INDENT_2 if indent else 0
    data = orjson.dumps(whole, option=option)
    assert parse_layout(data) is None
    snapshot = snapshot_of(PATH, data)
    assert not snapshot.altered
    assert plain(snapshot.contents) == tables


@few
@given(tables)
def test_stock_tinydb_reads_every_table(tables: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.mid.json")
        path.write_bytes(file_bytes(contents_with(tables)))
        with TinyDB(path, access_mode="r", encoding="utf-8") as database:
            for name, rows in tables.items():
                found = {row.doc_id: dict(row) for row in database.table(name)}
                assert found == rows
