"""Deaths that a narrative tells of: how many at least, and whether soldiers or others.

The words decide: “killing three American officers”, “38 soldiers dead”, “two fishermen died”,
“no one was killed”; not “killed a proposal”, “killed two mules”, “would be killed”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from mideditor.domain.rules.death_patterns import (
    A_NUMBER,
    ACTIVE,
    DEATH_STEMS,
    DEATHS,
    LOST,
    NONE,
    PASSIVE,
    UNCOUNTED,
    UNREAL,
)
from mideditor.domain.rules.number_words import number_in_words
from mideditor.domain.rules.word_lists import CIVILIANS, PEOPLE, SOLDIERS, STOPS


class Who(IntEnum):
    """Who died. The fatality level counts the deaths of military personnel."""

    CIVILIANS = 0
    PEOPLE = 1
    SOLDIERS = 2


@dataclass(frozen=True)
class Deaths:
    """Deaths told in one place: at least so many, of whom, in these words.

    ``counted`` says whether the text gives the number.
    """

    least: int
    who: Who
    words: str
    counted: bool = True


_NOUNS = {Who.SOLDIERS: SOLDIERS, Who.CIVILIANS: CIVILIANS, Who.PEOPLE: PEOPLE}
_NATIONALS = ("s", "ese", "ish", "nch", "an", "i")


@lru_cache(maxsize=16)
def told_in(paragraphs: tuple[str, ...]) -> list[Deaths]:
    """What a narrative says of deaths."""
    return [deaths for paragraph in paragraphs for deaths in deaths_told(paragraph)]


def deaths_told(paragraph: str) -> list[Deaths]:
    """What a paragraph says of deaths, in its order."""
    return [
        deaths
        for start, end in sorted(_telling_sentences(paragraph))
        for deaths in _in_sentence(paragraph[start:end])
    ]


def says_nobody_died(text: str) -> str:
    """The words of a paragraph that say that nobody died; empty where it says no such thing."""
    for start, end in sorted(_telling_sentences(text)):
        if match := NONE.search(text, start, end):
            return match[0]
    return ""


def _telling_sentences(text: str) -> set[tuple[int, int]]:
    """Where the sentences stand that may tell of deaths."""
    spans = set()
    for sign in DEATH_STEMS:
        place = text.find(sign)
        while place >= 0:
            start = max(text.rfind(". ", 0, place), text.rfind("; ", 0, place)) + 1
            ends = (text.find(". ", place), text.find("; ", place), len(text))
            end = min(end for end in ends if end >= 0)
            spans.add((start, end))
            place = text.find(sign, end)
    return spans


def _in_sentence(text: str) -> list[Deaths]:
    found: dict[int, Deaths] = {}
    for pattern, signs, deaths_of in _PATTERNS:
        place = 0 if any(sign in text for sign in signs) else len(text)
        while match := pattern.search(text, place):
            deaths = None if _is_unreal(match, text) else deaths_of(match)
            if deaths and not _overlaps(match, found):
                found[match.start()] = deaths
            place = match.end() if deaths else match.start() + 1
    return [found[place] for place in sorted(found)]


def _counted(match: re.Match[str]) -> Deaths | None:
    groups = match.groupdict()
    words = (groups.get("rest") or "").split()
    verb = groups.get("verb")
    if verb == "dead":
        words += match.string[match.end() :].split(None, 1)[:1]
    if verb and _counts_others_after(words):
        return None
    who = _who(words)
    if who is None and not _may_be_people(groups["number"], words, verb):
        return None
    least = number_in_words(groups["number"])
    return Deaths(least, Who.PEOPLE if who is None else who, _quote(match))


def _counts_others_after(words: Sequence[str]) -> bool:
    """“One Thai and two Cambodian soldiers were killed”: the second number is found by itself."""
    return "and" in words and any(map(A_NUMBER.fullmatch, words[words.index("and") :]))


def _may_be_people(number: str, words: Sequence[str], verb: str | None) -> bool:
    """Whether a number may count people where no word says so: “killing three”, “two dead”."""
    of_the_dead = verb not in ("died", "drowned", "lost their lives") or not words
    first = words[0].casefold().rstrip(".,;") if words else ""
    bare = not first or first in STOPS or first == "more"
    return of_the_dead and bare and not (len(number) == 4 and number.isdigit())


def _lost(match: re.Match[str]) -> Deaths | None:
    number = match["of"] or match["lost"]
    who = _who((match["whom"] or match["losers"]).split())
    return None if who is None else Deaths(number_in_words(number), who, _quote(match))


def _uncounted(match: re.Match[str]) -> Deaths | None:
    words = (match["who"] or match["whom"]).casefold().split()
    if match["who"] and ({"no", "not", "none", "nobody"} & {*words} or words[-1] == "one"):
        return None
    who = _who(words) if match["whom"] else _who(words[-1:])
    return None if who is None else Deaths(1, who, match[0].strip(), counted=False)


_KILLED = ("kill", "slew", "massacr")
_PATTERNS: tuple[
    tuple[re.Pattern[str], tuple[str, ...], Callable[[re.Match[str]], Deaths | None]], ...
] = (
    (ACTIVE, _KILLED, _counted),
    (PASSIVE, (*_KILLED, "dead", "died", "slain", "perish", "drown", "lost their"), _counted),
    (DEATHS, ("deaths", "fatalities"), _counted),
    (LOST, ("death", "lives", "loss", "lost", "losing", "cost", "claim", "included"), _lost),
    (UNCOUNTED, ("kill", "dead", "died"), _uncounted),
)
"""Pattern, words of which one is in every match, and what is made of a match."""


def _is_unreal(match: re.Match[str], text: str) -> bool:
    """Whether the words before say that it did not happen, or might."""
    return UNREAL.search(text[max(match.start() - 40, 0) : match.start()]) is not None


def _who(words: Sequence[str]) -> Who | None:
    """Who a group of words is about: its first noun for people, before it goes on to others."""
    for word in words:
        plain = word.casefold().rstrip(".,;:").removesuffix("’s")
        for who, nouns in _NOUNS.items():
            if plain in nouns:
                return who
        if plain in STOPS:
            break
    first = words[0] if words else ""
    return Who.PEOPLE if first[:1].isupper() and first.endswith(_NATIONALS) else None


def _quote(match: re.Match[str]) -> str:
    """The words of an active sentence up to where it goes on to something else."""
    if match.re is PASSIVE or match.re is DEATHS:
        return match[0].strip()
    counts = match.re.groupindex.keys() & {"number", "of", "lost"}
    number_end = max(match.end(name) for name in counts)
    kept = match.string[match.start() : number_end]
    for word in match.string[number_end : match.end()].split():
        if word.casefold() in STOPS:
            break
        kept += f" {word}"
    return kept


def _overlaps(match: re.Match[str], found: dict[int, Deaths]) -> bool:
    return any(
        start < match.end() and match.start() < start + len(deaths.words)
        for start, deaths in found.items()
    )
