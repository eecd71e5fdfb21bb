"""How wide lines are set: the unit that fits the type, and the measure around each line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from mideditor.text.hyphenation import break_points
from mideditor.text.lexer import LABELS, Kind, Line

Width = Callable[[str], float]

LONGEST_MEASURE = 140
"""No typesetter's line has more characters: a longer line is a whole paragraph."""

_BLOCK = 64
_FULL = 0.98
_SAMPLE = 2000
_OUTLIER = 8.0
_USUAL = 70.0
_ENOUGH = 5
_LONGEST_WORD = 80
_FIRST_PIECE = re.compile(r"\S+?(?:-(?=\S)|(?=\s|\Z))")
_LETTERS = re.compile(r"[^\W\d_]+")

# Widths of the letters of a book face (Times Roman, AFM), in thousandths of an em. An average
# character of English prose is 420 wide, so that widths stay comparable to numbers of characters.
_AVERAGE = 420
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
_FACE_BY_LETTER = bytearray([500 // 4] * 256)
for _width, _letters in _BOOK_FACE.items():
    for _letter in _letters:
        if ord(_letter) < 256:
            _FACE_BY_LETTER[ord(_letter)] = _width // 4
_TYPOGRAPHIC = str.maketrans("‘’“”–", "''''0")


def by_characters(text: str) -> float:
    """The width of a text in a face whose letters are all equally wide."""
    return len(text)


def by_book_face(text: str) -> float:
    """The width of a text in a proportional face, in average characters."""
    letters = text.translate(_TYPOGRAPHIC).encode("latin-1", "replace")
    return sum(letters.translate(_FACE_BY_LETTER)) * 4 / _AVERAGE


class Measure:
    """The widest natural line around each line of a text, in one unit of width."""

    def __init__(self, lines: Sequence[Line], unit: Width, at_least: float = 0.0) -> None:
        self.width = unit
        self._at_least = at_least
        blocks: dict[int, list[float]] = {}
        for line in (line for line in lines if len(line.text) <= LONGEST_MEASURE):
            blocks.setdefault(line.number // _BLOCK, []).append(self.width(_as_set(line)))
        self._widths = {block: _wide(_near(blocks, block)) for block in blocks}

    def at(self, line: Line) -> float:
        """The measure around a line."""
        return max(self._widths.get(line.number // _BLOCK, 0.0), self._at_least)

    def room_after(self, line: Line, then: Line) -> float:
        """The room that the next line's first piece would have left; negative: it did not fit."""
        return self.at(line) - self.width(f"{_as_set(line)} {_first_piece(_first_word(then))}")

    def first_piece(self, then: Line) -> tuple[float, float]:
        """The width of a line's first piece, whole and parted after its first syllable."""
        word = _first_word(then)
        return self.width(_first_piece(word)), self.width(_first_syllable(word))


def _first_word(line: Line) -> str:
    return line.text[:_LONGEST_WORD].split(" ", 1)[0]


@lru_cache(maxsize=10_000)
def _first_piece(word: str) -> str:
    """What of a word must fit in a line, if it is parted at its own hyphens only."""
    piece = _FIRST_PIECE.match(word)
    return piece[0] if piece else ""


@lru_cache(maxsize=10_000)
def _first_syllable(word: str) -> str:
    """What of a word must fit in a line, if it is parted wherever it may be."""
    piece = _first_piece(word)
    letters = _LETTERS.search(piece)
    points = break_points(letters[0]) if letters else frozenset()
    return f"{piece[: letters.start() + min(points)]}-" if letters and points else piece


def _as_set(line: Line) -> str:
    return f"{LABELS[line.label]} {line.text}" if line.kind is Kind.LABEL else line.text


def _near(blocks: dict[int, list[float]], block: int) -> list[float]:
    return [w for near in (block - 1, block, block + 1) for w in blocks.get(near, ())]


def _wide(widths: list[float]) -> float:
    widths.sort()
    return widths[int(len(widths) * _FULL)]


def fitting(lines: Sequence[Line]) -> Measure:
    """The measure of a text in the unit that fits: in it, next to no line has room for more."""
    sample = lines[:_SAMPLE]
    unit = min(
        (by_characters, by_book_face), key=lambda unit: _wasted(Measure(sample, unit), sample)
    )
    full = sum(1 for line, then in pairwise(sample) if _goes_on(line, then))
    return Measure(lines, unit, at_least=0.0 if full >= _ENOUGH else _USUAL)


def _goes_on(line: Line, then: Line) -> bool:
    return then.text[:1].islower() and not line.text.endswith("-")


def _wasted(measure: Measure, lines: Sequence[Line]) -> float:
    """The room left at the ends of lines that go on with a small letter, outliers cut."""
    return sum(
        min(max(measure.room_after(line, then), 0.0), _OUTLIER)
        for line, then in pairwise(lines)
        if _goes_on(line, then)
    )
