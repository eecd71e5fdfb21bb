"""The field table: it is complete, and every value round-trips through text."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.codes import Fatalities, HostilityLevel, Outcome, ReviewState, Settlement
from mideditor.domain.coding_sentences import change_sentence
from mideditor.domain.fields import (
    FIELDS,
    UnknownField,
    field_of,
    fields_of,
    printed_stored,
    printed_value,
    stored_value,
)
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import (
    Acceptance,
    Answer,
    CodingChange,
    CrossReference,
    Doubt,
    Dyad,
    Entry,
    Evidence,
    Fragment,
    Participant,
    Question,
    Record,
    Unread,
)
from mideditor.domain.typed_values import NotUnderstood
from mideditor.reference.state_list import bundled_states

STATES = bundled_states()
NOT_EDITABLE = {"kind", "place"}
MODELS: list[type[Record]] = [Entry, CrossReference, Fragment]


@pytest.mark.parametrize("model", MODELS)
def test_every_field_that_a_coder_can_change_has_a_row(model: type[Record]) -> None:
    kind = model.model_fields["kind"].default
    assert set(fields_of(kind)) == set(model.model_fields) - NOT_EDITABLE


def test_every_row_belongs_to_a_record_and_labels_are_unique() -> None:
    assert {name for model in MODELS for name in model.model_fields} >= FIELDS.keys()
    assert len({row.label for row in FIELDS.values()}) == len(FIELDS)


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("outcom", "entry", "An entry has no field “outcom”. It has: heading, dispute_number,"),
        ("place", "entry", "An entry has no field “place”."),
        ("outcome", "cross_reference", "A cross-reference has no field “outcome”. It has: "),
        ("started", "fragment", "A fragment has no field “started”."),
    ],
)
def test_an_unknown_field_is_rejected_with_the_list_of_fields(
    name: str, kind: str, message: str
) -> None:
    with pytest.raises(UnknownField) as caught:
        field_of(name, kind)
    assert message in str(caught.value)


participants = st.sampled_from(list(STATES)).map(
    lambda state: Participant(code=state.code, name=state.name)
)
numbers = st.none() | st.integers(1, 9999)
dates = st.none() | st.builds(PartialDate, st.integers(1816, 2010), st.integers(1, 12))
dyads = st.none() | st.builds(Dyad, a=participants, b=participants)
sides = st.lists(participants, max_size=4).map(tuple)
paragraph = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ")).map(
    str.strip
)
sentences = st.lists(
    st.sampled_from(
        [
            change_sentence("start_date", "January 28, 1962"),
            change_sentence("outcome", "Unclear"),
            change_sentence("added", "385 Norway and 770 Pakistan"),
            CodingChange(field=None, text="The maps disagree."),
        ]
    )
)
moments = st.datetimes(timezones=st.just(UTC))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "heading": dyads,
    "see": dyads,
    "dispute_number": numbers,
    "mid_number": numbers,
    "chapter": numbers,
    "page": numbers,
    "start_date": dates,
    "end_date": dates,
    "started": dates,
    "side_a": sides,
    "side_b": sides,
    "outcome": st.none() | st.sampled_from(Outcome),
    "settlement": st.none() | st.sampled_from(Settlement),
    "fatalities": st.none() | st.sampled_from(Fatalities),
    "hostility_level": st.none() | st.sampled_from(HostilityLevel),
    "review": st.sampled_from(ReviewState),
    "narrative": st.lists(paragraph.filter(bool)).map(tuple),
    "coding_changes": sentences.map(tuple),
    "doubts": st.builds(
        Doubt,
        field=st.just("narrative"),
        quote=paragraph,
        question=paragraph,
        certainty=st.floats(0, 1),
    ).map(lambda doubt: (doubt,)),
    "accepted": st.builds(Acceptance, key=paragraph, reason=paragraph).map(lambda one: (one,)),
    "questions": st.builds(
        Question,
        field=st.sampled_from(["outcome", "narrative"]),
        text=paragraph,
        author=paragraph,
        time=moments,
        answers=st.lists(st.builds(Answer, text=paragraph, author=paragraph, time=moments)),
        closed=st.booleans(),
    ).map(lambda question: (question,)),
    "evidence": st.builds(
        Evidence, field=st.just("outcome"), quote=paragraph, before=paragraph
    ).map(lambda evidence: (evidence,)),
}
NOT_TYPED = ("doubts", "accepted", "questions", "evidence")


def test_the_round_trip_covers_every_field() -> None:
    assert VALUES.keys() == FIELDS.keys()


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in NOT_TYPED])
@given(data=st.data())
def test_a_value_printed_and_typed_again_is_the_same(name: str, data: st.DataObject) -> None:
    row, value = FIELDS[name], data.draw(VALUES[name])
    assert row.parse(printed_value(row, value), STATES) == value


@pytest.mark.parametrize("name", FIELDS)
@given(data=st.data())
def test_a_stored_value_is_printed_like_the_value_itself(name: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[name])
    assert printed_stored(name, stored_value(name, value)) == printed_value(FIELDS[name], value)


def test_unread_text_is_printed_verbatim_and_no_value_as_nothing() -> None:
    assert printed_value(FIELDS["outcome"], Unread(unread="Stale mate")) == "Stale mate"
    assert printed_stored("side_a", {"unread": "2 USA 365"}) == "2 USA 365"
    assert printed_value(FIELDS["page"], None) == ""


@pytest.mark.parametrize(
    ("name", "stored", "text"),
    [
        ("outcome", "Draw", "Draw"),
        ("start_date", ["1964"], "['1964']"),
        ("coding_changes", ["Changed."], "['Changed.']"),
        ("weather", "fair", "fair"),
        ("weather", None, ""),
    ],
)
def test_a_stored_value_of_unknown_shape_is_still_shown(name: str, stored: Any, text: str) -> None:
    assert printed_stored(name, stored) == text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("doubts", "decided one by one"),
        ("accepted", "accepted one by one"),
        ("questions", "asked and answered one by one"),
        ("evidence", "marked as evidence one by one"),
    ],
)
def test_decisions_cannot_be_typed(name: str, message: str) -> None:
    with pytest.raises(NotUnderstood, match=message):
        FIELDS[name].parse("", STATES)


def test_a_blank_review_state_is_rejected() -> None:
    with pytest.raises(ValueError, match="imported · in progress"):
        FIELDS["review"].parse("", STATES)
