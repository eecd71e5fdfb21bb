"""Reads printed field values: dates, sides, outcome, numbers. Unreadable text is kept as it is."""

from __future__ import annotations

import re

from mideditor.domain.codes import (
    CodeList,
    NotACode,
    Outcome,
    Settlement,
    parse_code,
)
from mideditor.domain.partial_date import NotADate, parse_date
from mideditor.domain.record import DateValue, Dyad, Participant, Side, Unread

_NUMBER = re.compile(r"\d{1,9}")
_PARTICIPANT = re.compile(r"(?P<code>[1-9]\d{0,8})(?:\s+(?P<name>\D.*))?")
_TO = re.compile(r"(?:^|\s)to(?:\s|$)")


def read_number(text: str) -> Unread | int | None:
    """A dispute number; None for empty text."""
    if not text:
        return None
    return int(text) if _NUMBER.fullmatch(text) and text.isascii() else Unread(unread=text)


def read_dates(text: str) -> tuple[DateValue, DateValue]:
    """The start and end date; the same date twice if only one is printed.

    A missing date is None, an unreadable one is kept as it is.
    """
    if not text:
        return None, None
    separators = list(_TO.finditer(text))
    if not separators:
        only = read_date(text)
        return only, only
    last = separators[-1]
    return read_date(text[: last.start()].strip()), read_date(text[last.end() :].strip())


def read_date(text: str) -> DateValue:
    """One date, as precise as printed; None for empty text."""
    if not text:
        return None
    try:
        return parse_date(text)
    except NotADate:
        return Unread(unread=text)


def read_sides(text: str) -> tuple[Unread | Side, Side]:
    """Side A and side B, separated by one slash; any other text is kept whole as side A."""
    if not text:
        return (), ()
    if text.count("/") != 1:
        return Unread(unread=text), ()
    first, second = text.split("/")
    return read_side(first), read_side(second)


def read_side(text: str) -> Side:
    """The members of one side, in their printed order."""
    return tuple(read_participant(member) for member in text.split(",")) if text.strip() else ()


def read_participant(text: str) -> Participant:
    """Code and name; the code is None if not printed, and the name may be empty."""
    text = text.strip()
    if match := _PARTICIPANT.fullmatch(text):
        return Participant(code=int(match["code"]), name=match["name"] or "")
    return Participant(code=None, name=text)


def read_dyad(text: str) -> Dyad | None:
    """Two states with codes, separated by a slash; None for anything else."""
    if text.count("/") != 1:
        return None
    a, b = (read_participant(side) for side in text.split("/"))
    if a.code is None or b.code is None or not (a.name and b.name):
        return None
    return Dyad(a=a, b=b)


def read_outcome(text: str) -> tuple[Unread | Outcome | None, Unread | Settlement | None]:
    """Outcome and settlement, split at the last “ (”."""
    outcome, opened, settlement = text.rpartition("(")
    if not opened or not settlement.endswith(")") or (outcome and not outcome[-1].isspace()):
        return read_code(text, Outcome), None
    return (
        read_code(outcome.strip(), Outcome),
        read_code(settlement.removesuffix(")"), Settlement),
    )


def read_code(text: str, codes: type[CodeList]) -> Unread | CodeList | None:
    """The member of a code list with this printed name; None for empty text."""
    if not text:
        return None
    try:
        return parse_code(text, codes)
    except NotACode:
        return Unread(unread=text)
