"""Comparing an entry with its published row: what agrees, and which values could be applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from mideditor.domain.codes import MISSING_CODE, Outcome
from mideditor.domain.fields import FIELDS
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import SIDES, Entry, Participant, Side, Unread
from mideditor.domain.reports.comparison import Verdict
from mideditor.domain.states import StateList
from mideditor.reference.published import (
    SIDE_A,
    SIDE_B,
    PublishedDispute,
    PublishedTables,
)

_MISSING = str(Outcome.MISSING)  # the same word in all code lists
_SIDES = dict(zip(SIDES, (SIDE_A, SIDE_B), strict=True))
_OTHER = dict(zip(SIDES, SIDES[::-1], strict=True))


@dataclass(frozen=True)
class ComparedField:
    """A field compared with its published value; ``to_apply`` as in FieldComparison."""

    field: str
    published: Any
    verdict: Verdict
    note: str = ""
    to_apply: Mapping[str, Any] = attribute(default_factory=dict)


def compare_fields(
    entry: Entry, original: Entry, number: int, tables: PublishedTables, states: StateList
) -> Iterator[ComparedField]:
    """Compare each field that the tables have, in printed order; optional ones where they are set.

    ``number`` is that of a published dispute. States in the values to apply keep the names printed
    in the entry or in its original.
    """
    dispute = tables.by_number[number]
    sides = _Sides(entry, original, number, tables, states)
    for name in tables.fields:
        if FIELDS[name].optional and not (getattr(entry, name) or getattr(original, name)):
            continue
        if name in _SIDES:
            yield sides.compared(name)
        elif FIELDS[name].codes:
            yield _coded(entry, name, dispute)
        else:
            yield _dated(entry, name, dispute)


def date_verdict(here: PartialDate | Unread | None, there: PartialDate | None) -> Verdict:
    """The verdict on two dates; if one contains the other, they differ only in precision."""
    if one_sided := _one_sided(here, there):
        return one_sided
    if here == there:
        return Verdict.AGREE
    if not isinstance(here, PartialDate) or there is None:
        return Verdict.DIFFER
    inside = here.earliest <= there.earliest and there.latest <= here.latest
    around = there.earliest <= here.earliest and here.latest <= there.latest
    return Verdict.OTHER_PRECISION if inside or around else Verdict.DIFFER


def difference_key(name: str, here: Any, there: Any) -> str:
    """The key of a difference: the field and both values, without the names of states."""
    return f"published|{name}|{_key_text(here)}|{_key_text(there)}"


def _coded(entry: Entry, name: str, dispute: PublishedDispute) -> ComparedField:
    here, there = getattr(entry, name), dispute.code_of(name)
    verdict = _one_sided(_value(here), _value(there)) or (
        Verdict.AGREE if here == there else Verdict.DIFFER
    )
    note, number = "", dispute.number_of(name)
    if there is None and number != MISSING_CODE:
        note = f"The code {number} of row {dispute.row} is not in the codebook."
    return ComparedField(name, there, verdict, note, {} if there is None else {name: there})


def _dated(entry: Entry, name: str, dispute: PublishedDispute) -> ComparedField:
    here, there = getattr(entry, name), getattr(dispute, name)
    verdict = date_verdict(here, there)
    given = dispute.start if name == "start_date" else dispute.end
    note = f"Row {dispute.row}: {given.fault}." if given.fault else ""
    if verdict is Verdict.OTHER_PRECISION:
        finer_here = there.earliest <= here.earliest and here.latest <= there.latest
        note = f"{'Here' if finer_here else 'Published'} more precisely."
    return ComparedField(name, there, verdict, note, {} if there is None else {name: there})


class _Sides:
    """The sides of an entry and of its published row, by code and as participants."""

    def __init__(
        self,
        entry: Entry,
        original: Entry,
        number: int,
        tables: PublishedTables,
        states: StateList,
    ) -> None:
        self._entry = entry
        self._states = states
        self._names = _names_of(original) | _names_of(entry)
        self._here = {name: _codes(getattr(entry, name)) for name in _SIDES}
        self._unread = isinstance(entry.side_a, Unread)
        self._published = {name: tables.side(number, side) for name, side in _SIDES.items()}
        self._there = {name: set(members) for name, members in self._published.items()}

    def compared(self, name: str) -> ComparedField:
        """The comparison of one side."""
        there = self._published_side(name)
        return ComparedField(
            name, there, self._verdict(name), self._note(name), self._values_to_apply(name)
        )

    def _verdict(self, name: str) -> Verdict:
        here, there = self._here[name], self._there[name]
        if name == "side_a" and self._unread and there:
            return Verdict.DIFFER
        if here == there:
            return self._verdict_for_equal_codes(name)
        if here == self._there[_OTHER[name]] and self._here[_OTHER[name]] == there:
            return Verdict.SWAPPED
        return _one_sided(here or None, there or None) or Verdict.DIFFER

    def _verdict_for_equal_codes(self, name: str) -> Verdict:
        side = getattr(self._entry, name)
        named_only = not isinstance(side, Unread) and any(one.code is None for one in side)
        return Verdict.DIFFER if named_only else Verdict.AGREE

    def _note(self, name: str) -> str:
        here, there, other = self._here[name], self._there[name], self._here[_OTHER[name]]
        if here == there or self._verdict(name) is Verdict.SWAPPED:
            return ""
        moved = sorted(there & other - here)
        lacking, extra = sorted(there - here - other), sorted(here - there)
        groups = (
            ("on the other side here", moved),
            ("not here", lacking),
            ("not published", extra),
        )
        parts = [f"{what}: {', '.join(map(self._label, codes))}" for what, codes in groups if codes]
        text = "; ".join(parts)
        return f"{text[:1].upper()}{text[1:]}." if text else ""

    def _values_to_apply(self, name: str) -> dict[str, Side]:
        """The published side; both sides if a state would otherwise be on both."""
        other = _OTHER[name]
        on_both_sides = self._there[name] & self._here[other] - self._there[other]
        fields = [name, other] if on_both_sides or self._unread else [name]
        return (
            {side: self._published_side(side) for side in fields}
            if self._all_published(fields)
            else {}
        )

    def _all_published(self, sides: Sequence[str]) -> bool:
        return all(self._there[side] for side in sides)

    def _published_side(self, name: str) -> Side:
        """The published side with the entry's order and names.

        The chapters sort a side by its codes as text. If an entry does not, new states come last.
        """
        side = getattr(self._entry, name)
        own = [] if isinstance(side, Unread) else [one.code for one in side if one.code is not None]
        kept = [code for code in dict.fromkeys(own) if code in self._there[name]]
        new = sorted(self._there[name].difference(kept), key=str)
        codes = [*kept, *new]
        if own == sorted(own, key=str):
            codes.sort(key=str)
        return tuple(Participant(code=code, name=self._name(code)) for code in codes)

    def _name(self, code: int) -> str:
        state = self._states.get(code)
        known = state.name if state else self._abbreviation(code)
        return self._names.get(code) or known

    def _abbreviation(self, code: int) -> str:
        return next((side[code] for side in self._published.values() if code in side), "")

    def _label(self, code: int) -> str:
        return f"{code} {self._name(code)}".rstrip()


def _one_sided(here: Any, there: Any) -> Verdict | None:
    """The verdict if a value is missing; None if there are two to compare."""
    if here is None and there is None:
        return Verdict.AGREE
    if here is None:
        return Verdict.ONLY_THERE
    return Verdict.ONLY_HERE if there is None else None


def _value(code: Any) -> Any:
    return None if code == _MISSING else code


def _codes(side: Side | Unread) -> set[int]:
    members = () if isinstance(side, Unread) else side
    return {member.code for member in members if member.code is not None}


def _names_of(entry: Entry) -> dict[int, str]:
    sides = [entry.side_a, entry.side_b]
    members: Sequence[Participant] = [
        one for side in sides if not isinstance(side, Unread) for one in side
    ]
    return {one.code: one.name for one in members if one.code is not None and one.name}


def _key_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Unread):
        return f"unread {value.unread}"
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, tuple):
        return ",".join(sorted({str(one.code or one.name) for one in value}))
    return str(value)
