"""Sources byte for byte, and the lines of records in them."""

from __future__ import annotations

import base64
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.record import Entry, Place, document_of
from mideditor.domain.sources import (
    Source,
    first_line,
    parts_of,
    source_bytes,
    source_id,
    source_of,
    span,
    start_of,
)

spans = st.tuples(st.integers(1, 99), st.integers(0, 9)).map(lambda at: (at[0], at[0] + at[1]))
fields = st.sampled_from(["heading", "dispute_number", "narrative", "coding_changes"])
places = st.recursive(
    st.builds(Place, source=st.sampled_from(["one", "two"]), lines=st.dictionaries(fields, spans)),
    lambda following: st.builds(
        Place, source=st.just("three"), lines=st.dictionaries(fields, spans), next=following
    ),
    max_leaves=3,
)


def source(data: bytes) -> Source:
    return Source(source_id(data), "chapter 7.txt", "utf-8", data, ((3, 4), (9, 9)))


def stored(place: Place) -> dict[str, Any]:
    """The stored form of a place, as a project file has it."""
    document = orjson.loads(orjson.dumps(document_of(Entry(place=place))))
    found: dict[str, Any] = document["place"]
    return found


class TestSource:
    @given(st.binary() | st.text().map(str.encode))
    def test_its_bytes_come_back_from_the_stored_form(self, data: bytes) -> None:
        document = orjson.loads(orjson.dumps(source(data).document()))
        assert source_of(document) == source(data)
        assert source_bytes(document) == data

    def test_a_text_in_utf_8_is_stored_as_text(self) -> None:
        data = "señor\r\n".encode()
        assert source(data).document() == {
            "id": source_id(data),
            "name": "chapter 7.txt",
            "encoding": "utf-8",
            "unplaced": [[3, 4], [9, 9]],
            "text": "señor\r\n",
        }

    def test_any_other_text_is_stored_as_base64(self) -> None:
        document = source("señor".encode("cp1252")).document()
        assert "text" not in document
        assert base64.b64decode(document["base64"]) == "señor".encode("cp1252")

    def test_its_text_is_decoded(self) -> None:
        assert source("a señor".encode("cp1252")).text == "a señor"

    def test_other_bytes_than_the_imported_ones_are_noticed(self) -> None:
        document = source(b"MID#12").document()
        assert source_of(document).is_intact
        assert not source_of(document | {"text": "MID#13"}).is_intact

    def test_the_bytes_are_not_in_messages(self) -> None:
        assert "MID#12" not in repr(source(b"MID#12"))

    @pytest.mark.parametrize("missing", ["id", "name", "encoding", "text"])
    def test_a_form_without_what_it_needs_is_refused(self, missing: str) -> None:
        document = source(b"MID#12").document()
        del document[missing]
        with pytest.raises(KeyError):
            source_of(document)


class TestLines:
    def test_the_heading_is_not_among_a_records_own_lines(self) -> None:
        lines = {"heading": (4, 5), "side_a": (8, 9), "dispute_number": (6, 6)}
        assert (first_line(lines), span(lines)) == (6, (6, 9))

    @pytest.mark.parametrize("lines", [{}, {"heading": (4, 5)}])
    def test_a_place_may_have_no_lines(self, lines: dict[str, tuple[int, int]]) -> None:
        assert (first_line(lines), span(lines)) == (0, None)

    @given(places)
    def test_the_stored_form_of_a_place_has_the_same_parts(self, place: Place) -> None:
        parts = [(part.source, dict(part.lines)) for part in parts_of(place)]
        assert parts == [(part.source, dict(part.lines)) for part in place.parts]
        assert parts == [
            (source, {field: tuple(lines) for field, lines in part.items()})
            for source, part in parts_of(stored(place))
        ]
        assert start_of(place) == start_of(stored(place))


class TestStart:
    def test_a_record_begins_in_its_first_part(self) -> None:
        rest = Place(source="two", lines={"narrative": (2, 5)})
        assert start_of(Place(source="one", lines={"narrative": (30, 41)}, next=rest)) == (
            "one",
            30,
        )

    def test_a_heading_at_the_end_of_a_text_is_no_beginning(self) -> None:
        rest = Place(source="two", lines={"narrative": (2, 5)})
        assert start_of(Place(source="one", lines={"heading": (41, 41)}, next=rest)) == ("two", 2)

    def test_a_record_may_have_no_lines_or_no_place(self) -> None:
        assert start_of(Place(source="one")) == ("one", 0)
        assert start_of(None) == ("", 0)
