"""Natural prose in the printed format: what the reader makes of words nobody chose for it."""

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
"""How many paragraphs a narrative has, and how often: as in the book."""

_PAGE_LINES = 40
_PLACES = re.compile(r"(?<=\w)-(?=\w)|[^\W\d_]{5,}")


@dataclass(frozen=True)
class Break:
    """A word parted at a line's end; ``kept`` if its hyphen is its own."""

    left: str
    right: str
    kept: bool


@dataclass(frozen=True)
class Chapter:
    """A text as a coder gets it, and what it says."""

    text: str
    narratives: tuple[Narrative, ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class Compositor:
    """Sets prose in lines, parts words where it fits, and says what it did.

    ``parting`` is the share of words that it parts where one of their pieces fits.
    """

    columns: int
    parting: float
    seed: int

    def set(self, narratives: Sequence[Narrative]) -> Chapter:
        """A chapter of entries, in pages with their heads."""
        chance = Random(self.seed)
        lines: list[str] = []
        breaks: list[Break] = []
        for number, narrative in enumerate(narratives, start=101):
            lines += _FIELDS.format(number=number).split("\n")
            for paragraph in (f"Narrative: {narrative[0]}", *narrative[1:]):
                lines += self._lines(paragraph, chance, breaks)
        return Chapter("\n".join(_paged(lines)), tuple(narratives), tuple(breaks))

    def _lines(self, paragraph: str, chance: Random, breaks: list[Break]) -> Iterator[str]:
        line = ""
        for word in paragraph.split(" "):
            rest = word
            while len(f"{line} {rest}".strip()) > self.columns and line:
                cut = self._cut(rest, self.columns - len(line) - 1, chance)
                if cut:
                    breaks.append(cut)
                    yield f"{line} {cut.left}-"
                    rest = cut.right
                else:
                    yield line
                line = ""
            line = f"{line} {rest}".strip()
        yield line

    def _cut(self, word: str, room: int, chance: Random) -> Break | None:
        if "-" not in word and chance.random() >= self.parting:
            return None
        return next((cut for cut in reversed(list(_cuts(word))) if len(cut.left) < room), None)


def _cuts(word: str) -> Iterator[Break]:
    for match in _PLACES.finditer(word):
        if match[0] == "-":
            yield Break(word[: match.start()], word[match.end() :], kept=True)
            continue
        for letters in sorted(break_points(match[0])):
            at = match.start() + letters
            yield Break(word[:at], word[at:], kept=False)


def _paged(lines: Sequence[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        page = 940 + index // _PAGE_LINES
        if index % _PAGE_LINES == 0:
            yield f"{page} Chapter 7" if page % 2 == 0 else f"Major States {page}"
        yield line


def own_prose() -> list[Narrative]:
    """The narratives of ``prose.txt``: few words, many of them compounds."""
    return prose_of("prose.txt")


def prose_of_development() -> list[Narrative]:
    """Somebody else's narratives, which were looked at when the reader was fitted."""
    return prose_of("prose_development.txt")


def prose_held_back() -> list[Narrative]:
    """Somebody else's narratives, read for the first time when all was fitted."""
    return prose_of("prose_held_back.txt")


def prose_of(name: str) -> list[Narrative]:
    """The narratives of a file beside this one: a line a paragraph, a blank line between two."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    texts = "\n".join(line for line in lines if not line.startswith("#")).strip().split("\n\n")
    return [tuple(text.split("\n")) for text in texts]


def python_prose() -> list[Narrative]:
    """Paragraphs of Python's own manual, which comes with every Python, as narratives."""
    paragraphs = [_typographic(text) for topic in topics.values() for text in topic.split("\n\n")]
    return as_in_the_book(sorted({text for text in paragraphs if _PROSE.fullmatch(text)}), seed=0)


def as_in_the_book(paragraphs: Sequence[str], seed: int) -> list[Narrative]:
    """Paragraphs in another order, as many to a narrative as in the book."""
    chance = Random(seed)
    left = list(paragraphs)
    chance.shuffle(left)
    narratives: list[Narrative] = []
    while left:
        count = chance.choices(*_PARAGRAPHS)[0]
        narratives.append(tuple(left[:count]))
        del left[:count]
    return narratives


def _typographic(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"“\1”", " ".join(text.split())).replace("'", "’")


def figures_of(chapter: Chapter) -> Counter[str]:
    """Joins, narratives and paragraphs of a chapter, and what the reader made of them."""
    reading = read_chapter(chapter.text, "s", bundled_states())
    figures = Counter[str]()
    for join, cut in zip(reading.joins, chapter.breaks, strict=True):
        figures += join_compared(join, join.kept is not cut.kept)
    entries = [record for record in reading.records if isinstance(record, Entry)]
    for entry, narrative in zip(entries, chapter.narratives, strict=True):
        figures += narrative_compared(entry.narrative, narrative)
    return figures


def join_compared(join: Join, wrong: bool) -> Counter[str]:
    """One join: whether it is wrong, flagged, or both."""
    flagged = join.doubtful
    return Counter(joins=1, wrong=wrong, flagged=flagged, caught=wrong and flagged)


def narrative_compared(found: Sequence[str], expected: Sequence[str]) -> Counter[str]:
    """One narrative: whether it is equal to the character, and how its paragraphs fell."""
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
    """Where paragraphs end, counted in letters and digits."""
    ends: set[int] = set()
    letters = 0
    for paragraph in paragraphs[:-1]:
        letters += sum(map(str.isalnum, paragraph))
        ends.add(letters)
    return ends
