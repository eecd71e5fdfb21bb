"""Parsing a table of states, with any separator, in our layout or the Correlates of War one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mideditor.domain.states import State, StateList, UnreadableStates, states_from_rows

# The columns of the Correlates of War list, and those of our own layout.
_COW_COLUMNS = ("stateabb", "ccode", "statenme", "styear", "stmonth", "stday")
_COW_ENDS = ("endyear", "endmonth", "endday")
_OUR_COLUMNS = ("code", "abbreviation", "name", "from", "to", "variants", "mentions")
_SEPARATORS = ",;\t"

StateCells = Mapping[str, str]


def read_states(text: str, known: StateList) -> StateList:
    """The states of a table in our layout or that of the Correlates of War list.

    A state that is also in ``known`` keeps the name printed in the chapters if the table uses one
    of its variants. Raises UnreadableStates.
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
        _reject_ragged_rows(rows, len(columns))
    if "ccode" in columns:
        return _merge_known(_from_cow(numbered, columns), known)
    return _merge_known(states_from_rows(numbered, columns), known)


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count)


def _reject_ragged_rows(rows: Sequence[Sequence[str]], cells: int) -> None:
    faults = [
        f"row {number}: it has not {cells} cells"
        for number, row in enumerate(rows, start=1)
        if len(row) != cells and any(cell.strip() for cell in row)
    ]
    if faults:
        raise UnreadableStates(faults)


def _from_cow(rows: Sequence[tuple[int, StateCells]], columns: Sequence[str]) -> StateList:
    """A state that was a member on the last day of the whole list counts as still a member."""
    needed = (*_COW_COLUMNS, *_COW_ENDS)
    faults = [f"row 1: there is no column “{name}”" for name in needed if name not in columns]
    if not faults:
        faults = [fault for number, row in rows for fault in _find_faults(number, row)]
    if faults:
        raise UnreadableStates(faults)
    last = max((_date(row, "end") for _, row in rows), default="")
    converted = [(number, _to_our_layout(row, last)) for number, row in rows]
    return states_from_rows(converted, _OUR_COLUMNS)


def _find_faults(number: int, row: StateCells) -> Iterator[str]:
    for name in (*_COW_COLUMNS[3:], *_COW_ENDS):
        if not row[name].isdecimal():
            yield f"row {number}, {name}: “{row[name]}” is not a number"


def _date(row: StateCells, end: str) -> str:
    year, month, day = (int(row[f"{end}{part}"]) for part in ("year", "month", "day"))
    return f"{year:04}-{month:02}-{day:02}"


def _to_our_layout(row: StateCells, last: str) -> dict[str, str]:
    until = _date(row, "end")
    values = (row["ccode"], row["stateabb"], row["statenme"], _date(row, "st"))
    end = "" if until == last else until
    return dict(zip(_OUR_COLUMNS, (*values, end, "", ""), strict=True))


def _merge_known(read: StateList, known: StateList) -> StateList:
    return StateList(_with_known_names(state, known.get(state.code)) for state in read)


def _with_known_names(state: State, known_state: State | None) -> State:
    if known_state is None:
        return state
    same_name = known_state.has_name(state.name)
    name = known_state.name if same_name else state.name
    names = dict.fromkeys((*state.names, *(known_state.names if same_name else ())))
    variants = tuple(other for other in names if other != name)
    return replace(
        state, name=name, variants=variants, mentions=state.mentions or known_state.mentions
    )
