"""The book knows who shares a number or a dyad, however it came to be what it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.record import (
    CrossReference,
    Dyad,
    Entry,
    Participant,
    Record,
    RecordId,
    document_of,
)
from mideditor.domain.rules.book import Book

codes = st.integers(1, 3)
dyads = st.none() | st.builds(
    lambda a, b: Dyad(a=Participant(code=a, name=""), b=Participant(code=b, name="")), codes, codes
)
records = st.one_of(
    st.builds(Entry, dispute_number=st.none() | st.integers(1, 4), heading=dyads),
    st.builds(CrossReference, dispute_number=st.integers(1, 4), heading=dyads, see=dyads),
)
edits = st.lists(st.tuples(st.integers(1, 6), st.none() | records), max_size=12)


def seen(book: Book, record: Record, record_id: RecordId) -> object:
    """All that a rule can reach from a record."""
    number, see = record_number(record), getattr(record, "see", None)
    return (
        list(book.bearing(number)) if number is not None else None,
        book.has_entries(see.codes) if see else None,
        book.above(record_id, record.dyad) if record.dyad else None,
    )


def record_number(record: Record) -> int | None:
    number = getattr(record, "dispute_number", None)
    return number if isinstance(number, int) else None


def whole(shelf: dict[RecordId, Record]) -> Book:
    book = Book(shelf.__getitem__)
    for record_id, record in shelf.items():
        book.add(record_id, document_of(record))
    return book


@given(st.dictionaries(st.integers(1, 6), records), edits)
def test_after_edits_it_is_as_if_made_anew_and_all_that_is_touched_is_told(
    shelf: dict[RecordId, Record], edits: list[tuple[RecordId, Record | None]]
) -> None:
    book = whole(shelf)
    for record_id, record in edits:
        before = {other: seen(book, its, other) for other, its in shelf.items()}
        if record is None:
            shelf.pop(record_id, None)
        else:
            shelf[record_id] = record
        touched = book.put(record_id, document_of(record) if record else None)
        after = {other: seen(book, its, other) for other, its in shelf.items()}
        assert after == {other: seen(whole(shelf), its, other) for other, its in shelf.items()}
        changed = {other for other in after if before.get(other) != after[other]}
        assert changed <= touched
