"""Finds records by the search line, counts them by facet, and completes the line while typing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nsmallest

from mideditor.domain.record import RecordId
from mideditor.session.session import Session
from mideditor.session.table.facet_counts import FacetValues, RowSet
from mideditor.session.table.search_index import SearchIndex, part_of
from mideditor.session.table.search_keys import FACETS, KEYS, NOTHING, NUMERIC, SearchKey
from mideditor.session.table.search_line import Query, Term, parse_line, token_at, written_term
from mideditor.session.work import INDEXED_AT_ONCE, SCANNED_AT_A_TIME, Work, run_now

_COMPLETIONS = 12
_YES_NO = ("yes", "no")
_MOST = 40


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, how many records have it, and whether the query selects it."""

    key: str
    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """The most frequent values, always with the selected ones, and the number of other values."""

    values: Sequence[FacetValue]
    more: int = 0


def parse_query(line: str) -> Query:
    """The query of a search line, with its mistakes."""
    return parse_line(line, tuple(KEYS), NUMERIC)


class Search:
    """Finds records by words and by fields."""

    def __init__(self, session: Session, index: SearchIndex) -> None:
        self._session = session
        self._index = index
        self._last: tuple[int, Query, Sequence[int]] = (-1, Query(), ())

    def find(self, query: Query) -> Work[list[RecordId]]:
        """The records that match a query, in source order."""
        return self._index.records((yield from self.find_rows(query)))

    def find_rows(self, query: Query) -> Work[list[int]]:
        """The rows of the index that match a query, in source order."""
        yield from self._index.fill(checked=_needs_checks(query))
        return self._meeting_fields((yield from self._with_words(query)), query.terms)

    def count_facets(self, query: Query) -> Work[dict[str, Facet]]:
        """Each facet's values with their counts.

        The counts of a facet apply all conditions except its own. Facets that need the findings
        are left out until all findings are known.
        """
        checked = self._index.waiting(checked=True) <= INDEXED_AT_ONCE or _needs_checks(query)
        yield from self._index.fill(checked=checked)
        counted = len(self._session.ids())
        for tally in self._index.tallies.values():
            tally.totals()
            yield counted, counted
        rows = yield from self._with_words(query)
        met = RowSet(self._meeting_fields(rows, query.terms))
        used = {term.key for term in query.terms}
        facets = {}
        for key in FACETS:
            if key.checked and not checked:
                continue
            others = query.without(key.name).terms
            counted_in = RowSet(self._meeting_fields(rows, others)) if key.name in used else met
            facets[key.name] = self._facet(key, counted_in, query)
            yield counted, counted
        return facets

    def completions(self, line: str, cursor: int) -> list[tuple[str, str]]:
        """Completions at the cursor: the completed line and what the completion means."""
        start, token = token_at(line, cursor)
        sign = "-" if token.startswith("-") else ""
        key, colon, value = token.removeprefix("-").partition(":")
        before, after = line[:start] + sign, line[cursor:]
        if not colon:
            prefix = key.casefold()
            keys = [one for one in KEYS.values() if prefix and one.name.startswith(prefix)]
            return [(f"{before}{one.name}:{after}", one.hint or one.title) for one in keys]
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

    def _with_words(self, query: Query) -> Work[Sequence[int]]:
        """The rows that have all the words and phrases of a query, in source order.

        A query that narrows the last one searches only the rows that it found.
        """
        version, last, found = self._last
        if version != self._index.version or not _narrows(query, last):
            found = self._index.rows()
        texts = self._index.texts
        for term in query.terms:
            if not term.key:
                wanted, negated, kept = term.wanted.encode(), term.negated, []
                for start in range(0, len(found), SCANNED_AT_A_TIME):
                    if start:
                        yield start, len(found)
                    some = found[start : start + SCANNED_AT_A_TIME]
                    kept += [one for one in some if (wanted in texts[one]) != negated]
                found = kept
        self._last = self._index.version, query, found
        return found

    def _meeting_fields(self, rows: Sequence[int], terms: Iterable[Term]) -> list[int]:
        """The rows that meet the conditions on fields; words are ignored.

        One of several conditions on a field is enough, unless its key requires every one.
        """
        found = list(rows)
        for group in _groups(terms):
            key = KEYS[group[0].key]
            if key.in_text:
                found = [
                    one for one in found if any(self._text_matches(one, key, t) for t in group)
                ]
            else:
                meets = self._matching_values(key, group, found)
                values = self._index.tallies[key.name].values
                found = [one for one in found if meets[values[one]]]
        return found

    def _matching_values(
        self, key: SearchKey, group: Sequence[Term], rows: Sequence[int]
    ) -> Mapping[FacetValues, bool]:
        """For each combination of values, whether it meets one of the conditions on a field."""
        tally = self._index.tallies[key.name]
        wanted = [(self._matches(key, term, tally.totals()), term) for term in group]
        return {
            values: any(
                (term.wanted == NOTHING if not values else not matching.isdisjoint(values))
                != term.negated
                for matching, term in wanted
            )
            for values in set(map(tally.values.__getitem__, rows))
        }

    def _text_matches(self, row: int, key: SearchKey, term: Term) -> bool:
        part = part_of(self._index.texts[row], key)
        says = term.wanted.encode() in part or (term.wanted == NOTHING and not part)
        return says != term.negated

    def _facet(self, key: SearchKey, others: RowSet, query: Query) -> Facet:
        """A facet's values among the rows that meet all conditions except its own."""
        counts = self._index.tallies[key.name].counts(others)
        own = [term for term in query.terms if term.key == key.name and not term.negated]
        wanted = [(self._matches(key, term, counts), term) for term in own]
        met = {value for matching, _ in wanted for value in matching}
        selected = [FacetValue(key.name, value, counts[value], selected=True) for value in met]
        selected += [  # selected without any record: shown so that it can be deselected
            FacetValue(key.name, term.wanted, 0, selected=True)
            for matching, term in wanted
            if not matching
        ]
        first = nsmallest(_MOST, counts.items(), key=_rank)
        rest = [FacetValue(key.name, *one, selected=False) for one in first if one[0] not in met]
        shown = sorted([*selected, *rest], key=lambda one: _rank((one.value, one.count)))
        return Facet(shown, more=len({*counts, *met} - {one.value for one in shown}))

    def _matches(self, key: SearchKey, term: Term, values: Iterable[str]) -> set[str]:
        """The values of a field that a condition matches."""
        if term.is_range:
            return {value for value in values if _within(value, term)}
        if key.exact or (key.yes_no and term.wanted in _YES_NO):
            return {value for value in values if value.casefold() == term.wanted}
        if key.name == "state" and term.wanted.isdigit():
            return {value for value in values if value.split(" ", 1)[0] == term.wanted}
        found = {value for value in values if term.wanted in value.casefold()}
        if key.also is not None:
            words = partial(key.also, self._session)
            found |= {value for value in values if any(term.wanted in one for one in words(value))}
        return found

    def _totals(self, key: SearchKey) -> Mapping[str, int]:
        """How many records have each value, as far as this is known without delay."""
        if self._index.waiting(checked=key.checked) <= INDEXED_AT_ONCE:
            run_now(self._index.fill(checked=key.checked))
        return self._index.tallies[key.name].totals()


def _needs_checks(query: Query) -> bool:
    return any(term.key and KEYS[term.key].checked for term in query.terms)


def _narrows(query: Query, before: Query) -> bool:
    """Whether every record with the words of a query also has those of the earlier one."""
    words, earlier = ([term for term in one.terms if not term.key] for one in (query, before))
    return all(any(_implies(term, one) for term in words) for one in earlier)


def _implies(term: Term, earlier: Term) -> bool:
    if term.negated != earlier.negated:
        return False
    shorter, longer = (term, earlier) if term.negated else (earlier, term)
    return shorter.wanted in longer.wanted


def _rank(counted: tuple[str, int]) -> tuple[int, int, str]:
    """Sorts “yes” and “no” first, then the most frequent values."""
    value, count = counted
    first = _YES_NO.index(value) if value in _YES_NO else len(_YES_NO)
    return first, -count, value


def _groups(terms: Iterable[Term]) -> list[list[Term]]:
    """The conditions in groups; one condition of every group must hold."""
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


def _within(value: str, term: Term) -> bool:
    try:
        number = int(value)
    except ValueError:
        return False
    return (term.low is None or number >= term.low) and (term.high is None or number <= term.high)
