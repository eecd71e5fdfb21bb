"""Dates, states and dispute numbers that a text mentions, each with its span."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mideditor.domain.partial_date import MONTHS, NotADate, PartialDate, parse_date
from mideditor.domain.states import State, StateList

_MONTH = f"(?:{'|'.join(MONTHS)})"
_DATES = re.compile(
    rf"\b{_MONTH} [0-9]{{1,2}}, [0-9]{{4}}\b|\b[0-9]{{1,2}} {_MONTH} [0-9]{{4}}\b"
    rf"|\b{_MONTH} [0-9]{{4}}\b"
)
_DAYS = re.compile(
    rf"\b(?P<month>{_MONTH}) (?P<day>[0-9]{{1,2}})\b(?!,? [0-9]{{4}})"
    rf"|\b(?P<day_before>[0-9]{{1,2}}) (?P<month_after>{_MONTH})\b(?!,? [0-9]{{4}})"
)
# A year by itself: not a count of people, and not part of a larger number or of a range.
_YEARS = re.compile(
    r"(?<![\w,.#$£–-])(?:1[89]|20)[0-9]{2}(?![\w–-]|[,.][0-9]| (?:men|soldiers|troops|people))"
)
_REFERENCES = re.compile(r"\bMID(?:# ?| )(?P<number>[0-9]{1,5})\b")
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w*")
_ELSEWHERE = re.compile(
    r"(?:Central|Equatorial|Latin|New|Papua|(?:North|South|East|West)(?:ern)?)\Z"
)
"""Words that turn the state’s name after them into another name: Latin America."""


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day without a year: ``August 30``."""

    month: int
    day: int

    def in_year(self, year: int) -> PartialDate | None:
        """The day in a given year; None if the year has no such day."""
        try:
            return PartialDate(year, self.month, self.day)
        except NotADate:
            return None

    def __str__(self) -> str:
        return f"{MONTHS[self.month - 1]} {self.day}"


@dataclass(frozen=True, slots=True)
class DisputeNumber:
    """The number of a dispute that a text refers to."""

    number: int


Meaning = PartialDate | DayOfYear | State | DisputeNumber


@dataclass(frozen=True, slots=True)
class Mention:
    """The characters ``start`` to ``end`` (exclusive) of a text, and what they refer to."""

    start: int
    end: int
    meaning: Meaning


def mentions_in(text: str, states: StateList) -> list[Mention]:
    """The mentions in a text, in order; where two overlap, the one that starts first or is longer.

    States are found by names that belong to one state only.
    """
    found = [
        *_reference_mentions(text),
        *_date_mentions(text),
        *_day_mentions(text),
        *_year_mentions(text),
        *_state_mentions(text, states),
    ]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    mentions: list[Mention] = []
    for mention in found:
        if not mentions or mention.start >= mentions[-1].end:
            mentions.append(mention)
    return mentions


def _reference_mentions(text: str) -> Iterator[Mention]:
    for match in _REFERENCES.finditer(text):
        yield Mention(*match.span(), DisputeNumber(int(match["number"])))


def _date_mentions(text: str) -> Iterator[Mention]:
    for match in _DATES.finditer(text):
        try:
            yield Mention(*match.span(), parse_date(match[0]))
        except NotADate:
            continue


def _day_mentions(text: str) -> Iterator[Mention]:
    for match in _DAYS.finditer(text):
        month = MONTHS.index(match["month"] or match["month_after"]) + 1
        day = DayOfYear(month, int(match["day"] or match["day_before"]))
        if day.in_year(2000) is not None:
            yield Mention(*match.span(), day)


def _year_mentions(text: str) -> Iterator[Mention]:
    for match in _YEARS.finditer(text):
        yield Mention(*match.span(), PartialDate(int(match[0])))


def _state_mentions(text: str, states: StateList) -> Iterator[Mention]:
    names, end, before = _names(states), 0, ""
    for word in _CAPITALISED.finditer(text):
        adjoins = text[end : word.start()] == " "
        is_other_name = adjoins and _ELSEWHERE.match(before) is not None
        if word.start() < end:
            continue
        before, end = word[0], word.end()
        for name, state in () if is_other_name else names.get(word[0], ()):
            after = word.start() + len(name)
            if text.startswith(name, word.start()) and not text[after : after + 1].isalnum():
                yield Mention(word.start(), after, state)
                before, end = "", after
                break


@lru_cache(maxsize=4)
def _names(states: StateList) -> dict[str, list[tuple[str, State]]]:
    """Names that belong to one state only, longest first, by their first word."""
    states_by_name: defaultdict[str, set[State]] = defaultdict(set)
    for state in states:
        for name in state.names:
            states_by_name[name].add(state)
    by_word: defaultdict[str, list[tuple[str, State]]] = defaultdict(list)
    for name in sorted(states_by_name, key=len, reverse=True):
        first = _CAPITALISED.match(name)
        if len(states_by_name[name]) == 1 and first is not None:
            by_word[first[0]].append((name, next(iter(states_by_name[name]))))
    return dict(by_word)
