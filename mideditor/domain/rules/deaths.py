"""Deaths reported in a narrative: the minimum number, and whether soldiers or others.

Recognised by wording: “killing three American officers”, “38 soldiers dead”, “two fishermen died”,
“no one was killed”; but not “killed a proposal”, “killed two mules”, “would be killed”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from mideditor.domain.rules.death_patterns import (
    ACTIVE,
    DEATH_STEMS,
    DEATHS,
    LOST,
    NO_DEATHS,
    NOT_REAL,
    NUMBER_PATTERN,
    PASSIVE,
    UNCOUNTED,
)
from mideditor.domain.rules.number_words import number_in_words
from mideditor.domain.rules.word_lists import CIVILIANS, PEOPLE, SOLDIERS, STOPS


class Victims(IntEnum):
    """Who died. The fatality level counts military deaths only."""

    CIVILIANS = 0
    PEOPLE = 1
    SOLDIERS = 2


@dataclass(frozen=True)
class Deaths:
    """Deaths reported in one place: the minimum number, the victims, the words of the text.

    ``counted`` says whether the text gives a number.
    """

    minimum: int
    victims: Victims
    words: str
    counted: bool = True


_NOUNS = {Victims.SOLDIERS: SOLDIERS, Victims.CIVILIANS: CIVILIANS, Victims.PEOPLE: PEOPLE}
_NATIONALITY_ENDINGS = ("s", "ese", "ish", "nch", "an", "i")


@lru_cache(maxsize=16)
def deaths_in(paragraphs: tuple[str, ...]) -> list[Deaths]:
    """The deaths reported in a narrative."""
    return [deaths for paragraph in paragraphs for deaths in deaths_in_paragraph(paragraph)]


def deaths_in_paragraph(paragraph: str) -> list[Deaths]:
    """The deaths reported in a paragraph, in order."""
    return [
        deaths
        for start, end in sorted(_sentences_about_deaths(paragraph))
        for deaths in _deaths_in_sentence(paragraph[start:end])
    ]


def no_deaths_phrase(text: str) -> str:
    """The words of a paragraph that say that nobody died; empty if there are none."""
    for start, end in sorted(_sentences_about_deaths(text)):
        if match := NO_DEATHS.search(text, start, end):
            return match[0]
    return ""


def _sentences_about_deaths(text: str) -> set[tuple[int, int]]:
    """The spans of the sentences that may report deaths."""
    spans = set()
    for stem in DEATH_STEMS:
        position = text.find(stem)
        while position >= 0:
            start = max(text.rfind(". ", 0, position), text.rfind("; ", 0, position)) + 1
            ends = (text.find(". ", position), text.find("; ", position), len(text))
            end = min(end for end in ends if end >= 0)
            spans.add((start, end))
            position = text.find(stem, end)
    return spans


def _deaths_in_sentence(text: str) -> list[Deaths]:
    found: dict[int, Deaths] = {}
    for pattern, stems, deaths_of in _PATTERNS:
        position = 0 if any(stem in text for stem in stems) else len(text)
        while match := pattern.search(text, position):
            deaths = None if _is_not_real(match, text) else deaths_of(match)
            if deaths and not _overlaps(match, found):
                found[match.start()] = deaths
            position = match.end() if deaths else match.start() + 1
    return [found[position] for position in sorted(found)]


def _counted(match: re.Match[str]) -> Deaths | None:
    groups = match.groupdict()
    words = (groups.get("rest") or "").split()
    verb = groups.get("verb")
    if verb == "dead":
        words += match.string[match.end() :].split(None, 1)[:1]
    if verb and _counts_others_after(words):
        return None
    victims = _victims(words)
    if victims is None and not _may_be_people(groups["number"], words, verb):
        return None
    minimum = number_in_words(groups["number"])
    return Deaths(minimum, Victims.PEOPLE if victims is None else victims, _quote(match))


def _counts_others_after(words: Sequence[str]) -> bool:
    """“One Thai and two Cambodian soldiers were killed”: only the second number is matched."""
    return "and" in words and any(map(NUMBER_PATTERN.fullmatch, words[words.index("and") :]))


def _may_be_people(number: str, words: Sequence[str], verb: str | None) -> bool:
    """Whether a number can mean people without a noun for them: “killing three”, “two dead”."""
    of_the_dead = verb not in ("died", "drowned", "lost their lives") or not words
    first = words[0].casefold().rstrip(".,;") if words else ""
    bare = not first or first in STOPS or first == "more"
    return of_the_dead and bare and not (len(number) == 4 and number.isdigit())


def _lost(match: re.Match[str]) -> Deaths | None:
    number = match["of"] or match["lost"]
    victims = _victims((match["whom"] or match["losers"]).split())
    return None if victims is None else Deaths(number_in_words(number), victims, _quote(match))


def _uncounted(match: re.Match[str]) -> Deaths | None:
    words = (match["who"] or match["whom"]).casefold().split()
    if match["who"] and ({"no", "not", "none", "nobody"} & {*words} or words[-1] == "one"):
        return None
    victims = _victims(words) if match["whom"] else _victims(words[-1:])
    return None if victims is None else Deaths(1, victims, match[0].strip(), counted=False)


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
"""Pattern, stems of which every match contains one, and the function that reads a match."""


def _is_not_real(match: re.Match[str], text: str) -> bool:
    """Whether the words before the match say that it did not happen, or only might."""
    return NOT_REAL.search(text[max(match.start() - 40, 0) : match.start()]) is not None


def _victims(words: Sequence[str]) -> Victims | None:
    """The victims that a phrase names: its first noun for people before a stop word."""
    for word in words:
        plain = word.casefold().rstrip(".,;:").removesuffix("’s")
        for victims, nouns in _NOUNS.items():
            if plain in nouns:
                return victims
        if plain in STOPS:
            break
    first = words[0] if words else ""
    return Victims.PEOPLE if first[:1].isupper() and first.endswith(_NATIONALITY_ENDINGS) else None


def _quote(match: re.Match[str]) -> str:
    """The words of the match, for an active sentence only up to the first stop word."""
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
