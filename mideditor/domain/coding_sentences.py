"""The sentences of *Coding changes*: one table of shapes, to recognise them and to word them."""

from __future__ import annotations

from mideditor.domain.record import ChangedField, CodingChange

# In the order in which the chapters print them.
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

_KNOWN_STARTS = {opening.rstrip(): changed for changed, opening in OPENINGS.items()}


def changed_field(sentence: str) -> ChangedField | None:
    """The field that a sentence says was changed; None for a sentence of another shape."""
    for start, changed in _KNOWN_STARTS.items():
        if sentence == start or sentence.startswith((start + " ", start + ".")):
            return changed
    return None


def old_value(sentence: CodingChange) -> str | None:
    """The old value that a sentence names, without its full stop; None where it has no field."""
    if sentence.field is None:
        return None
    return sentence.text[len(OPENINGS[sentence.field].rstrip()) :].strip().removesuffix(".")


def worded(changed: ChangedField, old: str) -> CodingChange:
    """The sentence that says ``changed`` had the value ``old`` in the original data set."""
    return CodingChange(field=changed, text=f"{OPENINGS[changed]}{old}.")


def recognised(text: str) -> CodingChange:
    """A sentence as found in a text, with the field it is about."""
    return CodingChange(field=changed_field(text), text=text)
