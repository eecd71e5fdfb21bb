"""The checks of the published tables themselves, one function per rule.

To add a rule, write a function from `TableContext` to findings and add it to `TABLE_RULES`.
The rules follow the codebook: a dispute lasts from its first participant's entry to its last
one's exit, numa and numb count the states of a side, and a dispute's fatality level is that of the
deaths of all participants together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from mideditor.domain.codes import (
    FATALITIES_NUMBERS,
    MISSING_CODE,
    Fatalities,
)
from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS, published_codes
from mideditor.domain.partial_date import PartialDate, is_after
from mideditor.domain.reports.table_findings import TableFinding
from mideditor.domain.states import StateList
from mideditor.reference.published import (
    SIDE_A,
    SIDE_B,
    PublishedDate,
    PublishedDispute,
    PublishedParticipant,
    PublishedTables,
)

PublishedRow = PublishedDispute | PublishedParticipant

# The minimum and maximum number of deaths of each level.
_DEATHS: Mapping[int, tuple[float, float]] = {
    FATALITIES_NUMBERS[Fatalities.NONE]: (0, 0),
    FATALITIES_NUMBERS[Fatalities.TO_25]: (1, 25),
    FATALITIES_NUMBERS[Fatalities.TO_100]: (26, 100),
    FATALITIES_NUMBERS[Fatalities.TO_250]: (101, 250),
    FATALITIES_NUMBERS[Fatalities.TO_500]: (251, 500),
    FATALITIES_NUMBERS[Fatalities.TO_999]: (501, 999),
    FATALITIES_NUMBERS[Fatalities.OVER_999]: (1000, inf),
}
_LETTERS = {SIDE_A: "A", SIDE_B: "B"}


@dataclass(frozen=True)
class TableContext:
    """The input of a table rule: both tables and the state list."""

    tables: PublishedTables
    states: StateList

    def pairs(self) -> Iterator[tuple[PublishedDispute, Sequence[PublishedParticipant]]]:
        """Each dispute that has participants, with its participants."""
        for dispute in self.tables.by_number.values():
            if members := self.tables.members.get(dispute.dispnum):
                yield dispute, members

    @property
    def participants(self) -> Sequence[PublishedParticipant]:
        """All rows of participants."""
        return self.tables.participants.rows if self.tables.participants else ()

    def at(self, row: PublishedRow, rule: str, message: str) -> TableFinding:
        """A finding about a row of either table."""
        disputes, participants = self.tables.disputes, self.tables.participants
        in_disputes = isinstance(row, PublishedDispute) or participants is None
        path = disputes.path if in_disputes or participants is None else participants.path
        return TableFinding(rule, path.name, row.row, row.dispnum, message)


TableRule = Callable[[TableContext], Iterable[TableFinding]]


def duplicate_rows(context: TableContext) -> Iterator[TableFinding]:
    """A dispute in two rows; a state twice on a side of a dispute at one time."""
    for dispute in context.tables.disputes.rows:
        first = context.tables.by_number[dispute.dispnum]
        if first is not dispute:
            message = f"The dispute has a row already, row {first.row}."
            yield context.at(dispute, "duplicate rows", message)
    seen: defaultdict[tuple[int, int, int], list[PublishedParticipant]] = defaultdict(list)
    for one in context.participants:
        earlier = seen[one.dispnum, one.ccode, one.sidea]
        if again := next((other for other in earlier if _overlap(one, other)), None):
            message = f"{_named(one)} is on side {_letter(one)} in row {again.row} already, then."
            yield context.at(one, "duplicate rows", message)
        earlier.append(one)


def unknown_codes(context: TableContext) -> Iterator[TableFinding]:
    """A number that is not in the codebook; a state code that is not in the state list."""
    for dispute in context.tables.disputes.rows:
        for name in published_codes():
            number = dispute.number_of(name)
            if number != MISSING_CODE and number not in FIELDS[name].numbers.values():
                message = f"{name} {number} is not in the codebook."
                yield context.at(dispute, "unknown codes", message)
    for one in context.participants:
        if one.fatality not in FATALITIES_NUMBERS.values():
            message = f"fatalities {one.fatality} is not in the codebook."
            yield context.at(one, "unknown codes", message)
        if one.sidea not in _LETTERS:
            yield context.at(one, "unknown codes", f"sidea {one.sidea} is neither 1 nor 0.")
        if context.states.get(one.ccode) is None:
            yield context.at(one, "unknown codes", f"The state list has no code {one.ccode}.")


def other_abbreviations(context: TableContext) -> Iterator[TableFinding]:
    """An abbreviation that is not the code's; reported once, with the count of its rows."""
    rows: defaultdict[tuple[int, str], list[PublishedParticipant]] = defaultdict(list)
    for one in context.participants:
        rows[one.ccode, one.stabb].append(one)
    for (code, abbreviation), of_state in rows.items():
        state = context.states.get(code)
        if state and abbreviation and context.states.named(abbreviation) is not state:
            stands_for = f"{abbreviation} stands for {state} ({state.abbreviation})"
            message = f"{stands_for} in {quantity(len(of_state), 'row')}, first in this one."
            yield context.at(of_state[0], "other abbreviations", message)


