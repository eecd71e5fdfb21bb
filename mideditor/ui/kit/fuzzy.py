"""Fuzzy matching of typed text against titles, as in a command palette."""

from __future__ import annotations

import re

Rank = tuple[int, int, int]
"""The kind of match, the span of the letters, and the length of the title; lower is better."""

_PREFIX, _WORD_PREFIX, _INITIALS, _SUBSTRING, _SCATTERED = range(5)
WORST: Rank = (_SCATTERED + 1, 0, 0)
"""Sorts after every match."""


def rank(typed: str, title: str) -> Rank | None:
    """How well ``typed`` matches ``title``; None if any of its words does not match.

    From best to worst: a prefix of the title, a prefix of one of its words, the initials of its
    words, a substring, and scattered letters in the same order.
    """
    words, text = typed.casefold().split(), title.casefold()
    separate = [found for word in words if (found := _rank_of_word(word, text)) is not None]
    if len(separate) < len(words):
        return None
    together = _rank_of_word(" ".join(words), text)
    worst = max(separate, default=together)
    match, spread = min(found for found in (together, worst) if found is not None)
    return match, spread, len(text)


def _rank_of_word(word: str, text: str) -> tuple[int, int] | None:
    if text.startswith(word):
        return _PREFIX, 0
    if re.search(rf"\b{re.escape(word)}", text):
        return _WORD_PREFIX, 0
    if word in "".join(found[0] for found in re.findall(r"\w+", text)):
        return _INITIALS, 0
    if word in text:
        return _SUBSTRING, 0
    spread = _spread(word, text)
    return None if spread is None else (_SCATTERED, spread)


def _spread(letters: str, text: str) -> int | None:
    """The number of characters that the letters span in their order; None if any is missing."""
    at, first = -1, 0
    for number, letter in enumerate(letters):
        at = text.find(letter, at + 1)
        if at < 0:
            return None
        first = at if number == 0 else first
    return at - first + 1
