"""Real shapes broken by chance: lines dropped, doubled, swapped, cut, strewn; letters changed."""

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
"""Half a page on which every kind of line stands, and most kinds of damage."""

LINES = CHAPTER.split("\n")
_LETTERS = (
    " \t\n-\u00ad\u2060—/:;.,()“”’'#0123456789aAeEé\u0130\u2028\x0b\x00\ufeff\ud83d\U0001f600"
)


def broken_text(chance: Random) -> str:
    """A stretch of the chapter with a few of its lines and letters changed."""
    first = chance.randrange(len(LINES))
    lines = LINES[first : first + chance.randint(1, 14)]
    for _ in range(chance.randint(1, 6)):
        chance.choice(_CHANGES)(lines, chance)
    text = "\n".join(lines)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 8))):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(_LETTERS) + text[at + chance.randint(0, 2) :]
    return text


def _drop(lines: list[str], chance: Random) -> None:
    at = _place(lines, chance)
    del lines[at : at + 1]


def _double(lines: list[str], chance: Random) -> None:
    at = _place(lines, chance)
    lines[at:at] = lines[at : at + chance.randint(1, 3)]


def _swap(lines: list[str], chance: Random) -> None:
    at = _place(lines, chance)
    lines[at : at + 2] = reversed(lines[at : at + 2])


def _strew(lines: list[str], chance: Random) -> None:
    lines.insert(_place(lines, chance), chance.choice(LINES))


def _cut(lines: list[str], chance: Random) -> None:
    line = chance.choice(LINES)
    at = chance.randint(0, len(line))
    lines.insert(_place(lines, chance), line[at:] if chance.random() < 0.5 else line[:at])


def _part(lines: list[str], chance: Random) -> None:
    at = _place(lines, chance)
    if at < len(lines):
        place = chance.randint(0, len(lines[at]))
        hyphen = chance.choice(("", "", "-", " "))
        lines[at : at + 1] = [lines[at][:place] + hyphen, lines[at][place:]]


def _merge(lines: list[str], chance: Random) -> None:
    at = _place(lines, chance)
    lines[at : at + 2] = [chance.choice(("", " ", "/")).join(lines[at : at + 2])]


def _indent(lines: list[str], chance: Random) -> None:
    at = _place(lines, chance)
    if at < len(lines):
        lines[at] = chance.choice(("    ", "  1. ", "- ", " ", "\u2060")) + lines[at]


def _place(lines: list[str], chance: Random) -> int:
    return chance.randint(0, len(lines))


_CHANGES: tuple[Callable[[list[str], Random], None], ...] = (
    _drop,
    _double,
    _swap,
    _strew,
    _cut,
    _part,
    _merge,
    _indent,
)
