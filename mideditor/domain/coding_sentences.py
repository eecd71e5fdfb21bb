"""The sentences of *Coding changes*: one table of openings, to parse them and to write them."""

from __future__ import annotations

import re

from mideditor.domain.record import ChangedField, CodingChange

# In the order of the chapters.
OPENINGS: dict[ChangedField, str] = {
    "added": "Added to the dispute: ",
    "dropped": "Dropped from the dispute: ",
    "participant_changed": "Participant changed: ",
    "start_date": "Start Date changed from ",
    "start_day": "Start day changed from ",
    "end_date": "End Date changed from ",
    "end_day": "End day changed from ",
    "outcome": "Outcome changed from ",
    "settlement": "Settlement changed from ",
    "fatalities": "Fatalities changed from ",
}

_FREE_TEXT = "Participant changed:"
_OPENING = re.compile(
    "|".join(rf"(?<!\S){re.escape(opening.rstrip())}(?![^\s.])" for opening in OPENINGS.values())
)
_SENTENCE_END = re.compile(r"(?<=[.!?”])(?<!\bSt\.) +(?=[^\sa-z])")
_FIELD_BY_START = {opening.rstrip(): changed for changed, opening in OPENINGS.items()}


def changed_field(sentence: str) -> ChangedField | None:
    """The field that a sentence says was changed; None if the opening is not a known one."""
    for start, changed in _FIELD_BY_START.items():
        if sentence == start or sentence.startswith((start + " ", start + ".")):
            return changed
    return None


def old_value(sentence: CodingChange) -> str | None:
    """The old value that a sentence names, without its full stop; None if it has no field."""
    if sentence.field is None:
        return None
    return sentence.text[len(OPENINGS[sentence.field].rstrip()) :].strip().removesuffix(".")


def change_sentence(changed: ChangedField, old: str) -> CodingChange:
    """The sentence that says ``changed`` had the value ``old`` in the original data set."""
    return CodingChange(field=changed, text=f"{OPENINGS[changed]}{old}.")


def parse_sentence(text: str) -> CodingChange:
    """A sentence of a text, with the field it is about."""
    return CodingChange(field=changed_field(text), text=text)


def split_sentences(paragraph: str) -> tuple[CodingChange, ...]:
    """The sentences in order; joined by spaces they give ``paragraph`` again.

    A sentence begins at each of the ten known openings, even if the value before it is missing.
    Text after the full stop of a known sentence is a sentence without a field. The free text of
    *Participant changed* runs to the next opening that follows a full stop.
    """
    pieces: list[str] = []
    for part in _parts(paragraph):
        pieces += [part] if part.startswith(_FREE_TEXT) else _SENTENCE_END.split(part)
    return tuple(parse_sentence(piece) for piece in pieces if piece)


def _parts(paragraph: str) -> list[str]:
    starts = [0]
    for opening in _OPENING.finditer(paragraph):
        free = paragraph.startswith(_FREE_TEXT, starts[-1])
        before = paragraph[starts[-1] : opening.start()].rstrip()
        if before and (not free or before.endswith((".", "!", "?", "”"))):
            starts.append(opening.start())
    return [
        paragraph[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
