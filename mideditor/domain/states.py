"""The states of the state system: codes, names, printed variants and dated membership."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from mideditor.domain.partial_date import PartialDate, parse_date


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell of membership of the state system, both days included; ``until`` None is open."""

    since: PartialDate
    until: PartialDate | None


@dataclass(frozen=True, slots=True)
class State:
    """A state by its code (ccode), with the name the chapters print and other names in use."""

    code: int
    abbreviation: str
    name: str
    variants: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()

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


def parse_states(lines: Iterable[str]) -> StateList:
    """Read the state list: CSV rows of code, abbreviation, name, from, to, variants.

    One row a spell of membership; ``to`` empty is still a member; variants are parted by ``|``.
    Raises ValueError naming the row where one cannot be read.
    """
    states: dict[int, State] = {}
    rows = csv.DictReader(_without_mark(lines))
    for number, row in enumerate(rows, start=2):
        try:
            if None in row or None in row.values():
                raise ValueError(f"it has not {len(rows.fieldnames or ())} cells")
            state = _state_of_row(row)
        except (KeyError, ValueError) as error:
            raise ValueError(f"state list, row {number}: {error}") from error
        known = states.get(state.code, state)
        spells = state.memberships if known is state else (*known.memberships, *state.memberships)
        states[state.code] = State(
            known.code, known.abbreviation, known.name, known.variants or state.variants, spells
        )
    return StateList(states.values())


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _state_of_row(row: Mapping[str, str]) -> State:
    spell = Membership(
        since=parse_date(row["from"]), until=parse_date(row["to"]) if row["to"] else None
    )
    variants = tuple(name for name in row["variants"].split("|") if name)
    return State(int(row["code"]), row["abbreviation"], row["name"], variants, (spell,))
