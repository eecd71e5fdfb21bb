"""The sentence that reports a changed outcome, settlement, fatality level or date."""

from __future__ import annotations

from typing import Any

from mideditor.domain.codes import NotACode, parse_code
from mideditor.domain.coding_sentences import change_sentence, old_value
from mideditor.domain.fields import FieldRow, printed_stored, stored_value
from mideditor.domain.partial_date import NotADate, PartialDate, parse_date
from mideditor.domain.record import ChangedField, CodingChange, Entry

MISSING = "Missing"


def code_sentence(
    record: Entry, field: FieldRow, first_old: Any, source: CodingChange | None
) -> dict[ChangedField, CodingChange | None]:
    """The sentence for a coded field; None if the field is back at the value the source names.

    ``first_old`` is the stored value before the first coding change; ``source`` is the source's
    own sentence for the field. Empty if the field is back at its first value.
    """
    current, (kind,) = stored_value(field.name, getattr(record, field.name)), field.sentences
    if current == first_old:
        return {}
    if source is None:
        return {kind: change_sentence(kind, printed_stored(field.name, first_old) or MISSING)}
    return {kind: None if _code_in_sentence(field, source) == (current or MISSING) else source}


def date_sentence(
    record: Entry, field: FieldRow, first_old: Any, source: CodingChange | None
) -> dict[ChangedField, CodingChange | None]:
    """The sentence for the start or end date, as `code_sentence`.

    If only the day was added, the sentence says so: ``Start day changed from Missing.``
    """
    current, (date, day) = getattr(record, field.name), field.sentences
    if stored_value(field.name, current) == first_old:
        return {}
    before = _date_or_text(first_old)
    if source is not None:
        before = _date_in_sentence(source, before, only_day=source.field == day)
        if before == current:
            return {date: None}
    kind = day if _only_day_added(before, current) else date
    if source is not None and source.field == kind:
        return {date: source}
    old = MISSING if kind != date or before is None else str(before)
    return {date: change_sentence(kind, old)}


def _code_in_sentence(field: FieldRow, source: CodingChange) -> str:
    text = old_value(source) or ""
    try:
        return parse_code(text, field.codes) if field.codes else text
    except NotACode:
        return text


def _date_or_text(stored: Any) -> PartialDate | str | None:
    return parse_date(stored) if isinstance(stored, str) else stored and str(stored["unread"])


def _date_in_sentence(
    source: CodingChange, before: PartialDate | str | None, *, only_day: bool
) -> PartialDate | str | None:
    """The date in the original data set, according to a sentence of the source."""
    if only_day:
        return PartialDate(before.year, before.month) if isinstance(before, PartialDate) else before
    text = old_value(source) or ""
    if text == MISSING:
        return None
    try:
        return parse_date(text)
    except NotADate:
        return text


def _only_day_added(before: Any, current: Any) -> bool:
    return (
        isinstance(before, PartialDate)
        and isinstance(current, PartialDate)
        and before.month is not None
        and before.day is None
        and current.day is not None
        and (before.year, before.month) == (current.year, current.month)
    )
