"""Records found by the search line, counted by facet, and completed while one types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from mideditor.domain.record import RecordId
from mideditor.session.session import Session
from mideditor.session.table.facet_counts import FacetValues, RecordSet
from mideditor.session.table.search_index import SearchIndex, part_of
from mideditor.session.table.search_keys import FACETS, KEYS, NOTHING, NUMERIC, SearchKey
from mideditor.session.table.search_line import Query, Term, parse_line, token_at, written_term
from mideditor.session.work import INDEXED_AT_ONCE, SCANNED_AT_A_TIME, Work, run_now

_COMPLETIONS = 12
_YES_NO = ("yes", "no")
_MOST = 40


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, how many records have it, and whether it is asked for."""

    key: str
    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """The values of most records, those asked for first, and how many there are beside them."""

    values: Sequence[FacetValue]
    more: int = 0


def understood(line: str) -> Query:
    """A search line as understood, with what cannot be."""
    return parse_line(line, tuple(KEYS), NUMERIC)


class Search:
    """Finds records by words and by fields. Work of many records is done in parts."""

    def __init__(self, session: Session, prepared: SearchIndex) -> None:
        self._session = session
        self._prepared = prepared
        self._last: tuple[int, Query, Sequence[RecordId]] = (-1, Query(), ())

    def find(self, query: Query) -> Work[list[RecordId]]:
        """The records that meet a query, in source order."""
        yield from self._prepared.fill(checked=_needs_checks(query))
        return self._narrowed((yield from self._with_words(query)), query.terms)

    def count_facets(self, query: Query) -> Work[dict[str, Facet]]:
        """Each facet's values with their counts.

        The counts of a facet follow all conditions but its own. What needs the findings is left
        out until all are known.
        """
        checked = self._prepared.waiting(checked=True) <= INDEXED_AT_ONCE or _needs_checks(query)
        yield from self._prepared.fill(checked=checked)
        counted = len(self._session.ids())
        for tally in self._prepared.tallies.values():
            tally.totals()
            yield counted, counted
        records = yield from self._with_words(query)
        met = RecordSet(self._narrowed(records, query.terms))
        asked = {term.key for term in query.terms}
        facets = {}
        for key in FACETS:
            if key.checked and not checked:
                continue
            others = query.without(key.name).terms
            its = RecordSet(self._narrowed(records, others)) if key.name in asked else met
            facets[key.name] = self._facet(key, its, query)
            yield counted, counted
        return facets

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
        totals = self._totals(KEYS[name])
        likely = [one for one in totals if totals[one] and typed in one.casefold()]
        return [
            (f"{before}{written_term(name, one)}{after}", f"{totals[one]}")
            for one in nsmallest(_COMPLETIONS, likely, key=lambda one: -totals[one])
        ]

    def _with_words(self, query: Query) -> Work[Sequence[RecordId]]:
        """The records that have all the words and phrases of a query, in source order.

        One that narrows the last is looked for among what that one found.
        """
        version, last, found = self._last
        if version != self._prepared.version or not _narrows(query, last):
            found = self._session.ids()
        texts = self._prepared.texts
        for term in query.terms:
            if not term.key:
                wanted, negated, kept = term.wanted.encode(), term.negated, []
                for start in range(0, len(found), SCANNED_AT_A_TIME):
                    if start:
                        yield start, len(found)
                    some = found[start : start + SCANNED_AT_A_TIME]
                    kept += [one for one in some if (wanted in texts[one]) != negated]
                found = kept
        self._last = self._prepared.version, query, found
        return found

    def _narrowed(self, records: Sequence[RecordId], terms: Iterable[Term]) -> list[RecordId]:
        """Those of the records that meet the conditions on fields; words are not looked at.

        Of several conditions on one field one is enough, unless the field wants every one.
        """
        found = list(records)
        for group in _groups(terms):
            key = KEYS[group[0].key]
            if key.in_text:
                found = [one for one in found if any(self._says(one, key, t) for t in group)]
            else:
                meets = self._meeting(key, group, found)
                values = self._prepared.tallies[key.name].values
                found = [one for one in found if meets[values[one]]]
        return found

    def _meeting(
        self, key: SearchKey, group: Sequence[Term], records: Sequence[RecordId]
    ) -> Mapping[FacetValues, bool]:
        """Whether records meet one of the conditions on a field, by the values that they have."""
        tally = self._prepared.tallies[key.name]
        wanted = [(_wanted(key, term, tally.totals()), term) for term in group]
        return {
            values: any(
                (term.wanted == NOTHING if not values else not its.isdisjoint(values))
                != term.negated
                for its, term in wanted
            )
            for values in set(map(tally.values.__getitem__, records))
        }

    def _says(self, record: RecordId, key: SearchKey, term: Term) -> bool:
        part = part_of(self._prepared.texts[record], key)
        says = term.wanted.encode() in part or (term.wanted == NOTHING and not part)
        return says != term.negated

    def _facet(self, key: SearchKey, others: RecordSet, query: Query) -> Facet:
        """A facet's values among the records that meet all conditions but its own."""
        counts = self._prepared.tallies[key.name].counts(others)
        asked = [term for term in query.terms if term.key == key.name and not term.negated]
        wanted = [(_wanted(key, term, counts), term) for term in asked]
        met = {value for its, _ in wanted for value in its}
        chosen = [FacetValue(key.name, value, counts[value], chosen=True) for value in met]
        chosen += [  # asked for, and of no record: shown to be taken out again
            FacetValue(key.name, term.wanted, 0, chosen=True) for its, term in wanted if not its
        ]
        first = nsmallest(_MOST, counts.items(), key=_rank)
        rest = [FacetValue(key.name, *one, chosen=False) for one in first if one[0] not in met]
        shown = sorted([*chosen, *rest], key=lambda one: _rank((one.value, one.count)))
        return Facet(shown, more=len({*counts, *met} - {one.value for one in shown}))

    def _totals(self, key: SearchKey) -> Mapping[str, int]:
        """How many records have each value, as far as that is known without a wait."""
        if self._prepared.waiting(checked=key.checked) <= INDEXED_AT_ONCE:
            run_now(self._prepared.fill(checked=key.checked))
        return self._prepared.tallies[key.name].totals()


