"""Parsing numbers in words and digits: “three”, “twenty-five”, “two hundred”, “1,500”, “dozens”."""

from __future__ import annotations

import re

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
# The minimum that each of them means.
_VAGUE = {
    "both": 2,
    "several": 2,
    "a few": 2,
    "a dozen": 12,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "many": 2,
}

_WORD = "|".join(sorted(_SMALL.keys() - {"zero"}, key=lambda word: (-len(word), word)))
_LARGE_WORD = "|".join(_LARGE)
NUMBER = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
    rf"|(?i:(?:(?:an?|{_WORD})[ ])?(?:{_LARGE_WORD})(?:[ ](?:and[ ])?(?:{_WORD})(?:-(?:{_WORD}))?)?"
    rf"|(?:{_WORD})(?:-(?:{_WORD}))?(?:[ ](?:{_LARGE_WORD}|dozen))?"
    rf"|{'|'.join(_VAGUE).replace(' ', '[ ]')}))(?![\w-])(?!,[0-9])"
)
"""A pattern, without capturing groups, for a number in words or digits."""

_PIECE = re.compile(r"[a-z]+|[0-9]+")


def number_in_words(text: str) -> int:
    """The minimum number meant by a text that matches `NUMBER`."""
    plain = " ".join(text.casefold().replace(",", "").split())
    if plain in _VAGUE:
        return _VAGUE[plain]
    total, part = 0, 0
    for piece in _PIECE.findall(plain):
        if piece.isdigit():
            part += int(piece)
        elif piece in _SMALL:
            part += _SMALL[piece]
        elif piece == "hundred":
            part = max(part, 1) * 100
        elif piece == "dozen":
            part = max(part, 1) * 12
        elif piece in _LARGE:
            total, part = total + max(part, 1) * _LARGE[piece], 0
    return total + part
