"""The writer is the inverse of the reader, for clean text, wrapped text and printed pages."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mideditor.domain.record import CrossReference, Fragment, Record
from mideditor.domain.states import State, StateList
from mideditor.text.reader import read_chapter
from mideditor.text.writer import write_records
from tests.text.accounting import assert_every_line_is_placed
from tests.text.strategies import NAMES, natural_records, odd_records
from tests.text.typesetter import Press

NUMBER_LINE = re.compile(r"MID#\d+")
STATES = StateList(State(code, "", name) for code, name in NAMES.items())


def written(records: list[Record], wrap: int | None = None) -> str:
    return write_records(
        [
            (record, () if isinstance(record, CrossReference) else record.coding_changes)
            for record in records
        ],
        wrap,
    )


def contents(records: tuple[Record, ...] | list[Record]) -> list[dict[str, Any]]:
    return [record.content() for record in records]


def without_paragraphs(records: tuple[Record, ...] | list[Record]) -> list[dict[str, Any]]:
    """The contents of records, with each narrative as one text."""
    return [
        content | {"narrative": " ".join(content.get("narrative", ()))}
        for content in contents(records)
    ]


def assert_reads_back(records: list[Record], text: str) -> None:
    reading = read_chapter(text, "s", STATES)
    assert contents(reading.records) == contents(records)
    assert reading.unplaced == ()
    assert_every_line_is_placed(text, reading)


@settings(max_examples=300)
@given(natural_records)
def test_natural_records_round_trip_through_clean_text(records: list[Record]) -> None:
    assert_reads_back(records, written(records))


@settings(max_examples=500)
@given(odd_records)
def test_any_records_round_trip_through_clean_text(records: list[Record]) -> None:
    assert_reads_back(records, written(records))


@settings(max_examples=500)
@given(odd_records, st.integers(30, 120))
def test_any_records_round_trip_through_wrapped_text(records: list[Record], columns: int) -> None:
    assert_reads_back(records, written(records, wrap=columns))


presses = st.builds(
    Press, st.integers(60, 95), st.integers(3, 45), st.booleans(), st.integers(0, 2**16)
)


@settings(max_examples=300)
@given(natural_records, presses)
def test_natural_records_round_trip_through_printed_pages(
    records: list[Record], press: Press
) -> None:
    """Everything but the paragraph ends, which have to be guessed from printed pages."""
    text = press.set(written(records))
    reading = read_chapter(text, "s", STATES)
    assert without_paragraphs(reading.records) == without_paragraphs(records)
    assert reading.unplaced == ()
    assert_every_line_is_placed(text, reading)


@settings(max_examples=100)
@given(natural_records, presses)
def test_pages_without_number_lines_are_read(records: list[Record], press: Press) -> None:
    pages = press.set(written(records)).split("\n")
    lossy = "\n".join(line for line in pages if not NUMBER_LINE.fullmatch(line))
    reading = read_chapter(lossy, "s", STATES)
    numberless: list[Record] = [
        record.replace(dispute_number=None)
        if isinstance(record, CrossReference)
        else record
        if isinstance(record, Fragment)
        else record.replace(mid_number=None)
        for record in records
    ]
    assert without_paragraphs(reading.records) == without_paragraphs(numberless)
    assert_every_line_is_placed(lossy, reading)
