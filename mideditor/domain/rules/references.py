"""Rules that compare records: numbers, cross-references, and the order within a dyad's list."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.fields import decisions
from mideditor.domain.partial_date import PartialDate, is_after
from mideditor.domain.record import CrossReference, Dyad, Entry, Record
from mideditor.domain.rules import Fix, Severity
from mideditor.domain.rules.context import Problem, RuleContext, are_opposed


def number_once(context: RuleContext) -> Iterator[Problem]:
    """An entry whose number another entry bears too."""
    number = getattr(context.record, "dispute_number", None)
    if not isinstance(context.record, Entry) or not isinstance(number, int):
        return
    others = [
        (other, entry)
        for other, entry in context.index.entries_with_number(number)
        if other != context.id
    ]
    for other, entry in others:
        same = all(getattr(entry, name) == getattr(context.record, name) for name in decisions())
        what = "with the same values" if same else f"that starts {_on_or_in(entry.start_date)}"
        message = f"MID {number} is also the number of another entry, one {what}."
        severity = Severity.ERROR if same else Severity.WARNING
        yield Problem("dispute_number", (number, other, same), message, severity=severity)


def reference_has_entry(context: RuleContext) -> Iterator[Problem]:
    """A cross-reference to a dyad's list of this project that has no entry of that number."""
    record = context.record
    if not isinstance(record, CrossReference) or not isinstance(record.see, Dyad):
        return
    codes = record.see.codes
    if record.dispute_number is None or codes is None:
        return
    found = [entry for _, entry in context.index.entries_with_number(record.dispute_number)]
    about = (record.dispute_number, record.see)
    if any(entry.dyad == codes or entry.dyad is None for entry in found):
        return
    if found:
        where = found[0].heading
        message = f"MID {record.dispute_number} stands under {where}, not under {record.see}."
        fix = Fix(f"Write {where}", {"see": where}) if len(found) == 1 else None
        yield Problem("see", (*about, where), message, fix=fix)
    elif context.index.has_entries(codes):
        message = f"The list of {record.see} has no entry of the number {record.dispute_number}."
        yield Problem("dispute_number", about, message)


def reference_month(context: RuleContext) -> Iterator[Problem]:
    """A cross-reference that names another start month than its entry."""
    record, entry = context.record, _referenced_entry(context)
    if entry is None or not isinstance(record, CrossReference):
        return
    stated, start = record.started, entry.start_date
    if not isinstance(stated, PartialDate) or not isinstance(start, PartialDate):
        return
    if is_after(stated, start) or is_after(start, stated):
        month = PartialDate(start.year, start.month)
        message = (
            f"The cross-reference says {stated}; MID {record.dispute_number} starts in {start}."
        )
        fix = Fix(f"Write {month}, as the entry has it", {"started": month})
        yield Problem("started", (stated, start), message, fix=fix)


def reference_dyads(context: RuleContext) -> Iterator[Problem]:
    """A cross-reference whose dyads are not opposed in its entry."""
    record, entry = context.record, _referenced_entry(context)
    if entry is None or not isinstance(record, CrossReference):
        return
    for name in ("see", "heading"):
        dyad = getattr(record, name)
        if isinstance(dyad, Dyad) and dyad.codes and are_opposed(dyad.codes, entry) is False:
            number = record.dispute_number
            message = f"{dyad} are not on the two sides of MID {number}."
            yield Problem(name, (dyad, number), message)


def reference_once(context: RuleContext) -> Iterator[Problem]:
    """A cross-reference that stands twice under one heading, or beside its own entry."""
    record = context.record
    if not isinstance(record, CrossReference) or record.dyad is None:
        return
    if record.dispute_number is None:
        return
    for other_id, other in context.index.with_number(record.dispute_number):
        if other_id == context.id or other.dyad != record.dyad:
            continue
        if isinstance(other, Entry):
            message = f"The entry itself stands under {record.heading}."
        elif context.index.is_before(other_id, context.id):
            message = f"The same cross-reference stands above, under {record.heading}."
        else:
            continue
        yield Problem("dispute_number", (record.dispute_number, other_id), message)


def order_in_the_dyad(context: RuleContext) -> Iterator[Problem]:
    """A record that starts before the one above it in its dyad's list.

    The lists of the book are ordered by date. The dispute numbers are in no order, and have gaps
    almost everywhere.
    """
    dyad, start = context.record.dyad, _start_of(context.record)
    if dyad is None or start is None:
        return
    above = context.index.above(context.id, dyad)
    before = _start_of(above) if above else None
    if before is None or not is_after(before, start):
        return
    number = getattr(above, "dispute_number", None)
    name = "started" if isinstance(context.record, CrossReference) else "start_date"
    message = f"It starts in {start}, before MID {number} above it ({before})."
    yield Problem(name, (start, number, before), message)


def _on_or_in(date: object) -> str:
    """A date with its preposition: “in May 1964”, “on May 2, 1964”."""
    has_day = isinstance(date, PartialDate) and date.day is not None
    return f"{'on' if has_day else 'in'} {date}"


def _referenced_entry(context: RuleContext) -> Entry | None:
    """The entry that a cross-reference points to; None unless there is exactly one."""
    record = context.record
    if not isinstance(record, CrossReference) or record.dispute_number is None:
        return None
    entries = [entry for _, entry in context.index.entries_with_number(record.dispute_number)]
    return entries[0] if len(entries) == 1 else None


def _start_of(record: Record) -> PartialDate | None:
    start = getattr(record, "start_date", None) or getattr(record, "started", None)
    return start if isinstance(start, PartialDate) else None
