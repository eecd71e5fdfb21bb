"""Fields read from a stored record are the same as those of the record itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.fields import fields_of, printed_value
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import (
    CrossReference,
    Doubt,
    Entry,
    Fragment,
    Participant,
    Record,
    document_of,
)
from mideditor.domain.stored_fields import (
    printed_field,
    printed_fields,
    stored_date,
    stored_number,
    stored_states,
)
from tests.text.strategies import dates, dyads, numbers, odd_narratives, sides, unread

doubts = st.lists(
    st.builds(
        Doubt,
        field=st.just("narrative"),
        quote=st.just("co-operate"),
        question=st.just("kept?"),
        certainty=st.floats(0, 1),
    ),
    max_size=2,
).map(tuple)
records = st.one_of(
    st.builds(
        Entry,
        dispute_number=st.none() | numbers | unread,
        heading=st.none() | dyads,
        start_date=st.none() | dates | unread,
        end_date=st.none() | dates,
        side_a=sides | unread | st.just((Participant(code=None, name="Texas"),)),
        side_b=sides,
        outcome=st.none() | st.sampled_from(Outcome) | unread,
        settlement=st.none() | st.sampled_from(Settlement),
        fatalities=st.none() | st.sampled_from(Fatalities),
        narrative=odd_narratives,
        doubts=doubts,
    ),
    st.builds(
        CrossReference,
        dispute_number=numbers,
        started=st.none() | dates | unread,
        see=st.none() | dyads | unread,
    ),
    st.builds(Fragment, narrative=odd_narratives),
)


@given(records)
def test_stored_fields_print_like_the_record(record: Record) -> None:
    document = document_of(record)
    printed = {
        name: printed_value(row, getattr(record, name))
        for name, row in fields_of(record.kind).items()
    }
    assert {name: printed_field(name, document.get(name)) for name in printed} == printed
    assert [text for text in printed_fields(document) if text] == [*filter(None, printed.values())]


@given(records)
def test_dates_numbers_and_states_are_those_of_the_record(record: Record) -> None:
    document = document_of(record)
    for name in ("start_date", "end_date", "started"):
        date = getattr(record, name, None)
        assert stored_date(document.get(name)) == (date if isinstance(date, PartialDate) else None)
    number = getattr(record, "dispute_number", None)
    assert stored_number(document.get("dispute_number")) == (
        number if isinstance(number, int) else None
    )
    named = [getattr(record, side, ()) for side in ("side_a", "side_b")]
    see = getattr(record, "see", None)
    named.append((see.a, see.b) if see is not None and hasattr(see, "a") else ())
    states = [str(one) for side in named if isinstance(side, tuple) for one in side]
    assert list(stored_states(document)) == states
