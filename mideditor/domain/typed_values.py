"""What a person types, read as a field's value. Kinder than the reader of printed text."""

from __future__ import annotations

import re

from mideditor.domain.coding_sentences import OPENINGS, recognised
from mideditor.domain.partial_date import PartialDate, parse_date
from mideditor.domain.record import CodingChange, Dyad, Participant
from mideditor.domain.states import StateList

_CODE_AND_NAME = re.compile(r"(?P<code>\d+)(?:\s+(?P<name>.*\S))?")
_SENTENCE_START = re.compile(
    r"(?<=[.])\s+(?=" + "|".join(re.escape(opening.strip()) for opening in OPENINGS.values()) + ")"
)


class NotUnderstood(ValueError):
    """A typed text that is no value of its field; the message says what would be one."""


def typed_number(text: str) -> int | None:
    """A dispute, chapter or page number; blank is none. Raises NotUnderstood."""
    tidy = text.strip().removeprefix("MID#")
    if not tidy:
        return None
    if not tidy.isdecimal():
        raise NotUnderstood(f"“{text}” is not a number. Write digits only, such as 2899.")
    return int(tidy)


def typed_date(text: str) -> PartialDate | None:
    """A date; blank or “Missing” is none. Raises NotADate."""
    tidy = text.strip()
    return None if tidy.casefold() in ("", "missing") else parse_date(tidy)


def typed_participants(text: str, states: StateList) -> tuple[Participant, ...]:
    """A side, members parted by commas: each a code, a name, or both. Raises NotUnderstood."""
    return tuple(typed_participant(member, states) for member in text.split(",") if member.strip())


def typed_participant(text: str, states: StateList) -> Participant:
    """One participant by code (``365``), name (``Russia``) or both (``365 Russia``).

    A name is taken as it is typed beside a known code; alone it must be a state's own.
    Raises NotUnderstood for a code or name that the state list does not have.
    """
    tidy = " ".join(text.split())
    if "/" in tidy:
        raise NotUnderstood(f"“{tidy}”: a slash parts the sides. Give each side by itself.")
    match = _CODE_AND_NAME.fullmatch(tidy)
    state = states.get(int(match["code"])) if match else states.named(tidy)
    if state is None:
        near = ", ".join(map(str, states.search(tidy)[:3]))
        hint = f"Did you mean {near}?" if near else "Choose one from the state list."
        raise NotUnderstood(f"“{tidy}” is no state of the state list. {hint}")
    return Participant(code=state.code, name=(match and match["name"]) or state.name)


def typed_dyad(text: str, states: StateList) -> Dyad | None:
    """Two states parted by a slash; blank is none. Raises NotUnderstood."""
    if not text.strip():
        return None
    halves = text.split("/")
    if len(halves) != 2:
        raise NotUnderstood(f"“{text}” is no dyad. Write two states, such as 2/365.")
    a, b = (typed_participant(half, states) for half in halves)
    return Dyad(a=a, b=b)


def typed_paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs, one a line; blank lines do not count."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def typed_sentences(text: str) -> tuple[CodingChange, ...]:
    """The sentences of a Coding changes paragraph; a line break always parts two of them."""
    return tuple(
        recognised(sentence)
        for line in typed_paragraphs(text)
        for sentence in _SENTENCE_START.split(line)
    )
