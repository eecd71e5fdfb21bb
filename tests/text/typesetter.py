"""A typesetter for tests: sets clean text in lines and pages like a printed chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

SYLLABLES = {
    "ambassador": ("am", "bas", "sador"),
    "negotiated": ("nego", "ti", "ated"),
    "government": ("gov", "ern", "ment"),
    "governments": ("gov", "ern", "ments"),
    "territory": ("ter", "ri", "tory"),
    "boundary": ("bound", "ary"),
    "garrison": ("gar", "ri", "son"),
    "Missiles": ("Mis", "siles"),
    "America": ("Amer", "ica"),
    "Hungary": ("Hun", "gary"),
    "September": ("Sep", "tem", "ber"),
    "February": ("Feb", "ru", "ary"),
    "apologized": ("apol", "o", "gized"),
    "Settlement": ("Set", "tle", "ment"),
    "Unclear": ("Un", "clear"),
}
_PIECE = re.compile(r"[^\s-]+-?|-")
_LETTERS = re.compile(r"(?P<before>\W*)(?P<word>\w+)(?P<after>.*)")


@dataclass(frozen=True)
class Press:
    """How a text is set: columns, lines per page, layout, and the seed for random choices."""

    columns: int
    page_lines: int
    site: bool
    seed: int

    def set(self, text: str) -> str:
        """Set a clean text in pages."""
        random = Random(self.seed)
        lines = [line for paragraph in text.split("\n") for line in self._lines(paragraph, random)]
        return "\n".join(self._pages(lines))

    def _lines(self, paragraph: str, random: Random) -> Iterator[str]:
        if not paragraph:
            if self.site:
                yield ""
            return
        words = paragraph.split(" ")
        lines = _fill_lines(words, self.columns, random)
        yield from _shorten_last_line(lines, self.columns)

    def _pages(self, lines: list[str]) -> Iterator[str]:
        page = 940
        for index, line in enumerate(lines):
            if index % self.page_lines == 0:
                page += 1
                yield from self._head(page, first=index == 0)
            yield line

    def _head(self, page: int, first: bool) -> Iterator[str]:
        head = f"{page} Chapter 7" if page % 2 == 0 else f"Major States {page}"
        if self.site:
            if not first:
                yield from ("", "Free download pdf", "")
            yield "International Conflicts, 1816-2010. Militarized Interstate Dispute Narratives"
            yield from ("", "(Marcin) #1", "")
        yield head


def _fill_lines(words: list[str], columns: int, random: Random) -> list[str]:
    lines = [""]
    for word in words:
        line = f"{lines[-1]} {word}".strip()
        if len(line) <= columns:
            lines[-1] = line
            continue
        first, rest = (
            _break_word(word, columns - len(lines[-1]) - 1) if random.random() < 0.7 else ("", word)
        )
        lines[-1] = f"{lines[-1]} {first}".strip()
        lines.append(rest)
    return lines


def _break_word(word: str, room: int) -> tuple[str, str]:
    """The longest part of a word that fits with its hyphen, and the rest."""
    fitting = [word_break for word_break in _breaks(word) if len(word_break[0]) <= room]
    return fitting[-1] if fitting else ("", word)


def _breaks(word: str) -> Iterator[tuple[str, str]]:
    position = 0
    for piece in _PIECE.findall(word):
        match = _LETTERS.fullmatch(piece.removesuffix("-"))
        parts = SYLLABLES.get(match["word"], ()) if match else ()
        for count in range(1, len(parts)):
            end = (
                position + len(match["before"]) + len("".join(parts[:count])) if match else position
            )
            yield word[:end] + "-", word[end:]
        position += len(piece)
        if piece.endswith("-") and position < len(word):
            yield word[:position], word[position:]


def _shorten_last_line(lines: list[str], columns: int) -> list[str]:
    """Move words down from a nearly full last line, which would hide the paragraph end."""
    if len(lines) > 1 and len(lines[-1]) > columns - 18:
        words = lines[-1].split(" ")
        moved = next((n for n in range(2, len(words)) if words[-n - 1][-1:].isalpha()), 1)
        lines[-1:] = [" ".join(words[:-moved]), " ".join(words[-moved:])]
    return lines
