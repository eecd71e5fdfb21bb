"""Ids of records: the same for the same place everywhere, and never twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.record import Entry, Fragment, Place, Record
from mideditor.domain.record_ids import MAX_ID, chance_id, derived_id, ids_for
from mideditor.domain.sources import source_id

BOOK = source_id(b"942 Chapter 7\n")
OTHER = source_id(b"943 Chapter 7\n")

lines = st.integers(0, 10**6)
pages = st.none() | st.integers(1, 2000)


def entry(first: int, source: str = BOOK) -> Entry:
    place = Place(source=source, lines={"heading": (1, 1), "dispute_number": (first, first)})
    return Entry(place=place)


class TestDerivedId:
    def test_the_rule_is_part_of_the_format(self) -> None:
        assert BOOK == "c156e2dbed77ea2b0f02b115706bcf983196ac4c68b5cf319ef76ed07602b7ca"
        assert derived_id(BOOK, 17) == 4068067046798832
        assert derived_id(BOOK, 17, count=1, page=942) == 4899499234320409

    @given(st.text(), lines, st.integers(0, 9), pages)
    def test_any_place_gives_an_id_that_every_reader_of_json_takes(
        self, source: str, line: int, number: int, page: int | None
    ) -> None:
        one = derived_id(source, line, number, page)
        assert 1 <= one <= MAX_ID == 2**53
        assert one == derived_id(source, line, number, page)

    @given(st.sets(st.tuples(st.sampled_from([BOOK, OTHER]), lines, st.integers(0, 3), pages)))
    def test_other_places_have_other_ids(
        self, places: set[tuple[str, int, int, int | None]]
    ) -> None:
        assert len({derived_id(*place) for place in places}) == len(places)

    def test_a_hundred_thousand_lines_have_ids_of_their_own(self) -> None:
        assert len({derived_id(BOOK, line) for line in range(100_000)}) == 100_000


def test_ids_by_chance_differ() -> None:
    ids = [chance_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert all(1 <= one <= MAX_ID for one in ids)


class TestIdsForAnImport:
    def test_an_id_comes_from_the_first_of_the_records_own_lines(self) -> None:
        assert ids_for([entry(3), entry(9)], ()) == [derived_id(BOOK, 3), derived_id(BOOK, 9)]

    def test_fields_and_kind_do_not_matter(self) -> None:
        place = Place(source=BOOK, lines={"narrative": (3, 8)})
        read: list[Record] = [
            entry(3),
            Entry(place=place, dispute_number=12, chapter=7, page=942),
            Fragment(place=place, narrative=("It failed.",)),
        ]
        assert {one for record in read for one in ids_for([record], ())} == {derived_id(BOOK, 3)}

    def test_a_record_over_two_sources_begins_in_the_first(self) -> None:
        rest = Place(source=OTHER, lines={"narrative": (2, 5)})
        whole = Place(source=BOOK, lines={"narrative": (30, 41)}, next=rest)
        assert ids_for([Entry(place=whole)], ()) == [derived_id(BOOK, 30)]

    def test_equal_beginnings_are_counted(self) -> None:
        assert ids_for([entry(3), entry(3), entry(3)], ()) == [
            derived_id(BOOK, 3),
            derived_id(BOOK, 3, 1),
            derived_id(BOOK, 3, 2),
        ]

    def test_a_taken_id_is_passed_over(self) -> None:
        taken = {derived_id(BOOK, 3), derived_id(BOOK, 3, 1)}
        assert ids_for([entry(3)], taken) == [derived_id(BOOK, 3, 2)]

    def test_a_record_without_a_place_has_an_id_by_chance(self) -> None:
        one, other = ids_for([Entry(), Entry()], ())
        assert one != other

    @given(st.lists(st.tuples(st.sampled_from([BOOK, OTHER]), st.integers(0, 4))))
    def test_no_id_is_given_twice(self, places: list[tuple[str, int]]) -> None:
        records = [entry(line + 1, source) for source, line in places]
        before = ids_for(records, ())
        after = ids_for(records, set(before))
        assert len({*before, *after}) == 2 * len(records)
        assert ids_for(records, ()) == before