def _needs_checks(query: Query) -> bool:
    return any(term.key and KEYS[term.key].checked for term in query.terms)


def _narrows(query: Query, before: Query) -> bool:
    """Whether the words of a query find no record that those of an earlier one did not."""
    words, earlier = ([term for term in one.terms if not term.key] for one in (query, before))
    return all(any(_implies(term, one) for term in words) for one in earlier)


def _implies(term: Term, earlier: Term) -> bool:
    if term.negated != earlier.negated:
        return False
    shorter, longer = (term, earlier) if term.negated else (earlier, term)
    return shorter.wanted in longer.wanted


def _rank(counted: tuple[str, int]) -> tuple[int, int, str]:
    """“yes”, “no”, then the values of most records."""
    value, count = counted
    first = _YES_NO.index(value) if value in _YES_NO else len(_YES_NO)
    return first, -count, value


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


def _wanted(key: SearchKey, term: Term, values: Iterable[str]) -> set[str]:
    """Those of a field's values that a condition wants."""
    if term.is_range:
        return {value for value in values if _within(value, term)}
    if key.exact or (key.yes_no and term.wanted in _YES_NO):
        return {value for value in values if value.casefold() == term.wanted}
    if key.name == "state" and term.wanted.isdigit():
        return {value for value in values if value.split(" ", 1)[0] == term.wanted}
    return {value for value in values if term.wanted in value.casefold()}


def _within(value: str, term: Term) -> bool:
    try:
        number = int(value)
    except ValueError:
        return False
    return (term.low is None or number >= term.low) and (term.high is None or number <= term.high)
