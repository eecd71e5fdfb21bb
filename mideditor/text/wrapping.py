"""Long lines broken at spaces, so that no piece reads as a label, a number line or a head."""

from __future__ import annotations

import itertools
import re

from mideditor.text.lexer import has_site_tail, is_structure
from mideditor.text.references import begins_reference

NARROWEST = 30
"""The narrowest measure: labels stand unbroken in it."""

_SINGLE_SPACE = re.compile(r"(?<! ) (?! )")


def wrapped(line: str, columns: int) -> list[str]:
    """The pieces of ``line``; each but the last ends in the space at which it was broken."""
    if len(line) <= columns or (is_structure(line) and _SINGLE_LINES.match(line)):
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
    _unlike_structure(pieces)
    lines = [" ".join(words) for words in pieces]
    return [*(text + " " for text in lines[:-1]), lines[-1]]


def reads_as_structure(text: str) -> bool:
    """Whether a line of this text would not be read as text that goes on."""
    return is_structure(text) or begins_reference([text]) or has_site_tail(text)


def _unlike_structure(pieces: list[list[str]]) -> None:
    """Draw words down from the line before where a line would read as structure."""
    for before, words in itertools.pairwise(pieces):
        while len(before) > 1 and reads_as_structure(" ".join(words)):
            words.insert(0, before.pop())


_SINGLE_LINES = re.compile(r"\d{1,3} [^/]+/ ?\d{1,3} [^/]+\Z|MID#")
