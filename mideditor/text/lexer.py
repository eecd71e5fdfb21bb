"""Lines of a chapter to tokens: each line is of exactly one kind, the last kind takes any line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from mideditor.text.marks import MARK, NO_HEADING

CHAPTERS = {
    "western hemisphere": 2,
    "europe": 3,
    "subsaharan africa": 4,
    "sub-saharan africa": 4,
    "middle east": 5,
    "asia": 6,
    "major states": 7,
}

LABELS = {
    "dispute_number": "Dispute Number:",
    "dates": "Date(s):",
    "participants": "Participants:",
    "outcome": "Outcome (and Settlement):",
    "fatalities": "Fatalities:",
    "narrative": "Narrative:",
    "coding_changes": "Coding changes:",
}
"""The labels in their printed order, by the name of the part that each opens."""


class Kind(Enum):
    """What a line is by its own shape; whether it counts as that, its neighbours tell."""

    BLANK = auto()
    SITE = auto()
    HEAD = auto()
    MID = auto()
    LABEL = auto()
    HEADING = auto()
    NO_HEADING = auto()
    TEXT = auto()


class Line(NamedTuple):
    """One line of the source. ``text`` is what it says, without indent, mark and label.

    ``flows``: it ends in one space. ``item``: it looks like a list item, whose mark is ``label``.
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
        """The mark of a list item, with the space after it."""
        return f"{self.label.strip()} " if self.item else ""


_LABEL = re.compile(
    r"(?:(?P<dispute_number>Dispute Number)|(?P<dates>Date ?\(s\)|Dates?)|"
    r"(?P<participants>Participants)|(?P<outcome>Outcome(?: \(and Settlement\))?)|"
    r"(?P<fatalities>Fatalities)|(?P<narrative>Narrative)|(?P<coding_changes>Coding changes)) ?:",
)
_MID = re.compile(r"MID ?# ?(?P<number>\d{1,9})", re.ASCII)
_EVEN_HEAD = re.compile(r"(?P<page>\d{0,3}[02468]) Chapter (?P<chapter>[1-9])", re.ASCII)
_ODD_HEAD = re.compile(rf"(?P<name>{'|'.join(CHAPTERS)}) (?P<page>\d{{0,3}}[13579])", re.I | re.A)
_HEADING = re.compile(r"\d{1,3} [^/\d]{2,60}/ ?\d{1,3} [^/\d]{2,60}", re.ASCII)
_TITLE = re.compile(r"International Conflicts, 1816[-–]2010\b.*")
_SITE_TAG = re.compile(r"\(\w+\) #\d+")
_DOWNLOAD = re.compile(r"Free download pdf", re.I)
_DOWNLOAD_TAIL = "Free download pdf"
_LIST_ITEM = re.compile(r"(?:  1\. +| *[-•*] )(?=\S)")
_FIRST_OF_STRUCTURE = frozenset("0123456789DPOFNCMI(EWSA" + "dpofncmiewsa")


def lex(lines: Sequence[str], flowed: bool = False) -> list[Line]:
    """A token for each line. With ``flowed``, a line after one that ends in a space is text."""
    tokens: list[Line] = []
    for number, raw in enumerate(lines, start=1):
        inside = flowed and bool(tokens) and tokens[-1].flows
        tokens.append(text_line(number, raw, whole=True) if inside else read_line(number, raw))
    return tokens


def read_line(number: int, raw: str) -> Line:
    """The token of one line by its shape alone."""
    stripped = raw.strip()
    if not stripped:
        return Line(Kind.BLANK, number, "")
    if stripped[0] in _FIRST_OF_STRUCTURE:
        token = _structure(number, stripped, raw)
        if token is not None:
            return token
    if stripped == NO_HEADING:
        return Line(Kind.NO_HEADING, number, "")
    return text_line(number, raw)


def is_structure(text: str) -> bool:
    """Whether a line of this text would be read as anything but text."""
    return read_line(1, text).kind is not Kind.TEXT


def _structure(number: int, stripped: str, raw: str) -> Line | None:
    if match := _LABEL.match(stripped):
        rest, _, tail = _own_text(raw[raw.index(match[0]) + match.end() :])
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


def text_line(number: int, raw: str, whole: bool = False) -> Line:
    """The token of a line that is text whatever its shape; ``whole``: and nothing but text."""
    item = None if whole else _LIST_ITEM.match(raw)
    text, marked, tail = _own_text(raw[item.end() :] if item else raw)
    if whole and tail:
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
    """Whether the end of this text would be taken for a line of the site."""
    return _own_text(f" {text}")[2]


def _own_text(raw: str) -> tuple[str, bool, bool]:
    """A line's text without mark and site line, and whether it had the one or the other."""
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
