"""The order of the book: it follows from the places of the records, never from their ids."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.book_order import PlaceKey, book_order, in_book_order, place_key
from mideditor.domain.record import document_of
from mideditor.files.bundled import bundled_path
from mideditor.reference.state_list import bundled_states
from mideditor.text.reader import read_chapter

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

NAMES = {"aa": "page 2.txt", "bb": "page 10.txt", "cc": "Page 2.txt", "dd": "page 2.txt"}

Keys = dict[int, PlaceKey]

numbers = st.integers(0, 3)
sources = st.sampled_from(["", *NAMES])
anywhere = st.tuples(numbers, numbers, sources, numbers, st.integers(-1, 1) | st.just(0.5))
with_pages = anywhere.filter(lambda key: bool(key[0] and key[1]))
without_pages = anywhere.map(lambda key: (0, 0, *key[2:]))


def keyed(keys: st.SearchStrategy[PlaceKey]) -> st.SearchStrategy[Keys]:
    """Keys by ids that say nothing about their order."""
    return st.dictionaries(st.integers(1, 2**53), keys, max_size=12)


def told(drawing: str) -> dict[int, dict[str, Any]]:
    """Records from lines such as ``3: 7 942 aa 17``: id, chapter, page, source and line.

    ``-`` stands for what a record does not have; a position may follow.
    """
    documents: dict[int, dict[str, Any]] = {}
    for row in drawing.strip().splitlines():
        record, chapter, page, source, line, *position = row.replace(":", "").split()
        documents[int(record)] = {
            "chapter": None if chapter == "-" else int(chapter),
            "page": None if page == "-" else int(page),
            "place": None if source == "-" else stored_place(source, int(line)),
        }
        if position:
            documents[int(record)]["position"] = float(position[0])
    return documents


def stored_place(source: str, line: int) -> dict[str, Any]:
    return {"source": source, "lines": {"heading": [1, 1], "narrative": [line, line + 3]}}


def order_of(drawing: str) -> list[int]:
    return book_order(told(drawing), NAMES)


class TestTheOrder:
    def test_chapter_page_source_and_line(self) -> None:
        assert order_of("""
            1: 7 942 aa 30
            2: 7 941 aa 90
            3: 2 999 bb 10
            4: 7 942 bb 2
            5: 7 942 aa 4
        """) == [3, 2, 5, 1, 4]

    def test_names_of_sources_are_sorted_as_people_sort_files(self) -> None:
        assert order_of("""
            1: 7 942 bb 1
            2: 7 942 dd 1
            3: 7 942 cc 1
            4: 7 942 aa 1
        """) == [3, 4, 2, 1]

    @pytest.mark.parametrize(
        "names",
        [
            ["page 2", "page 10", "page 010b", "page 011"],
            ["2 b", "10 a", "a", "B", "c"],
            ["chapter 2, page 9", "chapter 2, page 10", "chapter 10, page 1"],
            ["x 9", "x 10000000000000000000000"],
        ],
    )
    def test_numbers_in_names_count_as_numbers(self, names: list[str]) -> None:
        keys = {n: (7, 942, name, 1, 0) for n, name in enumerate(reversed(names))}
        order = in_book_order(keys, {name: name for name in names})
        assert [keys[one][2] for one in order] == names

    def test_a_position_orders_what_is_in_one_place(self) -> None:
        assert order_of("""
            1: 7 942 aa 30 2
            2: 7 942 aa 30
            3: 7 942 aa 30 -0.5
            4: 7 942 aa 29 9
        """) == [4, 3, 2, 1]

    def test_what_is_made_by_hand_stands_after_the_texts_of_its_page(self) -> None:
        assert order_of("""
            1: 7 942 - -
            2: 7 942 aa 90
            3: 7 943 aa 99
            4: 7 - - -
            5: 8 1 aa 120
            6: - - - -
        """) == [2, 1, 3, 4, 5, 6]


class TestWithoutPages:
    def test_a_record_stands_on_the_page_of_the_one_before_it_in_the_text(self) -> None:
        assert order_of("""
            1: - - aa 50
            2: 7 943 aa 70
            3: 7 942 aa 30
            4: 7 943 bb 1
            5: 7 942 bb 1
        """) == [3, 1, 5, 2, 4]

    def test_text_before_the_first_running_head_stands_on_the_first_page(self) -> None:
        assert order_of("""
            1: 7 942 aa 30
            2: - - aa 5
            3: 7 941 bb 1
        """) == [3, 2, 1]

    def test_a_missing_chapter_or_page_is_taken_alone(self) -> None:
        assert order_of("""
            1: 7 942 aa 30
            2: - 944 aa 50
            3: 7 943 bb 1
            4: 8 - aa 70
            5: 8 943 bb 9
        """) == [1, 3, 2, 5, 4]

    def test_a_text_without_pages_comes_last(self) -> None:
        assert order_of("""
            1: - - aa 20
            2: - - aa 10
            3: 7 942 bb 30
            4: - - - -
        """) == [3, 2, 1, 4]


class TestAnyRecords:
    @given(keyed(anywhere), st.randoms(use_true_random=False))
    def test_every_record_has_a_place_whatever_came_first(
        self, keys: Keys, chance: random.Random
    ) -> None:
        order = in_book_order(keys, NAMES)
        assert sorted(order) == sorted(keys)
        shuffled = list(keys.items())
        chance.shuffle(shuffled)
        assert in_book_order(dict(shuffled), NAMES) == order

    @given(keyed(anywhere), st.randoms(use_true_random=False))
    def test_other_ids_make_no_other_order(self, keys: Keys, chance: random.Random) -> None:
        ids = chance.sample(range(1, 2**53), len(keys))
        renamed = dict(zip(ids, keys.values(), strict=True))
        assert told_by(in_book_order(keys, NAMES), keys) == told_by(
            in_book_order(renamed, NAMES), renamed
        )

    @given(keyed(with_pages), keyed(with_pages))
    def test_more_records_change_no_order(self, keys: Keys, more: Keys) -> None:
        assert kept_order(keys, more) == in_book_order(keys, NAMES)

    @given(keyed(anywhere), keyed(without_pages))
    def test_more_records_without_pages_change_no_order(self, keys: Keys, more: Keys) -> None:
        assert kept_order(keys, more) == in_book_order(keys, NAMES)

    @given(keyed(anywhere), keyed(anywhere))
    def test_records_of_another_text_change_no_order(self, keys: Keys, more: Keys) -> None:
        others = {record: (*key[:2], f"{key[2]}ee", *key[3:]) for record, key in more.items()}
        assert kept_order(keys, others) == in_book_order(keys, NAMES)


def told_by(order: list[int], keys: Mapping[int, PlaceKey]) -> list[PlaceKey]:
    return [keys[record] for record in order]


def kept_order(keys: Keys, more: Keys) -> list[int]:
    """The records of ``keys`` in the order that they have together with more records."""
    return [record for record in in_book_order(more | keys, NAMES) if record in keys]


class TestKeys:
    def test_a_record_begins_where_its_own_lines_do(self) -> None:
        rest = {"source": "bb", "lines": {"narrative": [1, 2]}}
        place = {"source": "aa", "lines": {"heading": [5, 5], "side_a": [7, 8]}, "next": rest}
        assert place_key({"chapter": 7, "page": 942, "place": place}) == (7, 942, "aa", 7, 0)

    def test_a_record_may_lack_everything(self) -> None:
        assert place_key({}) == (0, 0, "", 0, 0)
        missing = {"chapter": None, "page": None, "place": None, "position": None}
        assert place_key(missing) == (0, 0, "", 0, 0)


def test_the_sample_is_in_the_order_of_its_lines() -> None:
    tables = orjson.loads(bundled_path("data", "sample-chapter.mid.json").read_bytes())
    records = {int(record): document for record, document in tables["records"].items()}
    names = {source["id"]: source["name"] for source in tables["sources"].values()}
    assert len(records) > 20
    assert book_order(records, names) == sorted(
        records, key=lambda record: place_key(records[record])[3]
    )


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpora are not part of the project (../shared/corpus)"
)
@pytest.mark.parametrize("layout", ["book", "site", "lossy"])
def test_a_book_is_in_the_order_in_which_it_is_read(layout: str) -> None:
    paths = sorted((CORPUS / layout).glob("*.txt"))
    read = [
        document_of(record)
        for path in paths
        for record in read_chapter(path.read_text("utf-8"), path.name, bundled_states()).records
    ]
    records = dict(enumerate(read, start=1))
    assert book_order(records, {path.name: path.name for path in paths}) == sorted(records)
