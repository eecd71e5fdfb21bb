"""The columns to sort by: chosen alone or added, described in words, saved as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.session.table.columns import RECORD_COLUMNS, Column, SortedBy
from mideditor.session.table.sorting import (
    Order,
    largest_on_top,
    order_from_text,
    order_in_words,
    order_to_text,
    position_in_order,
    sorted_alone,
    sorted_also,
)

COLUMN = {column.name: column for column in RECORD_COLUMNS}
columns = st.sampled_from(RECORD_COLUMNS)
orders = st.lists(
    st.builds(SortedBy, columns, st.booleans()), unique_by=lambda by: by.column.name
).map(tuple)


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        ("", "outcome", "outcome"),
        ("outcome", "outcome", "-outcome"),
        ("-outcome", "outcome", ""),
        ("outcome dates", "outcome", "outcome"),
        ("outcome -dates", "dates", "dates"),
        ("outcome", "dates", "dates"),
    ],
)
def test_sorting_by_a_single_column(before: str, chosen: str, after: str) -> None:
    assert order_to_text(sorted_alone(order_from_text(before), COLUMN[chosen])) == after


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        ("", "outcome", "outcome"),
        ("outcome", "dates", "outcome dates"),
        ("outcome dates", "dates", "outcome -dates"),
        ("outcome -dates", "dates", "outcome"),
        ("outcome dates findings", "outcome", "-outcome dates findings"),
        ("-outcome dates findings", "outcome", "dates findings"),
    ],
)
def test_adding_a_column(before: str, chosen: str, after: str) -> None:
    assert order_to_text(sorted_also(order_from_text(before), COLUMN[chosen])) == after


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("", "In the order of the source"),
        ("outcome", "Sorted by Outcome"),
        ("outcome -dates", "Sorted by Outcome, then Dates (newest first)"),
        ("-participants findings", "Sorted by Participants (Z to A), then Findings"),
        ("-changes -dates", "Sorted by Changes (fewest first), then Dates (newest first)"),
        ("findings -dispute_number", "Sorted by Findings, then Number (largest first)"),
    ],
)
def test_an_order_is_described(order: str, words: str) -> None:
    assert order_in_words(order_from_text(order)) == words


def test_changes_and_findings_sort_the_most_first() -> None:
    tops = {
        text: largest_on_top(order_from_text(text)[0]) for text in ("dates", "-dates", "findings")
    }
    assert tops == {"dates": False, "-dates": True, "findings": True}


@given(orders)
def test_an_order_is_saved(order: Order) -> None:
    assert order_from_text(order_to_text(order)) == order


@given(st.text(alphabet="-abdetsuc_ om\n") | st.just("dates gone -dates outcome"))
def test_any_saved_text_gives_an_order_of_existing_columns(text: str) -> None:
    order = order_from_text(text)
    assert len({by.column.name for by in order}) == len(order)


@given(orders, columns)
def test_adding_the_same_column_three_times_changes_nothing(order: Order, column: Column) -> None:
    added = order
    for _ in range(3):
        added = sorted_also(added, column)
    others = [by for by in order if by.column != column]
    assert [by for by in added if by.column != column] == others
    assert (position_in_order(added, column) is None) == (position_in_order(order, column) is None)
