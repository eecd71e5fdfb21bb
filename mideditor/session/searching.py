"""Records found by the search line, counted by facet, and completed while one types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mideditor.domain.record import RecordId
from mideditor.session.checks import Checks
from mideditor.session.search_keys import FACETS, KEYS, NOTHING, NUMERIC, SearchKey, Seen
from mideditor.session.search_line import Query, Term, parse_line, token_at, written_term
from mideditor.session.session import Changed, Session

_COMPLETIONS = 12
_YES_NO = ("yes", "no")


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, how many records have it, and whether it is asked for."""

    key: str
    value: str
    count: int
    chosen: bool


def understood(line: str) -> Query:
    """A search line as understood, with what cannot be."""
    return parse_line(line, tuple(KEYS), NUMERIC)


class Search:
    """What the records of a session have, by field of the search line.

    Values are worked out when first asked for and again after a record has changed.
    """

    def __init__(self, session: Session, checks: Checks) -> None:
        self._session = session
        self._checks = checks
        self._values: dict[str, dict[RecordId, tuple[str, ...]]] = {key: {} for key in KEYS}
        self._folded: dict[str, dict[RecordId, tuple[str, ...]]] = {key: {} for key in KEYS}
        session.subscribe(self._forget)

    def narrowed(self, records: Sequence[RecordId], terms: Iterable[Term]) -> list[RecordId]:
        """Those of the records that meet the conditions on fields; words are not looked at.

        Of several conditions on one field one is enough, unless the field wants every one.
        """
        found = list(records)
        for group in _groups(terms):
            folded = self._folded_of(KEYS[group[0].key], found)
            found = [one for one in found if any(_holds(folded[one], term) for term in group)]
        return found

    def facets(self, records: Sequence[RecordId], query: Query) -> dict[str, list[FacetValue]]:
        """Each facet's values with their counts, those of most records first.

        ``records`` are those that have the query's words. The counts of a facet follow all
        conditions but its own.
        """
        asked = {term.key for term in query.terms}
        met = self.narrowed(records, query.terms)
        return {
            key.name: self._facet(
                key,
                self.narrowed(records, query.without(key.name).terms) if key.name in asked else met,
                query,
            )
            for key in FACETS
        }

    def completions(self, line: str, cursor: int) -> list[tuple[str, str]]:
        """Ways to go on at the cursor: the line with each, and what it means."""
        start, begun = token_at(line, cursor)
        sign = "-" if begun.startswith("-") else ""
        key, colon, value = begun.removeprefix("-").partition(":")
        before, after = line[:start] + sign, line[cursor:]
        if not colon:
            wanted = key.casefold()
            offered = [one for one in KEYS.values() if wanted and one.name.startswith(wanted)]
            return [(f"{before}{one.name}:{after}", one.hint or one.title) for one in offered]
        name = key.casefold()
        if name not in KEYS or not (KEYS[name].facet or KEYS[name].numeric):
            return []
        typed = value.strip('"').casefold()
        counts = self._counts(KEYS[name], self._session.ids())
        likely = [one for one, _ in counts.most_common() if typed in one.casefold()]
        return [
            (f"{before}{written_term(name, one)}{after}", f"{counts[one]}")
            for one in likely[:_COMPLETIONS]
        ]

    def prepare(self, records: Iterable[RecordId]) -> None:
        """Work out what the facets need of these records, ahead of the first time."""
        ahead = list(records)
        for key in FACETS:
            self._values_of(key, ahead)

    def _facet(self, key: SearchKey, others: Sequence[RecordId], query: Query) -> list[FacetValue]:
        """A facet's values among the records that meet all conditions but its own."""
        counts = self._counts(key, others)
        asked = [term for term in query.terms if term.key == key.name and not term.negated]
        shown = [
            FacetValue(key.name, value, count, any(_meets(_fold((value,)), t) for t in asked))
            for value, count in counts.items()
        ]
        met = [one for one in shown if one.chosen]
        shown += [  # asked for, and of no record: shown to be taken out again
            FacetValue(key.name, term.wanted, 0, chosen=True)
            for term in asked
            if not any(_meets(_fold((one.value,)), term) for one in met)
        ]
        return sorted(shown, key=_rank)

    def _counts(self, key: SearchKey, records: Iterable[RecordId]) -> Counter[str]:
        values = self._values_of(key, records := list(records))
        counts: Counter[str] = Counter()
        for record in records:
            counts.update(values[record])
        return counts

    def _values_of(
        self, key: SearchKey, records: Iterable[RecordId]
    ) -> Mapping[RecordId, tuple[str, ...]]:
        known = self._values[key.name]
        for record in records:
            if record not in known:
                seen = Seen(record, self._session.record(record), self._session, self._checks)
                known[record] = tuple(key.values(seen))
        return known

    def _folded_of(
        self, key: SearchKey, records: Iterable[RecordId]
    ) -> Mapping[RecordId, tuple[str, ...]]:
        known = self._folded[key.name]
        values = self._values_of(key, records := list(records))
        for record in records:
            if record not in known:
                known[record] = _fold(values[record])
        return known

    def _forget(self, changed: Changed) -> None:
        for known in (*self._values.values(), *self._folded.values()):
            for record in changed.records | self._checks.touched:
                known.pop(record, None)


def _rank(one: FacetValue) -> tuple[int, int, str]:
    """“yes”, “no”, then the values of most records."""
    first = _YES_NO.index(one.value) if one.value in _YES_NO else len(_YES_NO)
    return first, -one.count, one.value


def _fold(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.casefold() for value in values)


def _groups(terms: Iterable[Term]) -> list[list[Term]]:
    """Conditions of which one must hold each."""
    either: dict[str, list[Term]] = {}
    each: list[list[Term]] = []
    for term in terms:
        if not term.key:
            continue
        if term.negated or KEYS[term.key].every:
            each.append([term])
        else:
            either.setdefault(term.key, []).append(term)
    return each + list(either.values())


def _holds(values: tuple[str, ...], term: Term) -> bool:
    return _meets(values, term) != term.negated


def _meets(values: tuple[str, ...], term: Term) -> bool:
    """Whether one of a record's folded values is what a condition wants."""
    if term.is_range:
        return any(_within(value, term) for value in values)
    if term.wanted == NOTHING and not values:
        return True
    if KEYS[term.key].exact:
        return term.wanted in values
    if term.key == "state" and term.wanted.isdigit():
        return any(value.split(" ", 1)[0] == term.wanted for value in values)
    if term.wanted in _YES_NO and any(value in _YES_NO for value in values):
        return term.wanted in values
    return any(term.wanted in value for value in values)


def _within(value: str, term: Term) -> bool:
    try:
        number = int(value)
    except ValueError:
        return False
    return (term.low is None or number >= term.low) and (term.high is None or number <= term.high)
