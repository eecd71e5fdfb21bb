"""What a person types, read as a field's value. Kinder than the reader of printed text."""

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
    """A typed text that is no value of its field; the message says what would be one."""


def typed_number(text: str) -> int | None:
    """A dispute, chapter or page number; blank is none. Raises NotUnderstood."""
    tidy = text.strip().removeprefix("MID#")
    if not tidy:
        return None
    if not _NUMBER.fullmatch(tidy):
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

    Beside a known code, a name that no state has is taken as it is typed, so that a source's
    own wording can be restored; alone it must be a state's own. Raises NotUnderstood for a code
    or name that the state list does not have, and for a code beside the name of another state.
    """
    tidy = " ".join(text.split())
    if "/" in tidy:
        raise NotUnderstood(f"“{tidy}”: a slash parts the sides. Give each side by itself.")
    match = _CODE_AND_NAME.fullmatch(tidy)
    state = states.get(int(match["code"])) if match else states.named(tidy)
    if state is None:
        raise _no_state(tidy, (match and match["name"]) or tidy, states)
    if match is None or match["name"] is None:
        return Participant(code=state.code, name=state.name)
    return Participant(code=state.code, name=_name_beside(state, match["name"], tidy, states))


def _no_state(tidy: str, wanted: str, states: StateList) -> NotUnderstood:
    near = (states.search(wanted) or states.near(wanted))[:3] if wanted else []
    hint = "Choose one from the state list."
    if near:
        hint = f"Did you mean {', '.join(map(str, near))}?"
    return NotUnderstood(f"“{tidy}” is no state of the state list. {hint}")


def _name_beside(state: State, name: str, tidy: str, states: StateList) -> str:
    """The name typed beside a state's code, in the state's own spelling where it is one of its."""
    if name[0].isdigit():
        raise NotUnderstood(
            f"“{tidy}”: after the code {state.code} comes a name, not another number. "
            "Part participants by commas."
        )
    own = {folded_name(state.abbreviation): state.name}
    own |= {folded_name(known): known for known in state.names}
    if folded_name(name) in own:
        return own[folded_name(name)]
    other = states.named(name)
    if other is not None:
        raise NotUnderstood(
            f"“{tidy}”: {state.code} is {state.name}, {other.name} is {other.code}. "
            "Type the code or the name alone."
        )
    return name


def typed_dyad(text: str, states: StateList) -> Dyad | None:
    """Two states parted by a slash; blank is none. Raises NotUnderstood."""
    if not text.strip():
        return None
    halves = text.split("/")
    if len(halves) != 2 or not all(half.strip() for half in halves) or "," in text:
        raise NotUnderstood(f"“{text}” is no dyad. Write two states, such as 2/365.")
    a, b = (typed_participant(half, states) for half in halves)
    return Dyad(a=a, b=b)


def typed_paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs, one a line, with the spaces inside as typed; blank lines do not count."""
    lines = (line.strip() for line in _LINE_END.split(text))
    return tuple(line for line in lines if line)


def typed_sentences(text: str) -> tuple[CodingChange, ...]:
    """The sentences of a Coding changes paragraph, wherever its lines are broken."""
    return split_sentences(" ".join(typed_paragraphs(text)))
