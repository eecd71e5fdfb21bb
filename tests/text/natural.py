"""Sets natural prose in the printed format, to measure the reader on text not made for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from pydoc_data.topics import topics
from random import Random

from mideditor.domain.record import Entry
from mideditor.reference.state_list import bundled_states
from mideditor.text.hyphenation import break_points
from mideditor.text.reader import Join, read_chapter

Narrative = tuple[str, ...]

_HERE = Path(__file__).parent
_PROSE = re.compile(r"(?!.*(?:- | -|--))[A-Z“][^<>{}|=_\\@#*`~$^\[\]/:…]{150,1800}[.!?]")
_FIELDS = """\
MID#{number}
Dispute Number: {number}
Date(s): May 3, 1911
Participants: 2 United States of America/365 Russia
Outcome (and Settlement): Released (None)
Fatalities: None"""
_PARAGRAPHS = ((1, 2, 3, 5), (72, 18, 7, 3))
"""How many paragraphs a narrative has, and how often, as in the book."""

_PAGE_LINES = 40
_BREAK_POINTS = re.compile(r"(?<=\w)-(?=\w)|[^\W\d_]{5,}")


@dataclass(frozen=True)
class Break:
    """A word broken at the end of a line; ``kept`` if the hyphen belongs to the word."""

    left: str
    right: str
    kept: bool


@dataclass(frozen=True)
class Chapter:
    """A text as a coder gets it, and the truth about it."""

    text: str
    narratives: tuple[Narrative, ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class Compositor:
    """Sets prose in lines, hyphenates words, and records how.

    ``hyphenation`` is the share of words that are hyphenated when a piece of them fits.
    """

    columns: int
    hyphenation: float
    seed: int

    def set(self, narratives: Sequence[Narrative]) -> Chapter:
        """Set a chapter of entries, in pages with page heads."""
        random = Random(self.seed)
        lines: list[str] = []
        breaks: list[Break] = []
        for number, narrative in enumerate(narratives, start=101):
            lines += _FIELDS.format(number=number).split("\n")
            for paragraph in (f"Narrative: {narrative[0]}", *narrative[1:]):
                lines += self._lines(paragraph, random, breaks)
        return Chapter("\n".join(_paged(lines)), tuple(narratives), tuple(breaks))

    def _lines(self, paragraph: str, random: Random, breaks: list[Break]) -> Iterator[str]:
        line = ""
        for word in paragraph.split(" "):
            rest = word
            while len(f"{line} {rest}".strip()) > self.columns and line:
                word_break = self._break_word(rest, self.columns - len(line) - 1, random)
                if word_break:
                    breaks.append(word_break)
                    yield f"{line} {word_break.left}-"
                    rest = word_break.right
                else:
                    yield line
                line = ""
            line = f"{line} {rest}".strip()
        yield line

    def _break_word(self, word: str, room: int, random: Random) -> Break | None:
        if "-" not in word and random.random() >= self.hyphenation:
            return None
        return next(
            (
                word_break
                for word_break in reversed(list(_breaks(word)))
                if len(word_break.left) < room
            ),
            None,
        )


def _breaks(word: str) -> Iterator[Break]:
    for match in _BREAK_POINTS.finditer(word):
        if match[0] == "-":
            yield Break(word[: match.start()], word[match.end() :], kept=True)
            continue
        for letters in sorted(break_points(match[0])):
            index = match.start() + letters
            yield Break(word[:index], word[index:], kept=False)


def _paged(lines: Sequence[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        page = 940 + index // _PAGE_LINES
        if index % _PAGE_LINES == 0:
            yield f"{page} Chapter 7" if page % 2 == 0 else f"Major States {page}"
        yield line


def own_prose() -> list[Narrative]:
    """The narratives of ``prose.txt``: a short text with many compounds."""
    return prose_of("prose.txt")


def prose_of_development() -> list[Narrative]:
    """Narratives by another author that were used while the reader was developed."""
    return prose_of("prose_development.txt")


def prose_held_back() -> list[Narrative]:
    """Narratives by another author that were held back until the reader was finished."""
    return prose_of("prose_held_back.txt")


def prose_of(name: str) -> list[Narrative]:
    """The narratives of a file in this folder: one paragraph per line, separated by blank lines."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    texts = "\n".join(line for line in lines if not line.startswith("#")).strip().split("\n\n")
    return [tuple(text.split("\n")) for text in texts]


def python_prose() -> list[Narrative]:
    """Paragraphs of Python's manual, which ships with Python, as narratives."""
    paragraphs = [_typographic(text) for topic in topics.values() for text in topic.split("\n\n")]
    return shuffled_as_in_book(
        sorted({text for text in paragraphs if _PROSE.fullmatch(text)}), seed=0
    )


def shuffled_as_in_book(paragraphs: Sequence[str], seed: int) -> list[Narrative]:
    """Shuffle paragraphs, with as many per narrative as in the book."""
    random = Random(seed)
    left = list(paragraphs)
    random.shuffle(left)
    narratives: list[Narrative] = []
    while left:
        count = random.choices(*_PARAGRAPHS)[0]
        narratives.append(tuple(left[:count]))
        del left[:count]
    return narratives


def _typographic(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"“\1”", " ".join(text.split())).replace("'", "’")


def figures_of(chapter: Chapter) -> Counter[str]:
    """Counts of joins, narratives and paragraphs of a chapter, and how many were read right."""
    reading = read_chapter(chapter.text, "s", bundled_states())
    figures = Counter[str]()
    for join, word_break in zip(reading.joins, chapter.breaks, strict=True):
        figures += count_join(join, join.kept is not word_break.kept)
    entries = [record for record in reading.records if isinstance(record, Entry)]
    for entry, narrative in zip(entries, chapter.narratives, strict=True):
        figures += count_narrative(entry.narrative, narrative)
    return figures


def count_join(join: Join, wrong: bool) -> Counter[str]:
    """The counts for one join: whether it is wrong, flagged or both."""
    flagged = join.doubtful
    return Counter(joins=1, wrong=wrong, flagged=flagged, caught=wrong and flagged)


def count_narrative(found: Sequence[str], expected: Sequence[str]) -> Counter[str]:
    """The counts for one narrative: whether text and paragraph ends are right."""
    right, ends = _ends(expected), _ends(found)
    return Counter(
        {
            "narratives": 1,
            "exact": " ".join(found) == " ".join(expected),
            "right number": len(found) == len(expected),
            "true ends": len(right),
            "missed": len(right - ends),
            "false": len(ends - right),
        }
    )


def _ends(paragraphs: Sequence[str]) -> set[int]:
    """The paragraph ends, as counts of letters and digits before them."""
    ends: set[int] = set()
    letters = 0
    for paragraph in paragraphs[:-1]:
        letters += sum(map(str.isalnum, paragraph))
        ends.add(letters)
    return ends
