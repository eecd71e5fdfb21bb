"""The title of a record, and its dates and participants on one line."""

from __future__ import annotations

from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.kinds import KINDS
from mideditor.domain.printed_forms import print_side
from mideditor.domain.record import CrossReference, Entry, Record, Unread


def record_title(record: Record) -> str:
    """The title of a record: ``MID 2899``, or its kind if it has no number."""
    number = getattr(record, "dispute_number", None)
    if isinstance(number, int):
        return f"MID {number}"
    return KINDS[record.kind].title


def printed_dates(record: Record) -> str:
    """The dates of a record on one line, as printed in the chapters."""
    if isinstance(record, CrossReference):
        return printed_value(FIELDS["started"], record.started)
    if not isinstance(record, Entry):
        return ""
    start, end = (
        printed_value(FIELDS[name], getattr(record, name)) for name in ("start_date", "end_date")
    )
    return start if end in ("", start) else f"{start} to {end}"


def printed_participants(record: Record) -> str:
    """Both sides on one line; for a cross-reference, the dyad it points to."""
    if isinstance(record, CrossReference):
        return f"see {printed_value(FIELDS['see'], record.see)}"
    if not isinstance(record, Entry):
        return "text that began before this chapter"
    if isinstance(record.side_a, Unread):
        return record.side_a.unread
    return f"{print_side(record.side_a)} / {print_side(record.side_b)}"
