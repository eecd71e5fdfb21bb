"""How well what was typed fits a title: by its letters, in their order, the closer the better."""

from __future__ import annotations

import re

Rank = tuple[int, int, int]
"""The way in which a title fits, how far its letters are apart, and its length: less is better."""

_BEGINS, _WORD_BEGINS, _INITIALS, _HOLDS, _SCATTERED = range(5)
WORST: Rank = (_SCATTERED + 1, 0, 0)
"""Behind whatever fits."""


def rank(typed: str, title: str) -> Rank | None:
    """How well ``typed`` fits ``title``; None where a word of it has letters that are not there.

    Best is a title that begins so, then a word of it, then the first letters of its words, then
    the typed words anywhere, then their letters scattered in their order.
    """
    words, text = typed.casefold().split(), title.casefold()
    apart = [found for word in words if (found := _rank_of_word(word, text)) is not None]
    if len(apart) < len(words):
        return None
    together = _rank_of_word(" ".join(words), text)
    worst = max(apart, default=together)
    way, spread = min(found for found in (together, worst) if found is not None)
    return way, spread, len(text)


def _rank_of_word(word: str, text: str) -> tuple[int, int] | None:
    if text.startswith(word):
        return _BEGINS, 0
    if re.search(rf"\b{re.escape(word)}", text):
        return _WORD_BEGINS, 0
    if word in "".join(found[0] for found in re.findall(r"\w+", text)):
        return _INITIALS, 0
    if word in text:
        return _HOLDS, 0
    spread = _spread(word, text)
    return None if spread is None else (_SCATTERED, spread)


def _spread(letters: str, text: str) -> int | None:
    """Over how many characters the letters stand, one after the other; None where they do not."""
    at, first = -1, 0
    for number, letter in enumerate(letters):
        at = text.find(letter, at + 1)
        if at < 0:
            return None
        first = at if number == 0 else first
    return at - first + 1
