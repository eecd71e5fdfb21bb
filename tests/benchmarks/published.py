"""Tables of disputes and participants in the published format, for made-up records."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from mideditor.domain.codes import FATALITIES_NUMBERS, OUTCOME_NUMBERS, SETTLEMENT_NUMBERS, Outcome
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import Entry, Participant, Record
from mideditor.reference.state_list import bundled_states

_DISPUTES = (
    *("dispnum3", "stday", "stmon", "styear", "endday", "endmon", "endyear"),
    *("outcome", "settle", "fatality", "fatalpre", "numa", "numb", "version"),
)
_PARTICIPANTS = (
    *("dispnum3", "stabb", "ccode", "stday", "stmon", "styear", "endday", "endmon", "endyear"),
    *("sidea", "fatality", "fatalpre", "version"),
)
_CHANGED_SHARE = 1 / 8
"""The share of outcomes, and of end dates, in which the tables differ from the records."""

_UNKNOWN, _VERSION = -9, "0.1"


def write_tables(records: Iterable[Record], folder: Path, seed: int = 1) -> tuple[Path, Path]:
    """Write the tables of disputes and participants of these records; some cells differ."""
    random = Random(seed)
    entries = {
        record.dispute_number: record
        for record in records
        if isinstance(record, Entry) and isinstance(record.dispute_number, int)
    }
    disputes, participants = folder / "disputes.csv", folder / "participants.csv"
    _write(disputes, _DISPUTES, (_dispute(entry, random) for entry in entries.values()))
    members = (row for entry in entries.values() for row in _members(entry))
    _write(participants, _PARTICIPANTS, members)
    return disputes, participants


def _write(path: Path, heading: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)


def _dispute(entry: Entry, random: Random) -> tuple[object, ...]:
    outcome = random.choice(list(Outcome)) if random.random() < _CHANGED_SHARE else entry.outcome
    end = entry.start_date if random.random() < _CHANGED_SHARE else entry.end_date
    return (
        *(entry.dispute_number, *_day(entry.start_date), *_day(end)),
        _number(OUTCOME_NUMBERS, outcome),
        _number(SETTLEMENT_NUMBERS, entry.settlement),
        *(_number(FATALITIES_NUMBERS, entry.fatalities), _UNKNOWN),
        *(len(_states(entry.side_a)), len(_states(entry.side_b)), _VERSION),
    )


def _number(numbers: Mapping[Any, int], code: object) -> int:
    return numbers.get(code, _UNKNOWN)


def _members(entry: Entry) -> Iterator[tuple[object, ...]]:
    span = (*_day(entry.start_date), *_day(entry.end_date))
    for side, states in ((1, _states(entry.side_a)), (0, _states(entry.side_b))):
        for code in states:
            state = bundled_states().get(code)
            short = state.abbreviation if state else ""
            yield entry.dispute_number, short, code, *span, side, _UNKNOWN, _UNKNOWN, _VERSION


def _states(side: object) -> list[int]:
    members = side if isinstance(side, tuple) else ()
    return [one.code for one in members if isinstance(one, Participant) and one.code]


def _day(date: object) -> tuple[int, int, int]:
    if not isinstance(date, PartialDate):
        return _UNKNOWN, _UNKNOWN, _UNKNOWN
    return date.day or _UNKNOWN, date.month or _UNKNOWN, date.year
