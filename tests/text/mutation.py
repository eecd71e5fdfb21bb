"""Breaks real line shapes at random: drops, doubles, swaps and cuts lines, changes letters."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

CHAPTER = """\
International Conflicts, 1816-2010. Militarized Interstate Dispute Narratives - Someone

(Somebody) #1

Asia 701
whom nobody had seen since. The convoy turned back.
Coding changes: Start Date changed from June 1, 1901.

710 China/740 Japan

MID#1201
Dispute Number: 1201
Date(s): June 2, 1901 to July 1901
Participants: 740 Japan, 200 United Kingdom/710 China, 365 Rus-
sia
Outcome (and Settlement): Released (None)
Fatalities: 1–25 deaths
Narrative: A junk was stopped off the island, and its crew was held for twenty-
two days (see
MID#1202). “No,” said the admiral.
Then they parted.
Coding changes: Added to the dispute: 200 United Kingdom. End Date changed from July 4,
  1. Outcome changed from Released.
    Fatalities changed from
Free download pdf
702 Chapter 6
MID#1202
Started in May 1903. See the narrative in the 2 United States of America/740 Japan
dyad dispute list.
Dispute Number: 1203
Date(s): soon
- Participants: none
\u2060a marked line
\u2060\u2060
"""
"""Half a page with every kind of line and most kinds of damage."""

LINES = CHAPTER.split("\n")
_LETTERS = (
    " \t\n-\u00ad\u2060—/:;.,()“”’'#0123456789aAeEé\u0130\u2028\x0b\x00\ufeff\ud83d\U0001f600"
)


def broken_text(random: Random) -> str:
    """Part of the chapter with some lines and letters changed."""
    first = random.randrange(len(LINES))
    lines = LINES[first : first + random.randint(1, 14)]
    for _ in range(random.randint(1, 6)):
        random.choice(_CHANGES)(lines, random)
    text = "\n".join(lines)
    for _ in range(random.choice((0, 0, 1, 1, 2, 8))):
        index = random.randint(0, len(text))
        text = text[:index] + random.choice(_LETTERS) + text[index + random.randint(0, 2) :]
    return text


def _drop(lines: list[str], random: Random) -> None:
    index = _random_index(lines, random)
    del lines[index : index + 1]


def _double(lines: list[str], random: Random) -> None:
    index = _random_index(lines, random)
    lines[index:index] = lines[index : index + random.randint(1, 3)]


def _swap(lines: list[str], random: Random) -> None:
    index = _random_index(lines, random)
    lines[index : index + 2] = reversed(lines[index : index + 2])


def _insert(lines: list[str], random: Random) -> None:
    lines.insert(_random_index(lines, random), random.choice(LINES))


def _cut(lines: list[str], random: Random) -> None:
    line = random.choice(LINES)
    index = random.randint(0, len(line))
    lines.insert(
        _random_index(lines, random), line[index:] if random.random() < 0.5 else line[:index]
    )


def _split(lines: list[str], random: Random) -> None:
    index = _random_index(lines, random)
    if index < len(lines):
        column = random.randint(0, len(lines[index]))
        hyphen = random.choice(("", "", "-", " "))
        lines[index : index + 1] = [lines[index][:column] + hyphen, lines[index][column:]]


def _merge(lines: list[str], random: Random) -> None:
    index = _random_index(lines, random)
    lines[index : index + 2] = [random.choice(("", " ", "/")).join(lines[index : index + 2])]


def _indent(lines: list[str], random: Random) -> None:
    index = _random_index(lines, random)
    if index < len(lines):
        lines[index] = random.choice(("    ", "  1. ", "- ", " ", "\u2060")) + lines[index]


def _random_index(lines: list[str], random: Random) -> int:
    return random.randint(0, len(lines))


_CHANGES: tuple[Callable[[list[str], Random], None], ...] = (
    _drop,
    _double,
    _swap,
    _insert,
    _cut,
    _split,
    _merge,
    _indent,
)
