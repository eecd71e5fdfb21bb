"""Parsers for typed field values. They are more lenient than the reader of printed text."""

from __future__ import annotations

import re

from mideditor.domain.coding_sentences import split_sentences
from mideditor.domain.partial_date import PartialDate, parse_date
from mideditor.domain.record import CodingChange, Dyad, Participant
from mideditor.domain.states import State, StateList, folded_name

_LINE_END = re.compile(r"\r\n|\r|\n")
_NUMBER = re.compile("[0-9]{1,9}")
_CODE_AND_NAME = re.compile(r"(?P<code>[0-9]{1,9})(?:\s+(?P<name>.*\S))?")


class NotUnderstood(ValueError):
    """A typed text that is not a value of its field; the message says what would be one."""


def parse_typed_number(text: str) -> int | None:
    """A dispute, chapter or page number; None if blank. Raises NotUnderstood."""
    cleaned = text.strip().removeprefix("MID#")
    if not cleaned:
        return None
    if not _NUMBER.fullmatch(cleaned):
        raise NotUnderstood(f"“{text}” is not a number. Write digits only, such as 2899.")
    return int(cleaned)


def parse_typed_date(text: str) -> PartialDate | None:
    """A date; None if blank or “Missing”. Raises NotADate."""
    cleaned = text.strip()
    return None if cleaned.casefold() in ("", "missing") else parse_date(cleaned)


def parse_typed_participants(text: str, states: StateList) -> tuple[Participant, ...]:
    """A side, members separated by commas, each by code, name or both. Raises NotUnderstood."""
    return tuple(
        parse_typed_participant(member, states) for member in text.split(",") if member.strip()
    )


def parse_typed_participant(text: str, states: StateList) -> Participant:
    """One participant by code (``365``), name (``Russia``) or both (``365 Russia``).

    After a known code, a name that no state has is kept as typed, so that the source's wording can
    be restored; without a code, the name must be in the state list. Raises NotUnderstood for a code
    or name that is not in the state list, and for a code with the name of another state.
    """
    cleaned = " ".join(text.split())
    if "/" in cleaned:
        raise NotUnderstood(f"“{cleaned}”: a slash parts the sides. Give each side by itself.")
    match = _CODE_AND_NAME.fullmatch(cleaned)
    state = states.get(int(match["code"])) if match else states.named(cleaned)
    if state is None:
        raise _unknown_state(cleaned, (match and match["name"]) or cleaned, states)
    if match is None or match["name"] is None:
        return Participant(code=state.code, name=state.name)
    return Participant(code=state.code, name=_name_for_code(state, match["name"], cleaned, states))


def _unknown_state(cleaned: str, name: str, states: StateList) -> NotUnderstood:
    similar = (states.search(name) or states.similar(name))[:3] if name else []
    hint = "Choose one from the state list."
    if similar:
        hint = f"Did you mean {', '.join(map(str, similar))}?"
    return NotUnderstood(f"“{cleaned}” is no state of the state list. {hint}")


def _name_for_code(state: State, name: str, cleaned: str, states: StateList) -> str:
    """The name typed after a state's code, in the spelling of the state list if it is known there.

    Raises NotUnderstood for a second number and for the name of another state.
    """
    if name[0].isdigit():
        raise NotUnderstood(
            f"“{cleaned}”: after the code {state.code} comes a name, not another number. "
            "Part participants by commas."
        )
    own = {folded_name(state.abbreviation): state.name}
    own |= {folded_name(known): known for known in state.names}
    if folded_name(name) in own:
        return own[folded_name(name)]
    other = states.named(name)
    if other is not None:
        raise NotUnderstood(
            f"“{cleaned}”: {state.code} is {state.name}, {other.name} is {other.code}. "
            "Type the code or the name alone."
        )
    return name


def parse_typed_dyad(text: str, states: StateList) -> Dyad | None:
    """Two states separated by a slash; None if blank. Raises NotUnderstood."""
    if not text.strip():
        return None
    halves = text.split("/")
    if len(halves) != 2 or not all(half.strip() for half in halves) or "," in text:
        raise NotUnderstood(f"“{text}” is no dyad. Write two states, such as 2/365.")
    a, b = (parse_typed_participant(half, states) for half in halves)
    return Dyad(a=a, b=b)


def parse_typed_paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs, one per line, with inner spaces as typed; blank lines are ignored."""
    lines = (line.strip() for line in _LINE_END.split(text))
    return tuple(line for line in lines if line)


def parse_typed_sentences(text: str) -> tuple[CodingChange, ...]:
    """The sentences of a Coding changes paragraph, wherever its line breaks are."""
    return split_sentences(" ".join(parse_typed_paragraphs(text)))
