"""By which columns the record table is sorted: how it is chosen, told in words and kept."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.session.table.columns import RECORD_COLUMNS, Column, SortedBy

Order = tuple[SortedBy, ...]
"""The columns to sort by, the first before the second."""

_MOST_FIRST = frozenset({"changes", "findings"})
"""Columns of which the first order has the largest number on top."""

_ENDS = {
    "dispute_number": ("smallest first", "largest first"),
    "dates": ("oldest first", "newest first"),
    "changes": ("most first", "fewest first"),
    "findings": ("most first", "fewest first"),
}
"""What is on top in the first order and in the other; of all other columns ends of the alphabet."""

_DESCENDING = "-"


def sorted_alone(order: Sequence[SortedBy], column: Column) -> Order:
    """The order after a column was chosen for itself: sorted by it, turned round, source order."""
    if order == (SortedBy(column),):
        return (SortedBy(column, descending=True),)
    if order == (SortedBy(column, descending=True),):
        return ()
    return (SortedBy(column),)


def sorted_also(order: Sequence[SortedBy], column: Column) -> Order:
    """The order after a column was added: it comes next, is turned round, or goes out again."""
    present = position_in_order(order, column)
    if present is None:
        return (*order, SortedBy(column))
    turned = () if order[present].descending else (SortedBy(column, descending=True),)
    return (*order[:present], *turned, *order[present + 1 :])


def position_in_order(order: Sequence[SortedBy], column: Column) -> int | None:
    """At which place of the order a column is, counted from 0; None where it is not."""
    return next((place for place, by in enumerate(order) if by.column == column), None)


def largest_on_top(by: SortedBy) -> bool:
    """Whether the rows go from the largest, the newest or the last letter down."""
    return by.descending != (by.column.name in _MOST_FIRST)


def order_in_words(order: Sequence[SortedBy]) -> str:
    """How the table is sorted, as a sentence without its full stop."""
    if not order:
        return "In the order of the source"
    return f"Sorted by {', then '.join(map(_named, order))}"


def by_in_words(by: SortedBy) -> str:
    """What is on top in a column that the table is sorted by."""
    first, turned = _ENDS.get(by.column.name, ("A to Z", "Z to A"))
    return turned if by.descending else first


def order_to_text(order: Sequence[SortedBy]) -> str:
    """The order as it is kept between runs: ``outcome -dates``."""
    return " ".join(f"{_DESCENDING * by.descending}{by.column.name}" for by in order)


def order_from_text(text: str) -> Order:
    """The order that was kept; columns that there are no more, or twice, are passed over."""
    columns = {column.name: column for column in RECORD_COLUMNS}
    order: dict[str, SortedBy] = {}
    for word in text.split():
        name = word.removeprefix(_DESCENDING)
        if name in columns:
            order.setdefault(name, SortedBy(columns[name], word.startswith(_DESCENDING)))
    return tuple(order.values())


def _named(by: SortedBy) -> str:
    return f"{by.column.title} ({by_in_words(by)})" if by.descending else by.column.title
