"""The sort order of the record table: how it is chosen, described and saved."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.session.table.columns import RECORD_COLUMNS, Column, SortedBy

Order = tuple[SortedBy, ...]
"""The columns to sort by, the most important first."""

_DESCENDING = "-"


def sorted_alone(order: Sequence[SortedBy], column: Column) -> Order:
    """The order after a click on a column: sorted by it, then reversed, then source order."""
    if order == (SortedBy(column),):
        return (SortedBy(column, descending=True),)
    if order == (SortedBy(column, descending=True),):
        return ()
    return (SortedBy(column),)


def sorted_also(order: Sequence[SortedBy], column: Column) -> Order:
    """The order after a column was added: it comes last, is then reversed, then removed."""
    present = position_in_order(order, column)
    if present is None:
        return (*order, SortedBy(column))
    reversed_or_none = () if order[present].descending else (SortedBy(column, descending=True),)
    return (*order[:present], *reversed_or_none, *order[present + 1 :])


def position_in_order(order: Sequence[SortedBy], column: Column) -> int | None:
    """The position of a column in the order, from 0; None if it is not in it."""
    return next((place for place, by in enumerate(order) if by.column == column), None)


def largest_on_top(by: SortedBy) -> bool:
    """Whether the largest number, the newest date or the last letter is on top."""
    return by.descending != by.column.most_first


def order_in_words(order: Sequence[SortedBy]) -> str:
    """How the table is sorted, as a sentence without the full stop."""
    if not order:
        return "In the order of the source"
    return f"Sorted by {', then '.join(map(_named, order))}"


def by_in_words(by: SortedBy) -> str:
    """What is on top in a column that the table is sorted by."""
    return by.column.ends[by.descending]


def order_to_text(order: Sequence[SortedBy]) -> str:
    """The order as it is saved between runs: ``outcome -dates``."""
    return " ".join(f"{_DESCENDING * by.descending}{by.column.name}" for by in order)


def order_from_text(text: str) -> Order:
    """The saved order; unknown and repeated columns are skipped."""
    columns = {column.name: column for column in RECORD_COLUMNS}
    order: dict[str, SortedBy] = {}
    for word in text.split():
        name = word.removeprefix(_DESCENDING)
        if name in columns:
            order.setdefault(name, SortedBy(columns[name], word.startswith(_DESCENDING)))
    return tuple(order.values())


def _named(by: SortedBy) -> str:
    return f"{by.column.title} ({by_in_words(by)})" if by.descending else by.column.title