def rows_of_both_tables(context: TableContext) -> Iterator[TableFinding]:
    """A dispute without participants, a participant without its dispute."""
    if context.tables.participants is None:
        return
    for dispute in context.tables.disputes.rows:
        if dispute.dispnum not in context.tables.members:
            yield context.at(dispute, "rows of both tables", "It has no participants.")
    for one in context.participants:
        if one.dispnum not in context.tables.by_number:
            message = f"{_named(one)} takes part in a dispute that has no row."
            yield context.at(one, "rows of both tables", message)


def side_counts(context: TableContext) -> Iterator[TableFinding]:
    """numa or numb differs from the number of states on the side; a side without any."""
    for dispute, members in context.pairs():
        for side, count in ((SIDE_A, dispute.numa), (SIDE_B, dispute.numb)):
            rows = [one.ccode for one in members if one.sidea == side]
            if count not in (len(set(rows)), MISSING_CODE):
                message = f"num{_LETTERS[side].lower()} is {count}, but {_side_text(side, rows)}."
                yield context.at(dispute, "side counts", message)
            elif not rows:
                yield context.at(dispute, "side counts", f"Side {_LETTERS[side]} has no state.")


def both_sides(context: TableContext) -> Iterator[TableFinding]:
    """A state on both sides at one time."""
    for _, members in context.pairs():
        for one in members:
            against = (m for m in members if m.ccode == one.ccode and m.sidea == SIDE_A)
            if one.sidea == SIDE_B and (
                other := next((m for m in against if _overlap(one, m)), None)
            ):
                message = f"{_named(one)} is on side A in row {other.row} at the same time."
                yield context.at(one, "both sides", message)


def possible_dates(context: TableContext) -> Iterator[TableFinding]:
    """A date that the calendar does not have; an end certainly before its start."""
    rows: tuple[PublishedRow, ...] = (*context.tables.disputes.rows, *context.participants)
    for row in rows:
        for what, date in (("start", row.start), ("end", row.end)):
            if date.fault:
                yield context.at(row, "possible dates", f"The {what}: {date.fault}.")
        if _certainly_after(row.start, row.end):
            message = f"It ends ({row.end.value}) before it starts ({row.start.value})."
            yield context.at(row, "possible dates", message)


def dates_of_participants(context: TableContext) -> Iterator[TableFinding]:
    """A participant who certainly enters before the dispute starts, or leaves after its end."""
    for dispute, members in context.pairs():
        for one in members:
            if _certainly_after(dispute.start, one.start):
                message = f"{_named(one)} enters on {one.start.value}, before the dispute starts "
                yield context.at(one, "participant dates", f"{message}({dispute.start.value}).")
            if _certainly_after(one.end, dispute.end):
                message = f"{_named(one)} leaves on {one.end.value}, after the dispute ends "
                yield context.at(one, "participant dates", f"{message}({dispute.end.value}).")


