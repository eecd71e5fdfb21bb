"""Estimates the measure (line width) of a text, and the unit of width that fits its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from mideditor.text.hyphenation import break_points
from mideditor.text.lexer import LABELS, Kind, Line

Width = Callable[[str], float]

LONGEST_MEASURE = 140
"""In characters. A longer line was not typeset: it is a whole paragraph."""

_BLOCK = 64
_FULL_QUANTILE = 0.98
_SAMPLE_LINES = 2000
_MAX_WASTE = 8.0
_USUAL_MEASURE = 70.0
_MIN_CONTINUED_LINES = 5
_LONGEST_WORD = 80
_FIRST_PIECE = re.compile(r"\S+?(?:-(?=\S)|(?=\s|\Z))")
_LETTERS = re.compile(r"[^\W\d_]+")

# Character widths of a book typeface (Times Roman, AFM), in thousandths of an em. An average
# character of English prose is 420 wide; dividing by that makes widths comparable to characters.
_AVERAGE_WIDTH = 420
_BOOK_FACE = {
    250: " ,.",
    278: "ijlt/:;",
    333: "frI!()-‘’'",
    389: "sJ",
    408: '"',
    444: "acez?“”",
    556: "PSF",
    611: "ELTZ",
    667: "BCR",
    722: "wADGHKNOQUVXY",
    778: "m&",
    833: "%",
    889: "M",
    944: "W",
    1000: "—",
}
_WIDTH_BY_BYTE = bytearray([500 // 4] * 256)
for _width, _letters in _BOOK_FACE.items():
    for _letter in _letters:
        if ord(_letter) < 256:
            _WIDTH_BY_BYTE[ord(_letter)] = _width // 4
_TYPOGRAPHIC = str.maketrans("‘’“”–", "''''0")


def by_characters(text: str) -> float:
    """The width of a text in a monospaced typeface, in characters."""
    return len(text)


def by_book_face(text: str) -> float:
    """The width of a text in a proportional typeface, in average characters."""
    encoded = text.translate(_TYPOGRAPHIC).encode("latin-1", "replace")
    return sum(encoded.translate(_WIDTH_BY_BYTE)) * 4 / _AVERAGE_WIDTH


class Measure:
    """The measure around each line of a text, taken from the widest lines nearby."""

    def __init__(self, lines: Sequence[Line], unit: Width, minimum: float = 0.0) -> None:
        self.width = unit
        self._minimum = minimum
        blocks: dict[int, list[float]] = {}
        for line in (line for line in lines if len(line.text) <= LONGEST_MEASURE):
            blocks.setdefault(line.number // _BLOCK, []).append(self.width(_typeset_text(line)))
        self._widths = {block: _full_width(_widths_near(blocks, block)) for block in blocks}

    def at(self, line: Line) -> float:
        """The measure at a line."""
        return max(self._widths.get(line.number // _BLOCK, 0.0), self._minimum)

    def room_after(self, line: Line, next_line: Line) -> float:
        """The room left after adding the next line's first piece; negative if it does not fit."""
        return self.at(line) - self.width(
            f"{_typeset_text(line)} {_first_piece(_first_word(next_line))}"
        )

    def first_piece(self, next_line: Line) -> tuple[float, float]:
        """The width of the first piece of a line, and of its first syllable with a hyphen."""
        word = _first_word(next_line)
        return self.width(_first_piece(word)), self.width(_first_syllable(word))


def _first_word(line: Line) -> str:
    return line.text[:_LONGEST_WORD].split(" ", 1)[0]


@lru_cache(maxsize=10_000)
def _first_piece(word: str) -> str:
    """The part of a word that must fit on a line, if words break only at their own hyphens."""
    piece = _FIRST_PIECE.match(word)
    return piece[0] if piece else ""


@lru_cache(maxsize=10_000)
def _first_syllable(word: str) -> str:
    """The part of a word that must fit on a line, if words are hyphenated."""
    piece = _first_piece(word)
    letters = _LETTERS.search(piece)
    points = break_points(letters[0]) if letters else frozenset()
    return f"{piece[: letters.start() + min(points)]}-" if letters and points else piece


def _typeset_text(line: Line) -> str:
    return f"{LABELS[line.label]} {line.text}" if line.kind is Kind.LABEL else line.text


def _widths_near(blocks: dict[int, list[float]], block: int) -> list[float]:
    return [w for neighbour in (block - 1, block, block + 1) for w in blocks.get(neighbour, ())]


def _full_width(widths: list[float]) -> float:
    widths.sort()
    return widths[int(len(widths) * _FULL_QUANTILE)]


def fit_measure(lines: Sequence[Line]) -> Measure:
    """The measure of a text, in the unit of width that leaves its lines least empty."""
    sample = lines[:_SAMPLE_LINES]
    unit = min(
        (by_characters, by_book_face), key=lambda unit: _wasted_room(Measure(sample, unit), sample)
    )
    continued = sum(1 for line, next_line in pairwise(sample) if _continues(line, next_line))
    return Measure(
        lines, unit, minimum=0.0 if continued >= _MIN_CONTINUED_LINES else _USUAL_MEASURE
    )


def _continues(line: Line, next_line: Line) -> bool:
    return next_line.text[:1].islower() and not line.text.endswith("-")


def _wasted_room(measure: Measure, lines: Sequence[Line]) -> float:
    """The room left at the ends of lines that continue in lower case, with outliers capped."""
    return sum(
        min(max(measure.room_after(line, next_line), 0.0), _MAX_WASTE)
        for line, next_line in pairwise(lines)
        if _continues(line, next_line)
    )
