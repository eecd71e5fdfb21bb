"""The states of the state system: codes, names, printed variants and membership dates."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mideditor.domain.partial_date import NotADate, PartialDate, parse_date


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell of state system membership, both days included; ``until`` is None if ongoing."""

    since: PartialDate
    until: PartialDate | None

    def overlaps(self, since: PartialDate, until: PartialDate) -> bool:
        """Whether the spell may have a day in common with the period ``since`` to ``until``."""
        has_begun = self.since.earliest <= until.latest
        return has_begun and (self.until is None or self.until.latest >= since.earliest)

    def __str__(self) -> str:
        return f"{self.since} to {self.until}" if self.until else f"since {self.since}"


@dataclass(frozen=True, slots=True)
class State:
    """A state by its code (ccode), with the name printed in the chapters and other names in use.

    ``mentions`` are words that a narrative uses for the state but a list of participants does not:
    its adjective, its people, its capital.
    """

    code: int
    abbreviation: str
    name: str
    variants: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    mentions: tuple[str, ...] = ()

    def is_member(self, since: PartialDate, until: PartialDate) -> bool:
        """Whether it may have been a member during a period; True if no spells are known."""
        return not self.memberships or any(
            spell.overlaps(since, until) for spell in self.memberships
        )

    def has_name(self, name: str) -> bool:
        """Whether ``name`` is its name or a printed variant, ignoring case."""
        return folded_name(name) in map(folded_name, self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The printed name and its variants."""
        return (self.name, *self.variants)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StateList:
    """The states by code and by name. Iterates in order of code."""

    def __init__(self, states: Iterable[State]) -> None:
        self._by_code: Mapping[int, State] = {
            state.code: state for state in sorted(states, key=lambda state: state.code)
        }

    def __iter__(self) -> Iterator[State]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: int | None) -> State | None:
        """The state with a code, or None."""
        return None if code is None else self._by_code.get(code)

    def named(self, name: str) -> State | None:
        """The state with exactly this name, variant or abbreviation, ignoring case; or None."""
        return self._by_name.get(folded_name(name))

    def search(self, typed: str) -> list[State]:
        """States that match ``typed``: digits the start of a code, else any part of a name.

        Names that begin with ``typed`` come first.
        """
        wanted = folded_name(typed)
        if wanted.isdigit():
            return [state for state in self._by_code.values() if str(state.code).startswith(wanted)]
        hits = [
            (not any(folded_name(name).startswith(wanted) for name in state.names), state)
            for state in self._by_code.values()
            if any(wanted in folded_name(name) for name in (*state.names, state.abbreviation))
        ]
        return [state for _, state in sorted(hits, key=lambda hit: (hit[0], hit[1].name))]

    def similar(self, typed: str, limit: int = 3) -> list[State]:
        """Up to ``limit`` states with a name spelled like ``typed``, the most similar first."""
        names = [folded_name(name) for state in self for name in state.names]
        similar = difflib.get_close_matches(folded_name(typed), names, n=limit, cutoff=0.8)
        return list(dict.fromkeys(self._by_name[name] for name in similar))

    @cached_property
    def _by_name(self) -> dict[str, State]:
        names: dict[str, State] = {}
        for state in self._by_code.values():
            for name in (*state.names, state.abbreviation):
                names.setdefault(folded_name(name), state)
        return names


def folded_name(name: str) -> str:
    """A name normalised for comparison: case, spacing and the kind of apostrophe are ignored."""
    return " ".join(name.replace("'", "’").casefold().split())


class UnreadableStates(ValueError):
    """Cells of a state list that cannot be read, each with its row and column."""

    def __init__(self, faults: list[str]) -> None:
        more = len(faults) - _MOST_FAULTS
        shown = [*faults[:_MOST_FAULTS], *([f"and {more} more"] if more > 0 else [])]
        super().__init__(f"state list, {'; '.join(shown)}")


def parse_states(lines: Iterable[str], delimiter: str = ",") -> StateList:
    """Parse the state list: CSV rows of code, abbreviation, name, from, to, variants, mentions.

    One row per spell of membership; an empty ``to`` means still a member; variants and mentions
    are separated by ``|``, and the last column may be absent. Raises UnreadableStates naming every
    row and column that cannot be read.
    """
    rows = csv.DictReader(_without_byte_order_mark(lines), delimiter=delimiter)
    return states_from_rows(enumerate(rows, start=2), rows.fieldnames or ())


def states_from_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]], columns: Sequence[str]
) -> StateList:
    """The states from numbered rows in the layout of `parse_states`. Raises UnreadableStates."""
    if missing := [name for name in _COLUMNS if name not in columns]:
        raise UnreadableStates([f"row 1: there is no column “{name}”" for name in missing])
    states: dict[int, State] = {}
    faults: list[str] = []
    for number, row in rows:
        if found := [f"row {number}{fault}" for fault in _faults(row, len(columns))]:
            faults += found
            continue
        state = _state_of_row(row)
        known = states.get(state.code, state)
        spells = state.memberships if known is state else (*known.memberships, *state.memberships)
        states[state.code] = State(
            known.code,
            known.abbreviation,
            known.name,
            known.variants or state.variants,
            spells,
            known.mentions or state.mentions,
        )
    if faults:
        raise UnreadableStates(faults)
    return StateList(states.values())


_COLUMNS = ("code", "abbreviation", "name", "from", "to", "variants")
_MOST_FAULTS = 8


def _without_byte_order_mark(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _faults(row: Mapping[str, str], cells: int) -> Iterator[str]:
    if None in row or None in row.values():
        yield f": it has not {cells} cells"
        return
    if not row["code"].strip().isdecimal():
        yield f", code: “{row['code']}” is not a number"
    if not row["name"].strip():
        yield ", name: it is empty"
    for end in ("from", "to"):
        try:
            if end == "from" or row[end]:
                parse_date(row[end])
        except NotADate as error:
            yield f", {end}: {str(error).removesuffix('.')}"


def _state_of_row(row: Mapping[str, str]) -> State:
    spell = Membership(
        since=parse_date(row["from"]), until=parse_date(row["to"]) if row["to"] else None
    )
    return State(
        int(row["code"]),
        row["abbreviation"],
        row["name"],
        _split_names(row["variants"]),
        (spell,),
        _split_names(row.get("mentions") or ""),
    )


def _split_names(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)
