"""Records are frozen, validated values; unread text is kept verbatim."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mideditor.domain.codes import Outcome
from mideditor.domain.partial_date import PartialDate, parse_date
from mideditor.domain.record import (
    CrossReference,
    Dyad,
    Entry,
    Fragment,
    Participant,
    Unread,
    document_of,
    record_from_document,
)

USA = Participant(code=2, name="United States of America")
RUSSIA = Participant(code=365, name="Russia")


def test_a_record_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Entry().outcome = Outcome.UNCLEAR  # type: ignore[misc]


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": "Draw"},
        {"dispute_number": -1},
        {"dispute_number": 10**9},
        {"page": 0},
        {"chapter": 10**30},
        {"start_date": "5/2/1964"},
        {"start_date": 1964},
        {"side_a": [{"code": 0, "name": "Nowhere"}]},
        {"side_a": [{"code": 10**18, "name": "Far away"}]},
        {"side_a": "365 Russia"},
        {"narrative": "one text"},
        {"narrative": ["half a character \ud800"]},
        {"coding_changes": [{"field": "weather", "text": "Weather changed from fair."}]},
        {"review": "nearly done"},
        {"outcome": {"unread": "half a character \udcff"}},
    ],
)
def test_an_invalid_replacement_is_rejected(values: dict[str, Any]) -> None:
    entry = Entry(dispute_number=2899)
    with pytest.raises(ValidationError):
        entry.replace(**values)
    with pytest.raises(ValidationError):
        record_from_document(document_of(entry) | values)
    assert entry == Entry(dispute_number=2899)


def test_a_replacement_returns_a_new_value_and_keeps_the_old_one() -> None:
    entry = Entry(dispute_number=2899, outcome=Outcome.UNCLEAR)
    recoded = entry.replace(outcome="Stalemate")
    assert recoded.outcome is Outcome.STALEMATE
    assert entry.outcome is Outcome.UNCLEAR
    assert recoded.replace(outcome=Outcome.UNCLEAR) == entry


def test_an_unknown_field_is_a_programming_error() -> None:
    with pytest.raises(TypeError, match="outcom"):
        Entry().replace(outcom=Outcome.UNCLEAR)
    with pytest.raises(TypeError, match="outcome"):
        Fragment().replace(outcome=Outcome.UNCLEAR)


@pytest.mark.parametrize(
    ("dispute_number", "mid_number", "kept"),
    [(157, 1557, 1557), (157, 157, None), (157, None, None), (None, 157, 157)],
)
def test_the_number_of_the_mid_line_is_kept_only_where_it_differs(
    dispute_number: int | None, mid_number: int | None, kept: int | None
) -> None:
    assert Entry(dispute_number=dispute_number, mid_number=mid_number).mid_number == kept


def test_correcting_the_number_removes_an_equal_mid_line() -> None:
    entry = Entry(dispute_number=157, mid_number=1557)
    assert entry.replace(dispute_number=1557).mid_number is None


def test_the_codes_of_a_dyad_come_lower_first_and_only_together() -> None:
    assert Dyad(a=RUSSIA, b=USA).codes == (2, 365)
    assert Dyad(a=RUSSIA, b=Participant(code=None, name="Hawaii")).codes is None
    assert Entry(heading=Dyad(a=RUSSIA, b=USA)).dyad == (2, 365)


def test_content_leaves_out_pages_and_the_state_of_the_work() -> None:
    placed = CrossReference(dispute_number=611, chapter=7, page=942)
    assert placed.content() == CrossReference(dispute_number=611).content()


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
unread = words.map(lambda text: Unread(unread=text))


@given(unread)
def test_unread_text_is_kept_verbatim_in_every_field_that_allows_it(text: Unread) -> None:
    entry = Entry(
        dispute_number=text,
        start_date=text,
        end_date=text,
        side_a=text,
        outcome=text,
        settlement=text,
        fatalities=text,
    )
    assert record_from_document(document_of(entry)) == entry
    assert document_of(entry)["outcome"] == {"unread": text.unread}
    reference = CrossReference(started=text, see=text)
    assert record_from_document(document_of(reference)) == reference


def test_unread_text_is_not_parsed_even_if_it_looks_like_a_value() -> None:
    entry = Entry(outcome=Unread(unread="Stalemate"), start_date=Unread(unread="May 1964"))
    again = record_from_document(document_of(entry))
    assert isinstance(again, Entry)
    assert again.outcome == Unread(unread="Stalemate")
    assert again.start_date == Unread(unread="May 1964")


@given(
    st.builds(
        Entry,
        dispute_number=st.integers(0, 10**9 - 1),
        start_date=st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
        side_a=st.lists(st.builds(Participant, code=st.integers(1, 999), name=words)).map(tuple),
        outcome=st.none() | st.sampled_from(Outcome),
        narrative=st.lists(words).map(tuple),
    )
)
def test_the_stored_form_round_trips(entry: Entry) -> None:
    assert record_from_document(document_of(entry)) == entry


def test_dates_are_stored_with_their_precision() -> None:
    document = document_of(Entry(start_date=parse_date("May 1964"), end_date=parse_date("1964")))
    assert (document["start_date"], document["end_date"]) == ("1964-05", "1964")
