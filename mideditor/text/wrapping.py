"""Wraps long lines at spaces, so that no wrapped line reads as a label, number line or head."""

from __future__ import annotations

import itertools
import re

from mideditor.text.lexer import has_site_tail, is_structure
from mideditor.text.references import starts_reference

NARROWEST = 30
"""The smallest number of columns: every label fits on one line."""

_SINGLE_SPACE = re.compile(r"(?<! ) (?! )")


def wrapped(line: str, columns: int) -> list[str]:
    """Wrap ``line``; every line but the last ends in the space at which it was broken."""
    if len(line) <= columns or (is_structure(line) and _NEVER_WRAPPED.match(line)):
        return [line]
    pieces: list[list[str]] = []
    width = columns + 1
    for word in _SINGLE_SPACE.split(line):
        if width + 1 + len(word) > columns:
            pieces.append([word])
            width = len(word)
        else:
            pieces[-1].append(word)
            width += 1 + len(word)
    _avoid_structure(pieces)
    lines = [" ".join(words) for words in pieces]
    return [*(text + " " for text in lines[:-1]), lines[-1]]


def reads_as_structure(text: str) -> bool:
    """Whether a line with this text would not be read as the continuation of a paragraph."""
    return is_structure(text) or starts_reference([text]) or has_site_tail(text)


def _avoid_structure(pieces: list[list[str]]) -> None:
    """If a line would read as structure, move words down to it from the line before."""
    for before, words in itertools.pairwise(pieces):
        while len(before) > 1 and reads_as_structure(" ".join(words)):
            words.insert(0, before.pop())


_NEVER_WRAPPED = re.compile(r"\d{1,3} [^/]+/ ?\d{1,3} [^/]+\Z|MID#")
