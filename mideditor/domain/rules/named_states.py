"""States that a narrative names: by name, printed variant, adjective, people or capital."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from mideditor.domain.states import StateList

Codes = frozenset[int]
"""The states that a word can mean: “Chinese” may refer to China or Taiwan."""

# “Anglo-American” names neither state.
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ](?<!\w\w)(?<!Anglo-[A-Z])\w*")

_ELSEWHERE = ("Latin ", "Central ", "North ", "Northern ", "South ", "East ", "West ", "New ")
"""Words that make the name after them another place: Latin America, Northern Ireland."""


@lru_cache(maxsize=16)
def states_named_in(paragraphs: tuple[str, ...], states: StateList) -> Counter[Codes]:
    """How often each state, or each group of states that one word can mean, is named."""
    return Counter(
        codes for paragraph in paragraphs for codes in _mentions(paragraph, _phrases(states))
    )


def _mentions(text: str, phrases: dict[str, list[tuple[str, Codes]]]) -> Iterator[Codes]:
    end = 0
    for word in _CAPITALISED.finditer(text):
        if word.start() < end:
            continue
        for phrase, codes in phrases.get(word[0], ()):
            after = word.start() + len(phrase)
            if text.startswith(phrase, word.start()) and not text[after : after + 1].isalnum():
                end = after
                if not text.endswith(_ELSEWHERE, 0, word.start()):
                    yield codes
                break


@lru_cache(maxsize=4)
def _phrases(states: StateList) -> dict[str, list[tuple[str, Codes]]]:
    """All phrases that name states, longest first, by their first word."""
    codes: defaultdict[str, set[int]] = defaultdict(set)
    for state in states:
        for phrase in (*state.names, *state.mentions):
            codes[phrase].add(state.code)
    by_word: defaultdict[str, list[tuple[str, Codes]]] = defaultdict(list)
    for phrase in sorted(codes, key=len, reverse=True):
        by_word[_first_word(phrase)].append((phrase, frozenset(codes[phrase])))
    return dict(by_word)


def _first_word(phrase: str) -> str:
    return re.split(r"\W", phrase, maxsplit=1)[0]
