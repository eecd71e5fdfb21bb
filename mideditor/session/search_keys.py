"""The fields that the search line and the facets know: one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import CrossReference, Dyad, Participant, Record, Unread
from mideditor.domain.rules.questions import state_of
from mideditor.session.checks import Checks
from mideditor.session.session import Session

NOTHING = "none"
"""How the absence of a value is written."""


@dataclass(frozen=True)
class Seen:
    """A record with where to learn more of it."""

    id: int
    record: Record
    session: Session
    checks: Checks


@dataclass(frozen=True)
class SearchKey:
    """A field of the search line. ``values`` are what a record has, as shown in its facet.

    ``exact``: a value must be wholly as typed, else typing a part of it is enough. ``numeric``:
    it takes ranges. ``facet``: it is shown beside the table. ``every``: of several conditions on
    it all must be met, not one of them.
    """

    name: str
    title: str
    values: Callable[[Seen], Iterable[str]]
    exact: bool = False
    numeric: bool = False
    facet: bool = False
    every: bool = False
    hint: str = ""


def _printed(name: str) -> Callable[[Seen], Iterable[str]]:
    def values(seen: Seen) -> Iterable[str]:
        value = getattr(seen.record, name, None)
        if isinstance(value, Unread):
            return ("unread",)
        text = printed_value(FIELDS[name], value) if value is not None else ""
        return (text,) if text else ()

    return values


def _number(name: str) -> Callable[[Seen], Iterable[str]]:
    def values(seen: Seen) -> Iterable[str]:
        value = getattr(seen.record, name, None)
        return (str(value),) if isinstance(value, int) else ()

    return values


def _paragraphs(seen: Seen) -> Iterable[str]:
    return getattr(seen.record, "narrative", ())


def _sentences(seen: Seen) -> Iterable[str]:
    return (sentence.text for sentence in seen.session.printed_changes(seen.id))


def _states(seen: Seen) -> Iterable[str]:
    record = seen.record
    sides = [getattr(record, name, ()) for name in ("side_a", "side_b")]
    see = record.see if isinstance(record, CrossReference) else None
    if isinstance(see, Dyad):
        sides.append((see.a, see.b))
    named = [member for side in sides if isinstance(side, tuple) for member in side]
    return dict.fromkeys(str(m) for m in named if isinstance(m, Participant))


def _dates(record: Record) -> list[PartialDate]:
    found = (getattr(record, name, None) for name in ("start_date", "end_date", "started"))
    return [date for date in found if isinstance(date, PartialDate)]


def _years(seen: Seen) -> Iterable[str]:
    """Every year of the dispute."""
    years = sorted(date.year for date in _dates(seen.record))
    return map(str, range(years[0], years[-1] + 1)) if years else ()


def _decade(seen: Seen) -> Iterable[str]:
    return (f"{date.year // 10 * 10}s" for date in _dates(seen.record)[:1])


def _century(seen: Seen) -> Iterable[str]:
    return (f"{(date.year - 1) // 100 + 1}th century" for date in _dates(seen.record)[:1])


def _yes_and(values: Iterable[str]) -> Iterable[str]:
    """“yes” and the values, or “no”."""
    found = list(dict.fromkeys(values))
    return ("yes", *found) if found else ("no",)


def _changed(seen: Seen) -> Iterable[str]:
    fields = seen.session.changed_fields(seen.id)
    return _yes_and(FIELDS[field].label for field in fields if field in FIELDS)


def _coded(seen: Seen) -> Iterable[str]:
    changes = seen.session.history.coding_of(seen.id)
    return _yes_and(FIELDS[change.field].label for _, change in changes if change.field in FIELDS)


def _coders(seen: Seen) -> Iterable[str]:
    edits = seen.session.history.standing_edits_of(seen.id)
    return dict.fromkeys(step.author for step, _ in edits)


KEYS: dict[str, SearchKey] = {
    key.name: key
    for key in (
        SearchKey(
            "kind",
            "Kind",
            lambda seen: (seen.record.kind.replace("_", "-"),),
            facet=True,
        ),
        SearchKey("number", "Number", _number("dispute_number"), exact=True, numeric=True),
        SearchKey("review", "Review", _printed("review"), facet=True),
        SearchKey(
            "finding",
            "Finding",
            lambda seen: _yes_and(finding.rule for finding in seen.checks.of(seen.id)),
            facet=True,
        ),
        SearchKey("coded", "Coding change", _coded, facet=True),
        SearchKey("changed", "Changed field", _changed, facet=True),
        SearchKey("outcome", "Outcome", _printed("outcome"), facet=True),
        SearchKey("settlement", "Settlement", _printed("settlement"), facet=True),
        SearchKey("fatalities", "Fatalities", _printed("fatalities"), facet=True),
        SearchKey("century", "Century", _century, facet=True),
        SearchKey("decade", "Decade", _decade, facet=True),
        SearchKey("year", "Year", _years, exact=True, numeric=True, hint="1960 or 1960..1969"),
        SearchKey("state", "State", _states, facet=True, every=True),
        SearchKey("dyad", "Dyad", _printed("heading"), facet=True),
        SearchKey("chapter", "Chapter", _number("chapter"), exact=True, numeric=True, facet=True),
        SearchKey("page", "Page", _number("page"), exact=True, numeric=True),
        SearchKey("coder", "Coder", _coders, facet=True),
        SearchKey(
            "narrative",
            "Narrative",
            _paragraphs,
            every=True,
            hint="a word, or a “phrase in quotes”",
        ),
        SearchKey(
            "sentence", "Coding changes", _sentences, every=True, hint="words of a printed sentence"
        ),
        SearchKey(
            "question",
            "Question",
            lambda seen: dict.fromkeys(state_of(one) for one in seen.record.questions),
            exact=True,
            facet=True,
        ),
        SearchKey(
            "doubt",
            "Doubtful reading",
            lambda seen: _yes_and(FIELDS[doubt.field].label for doubt in seen.record.doubts),
            facet=True,
        ),
    )
}

NUMERIC = frozenset(name for name, key in KEYS.items() if key.numeric)
FACETS = tuple(key for key in KEYS.values() if key.facet)
