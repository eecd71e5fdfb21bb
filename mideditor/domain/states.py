"""The states of the state system: codes, names, printed variants and dated membership."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mideditor.domain.partial_date import NotADate, PartialDate, parse_date


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell of membership of the state system, both days included; ``until`` None is open."""

    since: PartialDate
    until: PartialDate | None

    def meets(self, since: PartialDate, until: PartialDate) -> bool:
        """Whether some day from ``since`` to ``until`` may fall into the spell."""
        begun = self.since.earliest <= until.latest
        return begun and (self.until is None or self.until.latest >= since.earliest)

    def __str__(self) -> str:
        return f"{self.since} to {self.until}" if self.until else f"since {self.since}"


@dataclass(frozen=True, slots=True)
class State:
    """A state by its code (ccode), with the name the chapters print and other names in use.

    ``mentions`` are words by which a narrative speaks of it and no participant is called: its
    adjective, its people, its capital.
    """

    code: int
    abbreviation: str
    name: str
    variants: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    mentions: tuple[str, ...] = ()

    def is_member(self, since: PartialDate, until: PartialDate) -> bool:
        """Whether it may have been a member on some day of that time; no spells known: yes."""
        return not self.memberships or any(spell.meets(since, until) for spell in self.memberships)

    def is_called(self, name: str) -> bool:
        """Whether that is its name or a printed variant of it, whatever the case."""
        return folded_name(name) in map(folded_name, self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The printed name and its variants."""
        return (self.name, *self.variants)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StateList:
    """The states by code and by name. Iterates in the order of the codes."""

    def __init__(self, states: Iterable[State]) -> None:
        self._by_code: Mapping[int, State] = {
            state.code: state for state in sorted(states, key=lambda state: state.code)
        }

    def __iter__(self) -> Iterator[State]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: int | None) -> State | None:
        """The state of that code, or None."""
        return None if code is None else self._by_code.get(code)

    def named(self, name: str) -> State | None:
        """The state of exactly that name, variant or abbreviation, whatever the case; or None."""
        return self._by_name.get(folded_name(name))

    def search(self, typed: str) -> list[State]:
        """States that ``typed`` may mean: by the start of the code, else by any part of a name.

        Names that begin with the typed text come first.
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

    def near(self, typed: str, most: int = 3) -> list[State]:
        """States with a name spelt much like ``typed``, the likest first."""
        names = [folded_name(name) for state in self for name in state.names]
        alike = difflib.get_close_matches(folded_name(typed), names, n=most, cutoff=0.8)
        return list(dict.fromkeys(self._by_name[name] for name in alike))

    @cached_property
    def _by_name(self) -> dict[str, State]:
        names: dict[str, State] = {}
        for state in self._by_code.values():
            for name in (*state.names, state.abbreviation):
                names.setdefault(folded_name(name), state)
        return names


def folded_name(name: str) -> str:
    """A name as it is compared: case, spaces and the shape of the apostrophe do not count."""
    return " ".join(name.replace("'", "’").casefold().split())


class UnreadableStates(ValueError):
    """Cells of a state list that cannot be read, each by its row and column."""

    def __init__(self, faults: list[str]) -> None:
        more = len(faults) - _MOST_FAULTS
        shown = [*faults[:_MOST_FAULTS], *([f"and {more} more"] if more > 0 else [])]
        super().__init__(f"state list, {'; '.join(shown)}")


def parse_states(lines: Iterable[str], delimiter: str = ",") -> StateList:
    """Read the state list: CSV rows of code, abbreviation, name, from, to, variants, mentions.

    One row a spell of membership; ``to`` empty is still a member; variants and mentions are
    parted by ``|``, and the last column may be absent. Raises UnreadableStates naming every row
    and column that cannot be read.
    """
    rows = csv.DictReader(_without_mark(lines), delimiter=delimiter)
    return states_from_rows(enumerate(rows, start=2), rows.fieldnames or ())


def states_from_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]], columns: Sequence[str]
) -> StateList:
    """The states of numbered rows in the layout of `parse_states`. Raises UnreadableStates."""
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


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
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
        _parted(row["variants"]),
        (spell,),
        _parted(row.get("mentions") or ""),
    )


def _parted(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)