def first_and_last_day(context: TableContext) -> Iterator[TableFinding]:
    """A dispute that starts or ends on a day on which certainly no participant enters or leaves."""
    for dispute, members in context.pairs():
        starts, ends = [one.start for one in members], [one.end for one in members]
        if all(_certainly_after(start, dispute.start) for start in starts):
            first = min(_given(starts), key=lambda date: date.sort_key)
            message = f"It starts ({dispute.start.value}) before any participant enters ({first})."
            yield context.at(dispute, "first and last day", message)
        if all(_certainly_after(dispute.end, end) for end in ends):
            last = max(_given(ends), key=lambda date: date.sort_key)
            message = f"It ends ({dispute.end.value}) after every participant has left ({last})."
            yield context.at(dispute, "first and last day", message)


def fatality_levels(context: TableContext) -> Iterator[TableFinding]:
    """A dispute’s level that does not fit the deaths of its participants together."""
    participants = context.tables.participants
    if (
        participants is None
        or "fatality" not in participants.columns & context.tables.disputes.columns
    ):
        return
    for dispute, members in context.pairs():
        own, known = _DEATHS.get(dispute.fatality), [_DEATHS.get(m.fatality) for m in members]
        given = [deaths for deaths in known if deaths is not None]
        least = sum(deaths[0] for deaths in given)
        most = sum(deaths[1] for deaths in given) if len(given) == len(known) else inf
        if own is None and dispute.fatality == MISSING_CODE and len(given) == len(known):
            message = (
                f"It is Missing, but those of all participants are known: {_range(least, most)}."
            )
            yield context.at(dispute, "fatality levels", message)
        elif own is not None and (own[1] < least or own[0] > most):
            message = (
                f"It stands for {_range(*own)}, but those of the participants together for "
                f"{_range(least, most)}."
            )
            yield context.at(dispute, "fatality levels", message)


def counted_deaths(context: TableContext) -> Iterator[TableFinding]:
    """A counted number of deaths (fatalpre) that is not within the fatality level."""
    rows: tuple[PublishedRow, ...] = (*context.tables.disputes.rows, *context.participants)
    for row in rows:
        bounds = _DEATHS.get(row.fatality)
        if bounds and row.fatalpre >= 0 and not bounds[0] <= row.fatalpre <= bounds[1]:
            message = f"fatalpre is {row.fatalpre}, but the level stands for {_range(*bounds)}."
            yield context.at(row, "counted deaths", message)


TABLE_RULES: tuple[TableRule, ...] = (
    duplicate_rows,
    unknown_codes,
    other_abbreviations,
    rows_of_both_tables,
    side_counts,
    both_sides,
    possible_dates,
    dates_of_participants,
    first_and_last_day,
    fatality_levels,
    counted_deaths,
)


def table_findings(tables: PublishedTables, states: StateList) -> list[TableFinding]:
    """The findings of all rules about the tables, rule by rule, in row order."""
    context = TableContext(tables, states)
    return [finding for rule in TABLE_RULES for finding in rule(context)]


def _named(one: PublishedParticipant) -> str:
    return f"{one.ccode} {one.stabb}".rstrip()


def _letter(one: PublishedParticipant) -> str:
    return _LETTERS.get(one.sidea, "?")


def _side_text(side: int, codes: Sequence[int]) -> str:
    states, rows = len(set(codes)), len(codes)
    text = f"side {_LETTERS[side]} has {quantity(states, 'state')}"
    return text if states == rows else f"{text} in {quantity(rows, 'row')}"


def _certainly_after(one: PublishedDate, other: PublishedDate) -> bool:
    return one.value is not None and other.value is not None and is_after(one.value, other.value)


def _overlap(one: PublishedParticipant, other: PublishedParticipant) -> bool:
    """Whether two spells certainly have a day in common, or lack the dates to decide."""
    spells = [(row.start.value, row.end.value) for row in (one, other)]
    (start, end), (other_start, other_end) = spells
    if start is None or end is None or other_start is None or other_end is None:
        return True
    return max(start.latest, other_start.latest) <= min(end.earliest, other_end.earliest)


def _given(dates: Iterable[PublishedDate]) -> list[PartialDate]:
    return [date.value for date in dates if date.value is not None]


def _range(least: float, most: float) -> str:
    if most == inf:
        return f"{quantity(int(least), 'death')} or more" if least else "any number of deaths"
    return quantity(int(least), "death") if least == most else f"{least:.0f}–{most:.0f} deaths"
