"""Values as the chapters print them, in the form of a record or in their stored (JSON) form.

Stored values are printed without building the record, which takes ten times as long: sorting and
searching go through all records of a project.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from mideditor.domain.partial_date import PartialDate, parse_date
from mideditor.domain.record import CodingChange, Dyad, Participant

_CACHE_SIZE = 100_000
"""More than the distinct dates, and more than the distinct participants, of any project."""

Stored = dict[str, Any]
"""The stored form of a value."""


def print_date(date: PartialDate | str) -> str:
    """A date in words; ``date`` may be an ISO 8601 text."""
    return _stored_date(date) if isinstance(date, str) else str(date)


def print_participant(member: Participant | Stored) -> str:
    """Code and name of a participant."""
    if isinstance(member, dict):
        return _stored_participant(member["code"], member["name"])
    return str(member)


def print_side(side: Iterable[Participant | Stored]) -> str:
    """The members of a side, separated by commas."""
    return ", ".join(
        [
            _stored_participant(member["code"], member["name"])
            if isinstance(member, dict)
            else str(member)
            for member in side
        ]
    )


def print_dyad(dyad: Dyad | Stored) -> str:
    """Two states, separated by a slash."""
    if isinstance(dyad, dict):
        return f"{print_participant(dyad['a'])}/{print_participant(dyad['b'])}"
    return str(dyad)


def print_paragraphs(paragraphs: Iterable[str]) -> str:
    """Paragraphs, one per line."""
    return paragraphs if isinstance(paragraphs, str) else "\n".join(paragraphs)


def print_sentences(sentences: Iterable[CodingChange | Stored]) -> str:
    """The sentences of *Coding changes*, one after the other."""
    return " ".join([one["text"] if isinstance(one, dict) else one.text for one in sentences])


@lru_cache(_CACHE_SIZE)
def _stored_date(iso: str) -> str:
    return str(parse_date(iso))


@lru_cache(_CACHE_SIZE)
def _stored_participant(code: int | None, name: str) -> str:
    return name if code is None else f"{code} {name}".rstrip()
