"""A table of states as text: its separator and layout found out, its rows brought into ours."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mideditor.domain.states import State, StateList, UnreadableStates, states_from_rows

# The columns of the Correlates of War list, and what they are in ours.
_COW_COLUMNS = ("stateabb", "ccode", "statenme", "styear", "stmonth", "stday")
_COW_ENDS = ("endyear", "endmonth", "endday")
_OUR_COLUMNS = ("code", "abbreviation", "name", "from", "to", "variants", "mentions")
_SEPARATORS = ",;\t"

StateCells = Mapping[str, str]


def read_states(text: str, known: StateList) -> StateList:
    """The states of a table in our layout or that of the Correlates of War list.

    A state that ``known`` has too keeps the name that the chapters print, if the table calls it by
    one of its variants. Raises UnreadableStates.
    """
    lines = text.splitlines()
    separator = _separator(lines[0] if lines else "")
    rows = list(csv.reader(lines, delimiter=separator))
    columns = [name.strip().casefold() for name in rows[0]] if rows else []
    numbered = [
        (number, {name: cell.strip() for name, cell in zip(columns, row, strict=False)})
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if {"code", "ccode"} & {*columns}:
        _refuse_ragged(rows, len(columns))
    if "ccode" in columns:
        return _merged(_from_cow(numbered, columns), known)
    return _merged(states_from_rows(numbered, columns), known)


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count)


def _refuse_ragged(rows: Sequence[Sequence[str]], cells: int) -> None:
    faults = [
        f"row {number}: it has not {cells} cells"
        for number, row in enumerate(rows, start=1)
        if len(row) != cells and any(cell.strip() for cell in row)
    ]
    if faults:
        raise UnreadableStates(faults)


def _from_cow(rows: Sequence[tuple[int, StateCells]], columns: Sequence[str]) -> StateList:
    """A state that was a member on the last day of the whole list is a member still."""
    needed = (*_COW_COLUMNS, *_COW_ENDS)
    faults = [f"row 1: there is no column “{name}”" for name in needed if name not in columns]
    if not faults:
        faults = [fault for number, row in rows for fault in _faults(number, row)]
    if faults:
        raise UnreadableStates(faults)
    last = max((_date(row, "end") for _, row in rows), default="")
    ours = [(number, _in_our_layout(row, last)) for number, row in rows]
    return states_from_rows(ours, _OUR_COLUMNS)


def _faults(number: int, row: StateCells) -> Iterator[str]:
    for name in (*_COW_COLUMNS[3:], *_COW_ENDS):
        if not row[name].isdecimal():
            yield f"row {number}, {name}: “{row[name]}” is not a number"


def _date(row: StateCells, end: str) -> str:
    year, month, day = (int(row[f"{end}{part}"]) for part in ("year", "month", "day"))
    return f"{year:04}-{month:02}-{day:02}"


def _in_our_layout(row: StateCells, last: str) -> dict[str, str]:
    until = _date(row, "end")
    values = (row["ccode"], row["stateabb"], row["statenme"], _date(row, "st"))
    left = "" if until == last else until
    return dict(zip(_OUR_COLUMNS, (*values, left, "", ""), strict=True))


def _merged(read: StateList, known: StateList) -> StateList:
    return StateList(_with_our_words(state, known.get(state.code)) for state in read)


def _with_our_words(state: State, ours: State | None) -> State:
    if ours is None:
        return state
    is_ours = ours.has_name(state.name)
    name = ours.name if is_ours else state.name
    names = dict.fromkeys((*state.names, *(ours.names if is_ours else ())))
    variants = tuple(other for other in names if other != name)
    return replace(state, name=name, variants=variants, mentions=state.mentions or ours.mentions)
