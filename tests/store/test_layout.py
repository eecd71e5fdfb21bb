"""The layout of the project file: parsed by indentation here, and as JSON by other programs."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from mideditor.domain.record_ids import MAX_ID
from mideditor.store.document_table import DocumentTable
from mideditor.store.documents import Contents, contents_of
from mideditor.store.layout import digest_of, file_bytes, parse_layout, stored_digest
from mideditor.store.originals import OriginalTable
from mideditor.store.record_table import RecordTable
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
    '"version": 3,',
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
starts = st.fixed_dictionaries(
    {},
    optional={
        "chapter": st.none() | st.integers(1, 3),
        "page": st.none() | st.integers(1, 3),
        "position": st.floats(0, 3),
        "place": st.builds(
            lambda source, line: {"source": source, "lines": {"outcome": [line, line]}},
            st.sampled_from("ab"),
            st.integers(1, 3),
        ),
    },
)
records = st.builds(lambda start, document: document | start, starts, documents)
"""Records with some of what their order in the book follows from."""
record_ids = st.one_of(st.integers(1, 9), st.integers(1, MAX_ID))
counted = st.lists(documents, max_size=4).map(lambda rows: dict(enumerate(rows, start=1)))
SOURCE = {"encoding": "utf-8", "text": "942 Chapter 7", "unplaced": []}
sources = st.lists(documents, max_size=2).map(
    lambda rows: {
        number: row | {"id": "ab"[number - 1], "name": f"page {number}.txt"} | SOURCE
        for number, row in enumerate(rows, start=1)
    }
)
digests = st.builds(
    lambda start, end: f"{start}{end:052x}"[:64],
    st.sampled_from(["0" * 13, "0" * 12 + "1", "f" * 13]),
    st.integers(0, 5),
)
"""Digests that often share the digits that number their row."""


def original_rows(kept: Mapping[str, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    table = OriginalTable()
    for digest, record in kept.items():
        table.keep(digest, record)
    return dict(table)


tables = st.fixed_dictionaries(
    {
        "sources": sources,
        "records": st.dictionaries(record_ids, records, max_size=5),
        "log": counted,
        "originals": st.dictionaries(digests, records, max_size=5).map(original_rows),
    }
)
EMPTY: Tables = {"sources": {}, "records": {}, "log": {}, "originals": {}}
TRICKY: Tables = EMPTY | {
    "records": {n: {text: [text]} for n, text in enumerate(TRICKY_TEXTS, 1)},
    "log": {n: {text: [text]} for n, text in enumerate(TRICKY_TEXTS, 1)},
    "originals": original_rows(
        {f"{n:064x}": {text: [text]} for n, text in enumerate(TRICKY_TEXTS)}
    ),
}


def contents_with(tables: Tables) -> Contents:
    return Contents(
        sources=DocumentTable.of(tables["sources"].items()),
        records=RecordTable.of(tables["records"].items()),
        log=DocumentTable.of(tables["log"].items()),
        originals=OriginalTable.of_rows(tables["originals"].values()),
    )


def plain(contents: Contents) -> Tables:
    tables = {name: dict(rows) for name, rows in contents.tables().items()}
    return tables | {"originals": dict(contents.originals)}


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
@example(TRICKY)
def test_a_file_reads_the_same_by_its_layout_and_as_json(tables: Tables) -> None:
    data = file_bytes(contents_with(tables))
    read = parse_layout(data)
    assert read is not None
    assert plain(read) == by_number(orjson.loads(data)) == tables
    for name, rows in read.tables().items():
        in_order = contents_with(tables).record_ids() if name == "records" else sorted(rows)
        assert list(rows) == in_order
    assert stored_digest(data) == digest_of(read)


@few
@given(tables)
@example(EMPTY)
def test_the_file_is_json_indented_by_two_with_one_line_for_each_original(tables: Tables) -> None:
    data = file_bytes(contents_with(tables))
    kept = tables["originals"]
    whole = orjson.loads(data) | {"originals": {str(number): 0 for number in sorted(kept)}}
    lines = orjson.dumps(whole, option=orjson.OPT_INDENT_2).splitlines(keepends=True)
    expected: list[bytes] = []
    for line in lines:
        number = line.removeprefix(b'    "').partition(b'": 0')[0]
        in_originals = len(lines) - len(expected) <= len(kept) + 2 and number.isdigit()
        row = orjson.dumps(kept[int(number)]) if in_originals else b""
        expected.append(line.replace(b'": 0', b'": ' + row) if row else line)
    assert data == b"".join(expected) + b"\n"


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
    contents.records[draw.draw(record_ids)] = draw.draw(documents)
    after = file_bytes(contents)
    kept = contents.originals.body()
    assert kept in before
    assert kept in after
    for name in ("sources", "log"):
        for number, json in contents.tables()[name].encoded().items():
            row = b'    "%d": %b' % (number, bytes(json))
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
