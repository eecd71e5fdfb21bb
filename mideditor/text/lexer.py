"""Turns the lines of a chapter into tokens: every line has exactly one kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from mideditor.domain.fields import labelled_parts
from mideditor.domain.printed_parts import Part
from mideditor.text.paragraph_marker import MARK, NO_HEADING

CHAPTERS = {
    "western hemisphere": 2,
    "europe": 3,
    "subsaharan africa": 4,
    "sub-saharan africa": 4,
    "middle east": 5,
    "asia": 6,
    "major states": 7,
}

LABELS = {part.name: part.label for part in labelled_parts()}
"""The labels in printed order, by the name of the part that each one starts."""


class Kind(Enum):
    """What a line looks like by itself; its context decides whether it counts as that."""

    BLANK = auto()
    SITE = auto()
    HEAD = auto()
    MID = auto()
    LABEL = auto()
    HEADING = auto()
    NO_HEADING = auto()
    TEXT = auto()


class Line(NamedTuple):
    """One line of the source; ``text`` is without indent, marker and label.

    ``flows``: it ends in one space. ``marked``: it starts with a marker. ``item``: it looks like a
    list item, with its bullet in ``label``. ``site_tail``: it ends with text of the website.
    """

    kind: Kind
    number: int
    text: str
    label: str = ""
    chapter: int | None = None
    page: int | None = None
    flows: bool = False
    marked: bool = False
    item: bool = False
    site_tail: bool = False

    @property
    def label_if_item(self) -> str:
        """The bullet of a list item, followed by a space."""
        return f"{self.label.strip()} " if self.item else ""


def label_pattern(parts: Iterable[Part]) -> re.Pattern[str]:
    """The pattern for a label at the start of a line; its group is the name of the part."""
    names = (f"(?P<{part.name}>{'|'.join(map(re.escape, part.spellings))})" for part in parts)
    return re.compile(rf"(?:{'|'.join(names)}) ?:")


def initials(parts: Iterable[Part]) -> frozenset[str]:
    """The first characters of lines that may be more than text; all other lines are text."""
    labels = {spelling[0] for part in parts for spelling in part.spellings}
    names = {name[0] for name in (*CHAPTERS, _DOWNLOAD_TAIL.lower())}
    return frozenset({*_OTHER_INITIALS, *labels, *names, *map(str.upper, names)})


_MID = re.compile(r"MID ?# ?(?P<number>\d{1,9})", re.ASCII)
_EVEN_HEAD = re.compile(r"(?P<page>\d{0,3}[02468]) Chapter (?P<chapter>[1-9])", re.ASCII)
_ODD_HEAD = re.compile(rf"(?P<name>{'|'.join(CHAPTERS)}) (?P<page>\d{{0,3}}[13579])", re.I | re.A)
_HEADING = re.compile(r"\d{1,3} [^/\d]{2,60}/ ?\d{1,3} [^/\d]{2,60}", re.ASCII)
_TITLE = re.compile(r"International Conflicts, 1816[-–]2010\b.*")
_SITE_TAG = re.compile(r"\(\w+\) #\d+")
_DOWNLOAD = re.compile(r"Free download pdf", re.I)
_DOWNLOAD_TAIL = "Free download pdf"
_LIST_ITEM = re.compile(r"(?:  1\. +| *[-•*] )(?=\S)")
_OTHER_INITIALS = "0123456789MI("
"""Those of page numbers, MID# lines, the title of the book and site tags."""

_LABEL = label_pattern(labelled_parts())
_STRUCTURE_INITIALS = initials(labelled_parts())


def lex(lines: Sequence[str], flowed: bool = False) -> list[Line]:
    """A token for each line; with ``flowed``, a line that continues the one before is text."""
    tokens: list[Line] = []
    for number, raw in enumerate(lines, start=1):
        continues = flowed and bool(tokens) and tokens[-1].flows
        tokens.append(
            text_line(number, raw, verbatim=True) if continues else read_line(number, raw)
        )
    return tokens


def read_line(number: int, raw: str) -> Line:
    """The token of one line, from its shape alone."""
    stripped = raw.strip()
    if not stripped:
        return Line(Kind.BLANK, number, "")
    if stripped[0] in _STRUCTURE_INITIALS:
        token = _structure(number, stripped, raw)
        if token is not None:
            return token
    if stripped == NO_HEADING:
        return Line(Kind.NO_HEADING, number, "")
    return text_line(number, raw)


def is_structure(text: str) -> bool:
    """Whether a line with this text would be read as anything but text."""
    return read_line(1, text).kind is not Kind.TEXT


def _structure(number: int, stripped: str, raw: str) -> Line | None:
    if match := _LABEL.match(stripped):
        rest, _, tail = _strip_extras(raw[raw.index(match[0]) + match.end() :])
        return Line(
            Kind.LABEL, number, rest, str(match.lastgroup), flows=_flows(raw), site_tail=tail
        )
    if match := _MID.fullmatch(stripped):
        return Line(Kind.MID, number, match["number"])
    if match := _EVEN_HEAD.fullmatch(stripped):
        return _head(number, stripped, int(match["chapter"]), int(match["page"]))
    if match := _ODD_HEAD.fullmatch(stripped):
        return _head(number, stripped, CHAPTERS[match["name"].lower()], int(match["page"]))
    if _HEADING.fullmatch(stripped) and stripped[-1] != ".":
        return Line(Kind.HEADING, number, stripped, flows=_flows(raw))
    if _TITLE.fullmatch(stripped) or _SITE_TAG.fullmatch(stripped) or _DOWNLOAD.fullmatch(stripped):
        return Line(Kind.SITE, number, stripped)
    return None


def _head(number: int, text: str, chapter: int, page: int) -> Line:
    return Line(Kind.HEAD, number, text, chapter=chapter, page=page or None)


def text_line(number: int, raw: str, verbatim: bool = False) -> Line:
    """A text token, whatever the line looks like; ``verbatim`` keeps bullets and site tails."""
    item = None if verbatim else _LIST_ITEM.match(raw)
    text, marked, tail = _strip_extras(raw[item.end() :] if item else raw)
    if verbatim and tail:
        text, tail = raw.strip(), False
    return Line(
        Kind.TEXT if text or marked or tail else Kind.BLANK,
        number,
        text,
        label=raw[: item.end()] if item else "",
        flows=_flows(raw),
        marked=marked,
        item=bool(item),
        site_tail=tail,
    )


def has_site_tail(text: str) -> bool:
    """Whether the end of this text would be taken for text of the website."""
    return _strip_extras(f" {text}")[2]


def _strip_extras(raw: str) -> tuple[str, bool, bool]:
    """The text without marker or site tail, and whether it had a marker and a site tail."""
    text = raw.strip()
    if text.startswith(MARK):
        return text.lstrip(MARK).lstrip(), True, False
    if text.endswith(_DOWNLOAD_TAIL) and not _flows(raw):
        before = raw.rstrip().removesuffix(_DOWNLOAD_TAIL)
        if before[-1:].isspace():
            return before.strip(), False, True
    return text, False, False


def _flows(raw: str) -> bool:
    return raw.endswith(" ") and not raw.endswith("  ")
