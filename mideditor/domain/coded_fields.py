"""The sentence that tells of a changed outcome, settlement, fatality level or date."""

from __future__ import annotations

from typing import Any

from mideditor.domain.codes import NotACode, parse_code
from mideditor.domain.coding_sentences import old_value, worded
from mideditor.domain.fields import FIELDS, printed_stored, stored_value
from mideditor.domain.partial_date import NotADate, PartialDate, parse_date
from mideditor.domain.record import ChangedField, CodingChange, Entry

MISSING = "Missing"
_DAY_KINDS: dict[str, ChangedField] = {"start_date": "start_day", "end_date": "end_day"}


def code_sentence(
    record: Entry, code: ChangedField, first_old: Any, told: CodingChange | None
) -> dict[ChangedField, CodingChange | None]:
    """The sentence for a coded field; None where its value is what the source told it was.

    ``first_old`` is the stored value before the first coding change; ``told`` the source's own
    sentence for the field. Empty where the field has its first value again.
    """
    now = stored_value(code, getattr(record, code))
    if now == first_old:
        return {}
    if told is None:
        return {code: worded(code, printed_stored(code, first_old) or MISSING)}
    return {code: None if _code_told(code, told) == (now or MISSING) else told}


def date_sentence(
    record: Entry, date: ChangedField, first_old: Any, told: CodingChange | None
) -> dict[ChangedField, CodingChange | None]:
    """The sentence for the start or end date, as `code_sentence`; one date may tell of a day."""
    now = getattr(record, date)
    if stored_value(date, now) == first_old:
        return {}
    before = _date_or_text(first_old)
    if told is not None:
        before = _date_told(told, before)
        if before == now:
            return {date: None}
    kind = _DAY_KINDS[date] if _only_gained_its_day(before, now) else date
    if told is not None and told.field == kind:
        return {date: told}
    only_day = kind != date
    return {date: worded(kind, MISSING if only_day or before is None else str(before))}


def _code_told(code: str, told: CodingChange) -> str:
    text, codes = old_value(told) or "", FIELDS[code].codes
    try:
        return parse_code(text, codes) if codes else text
    except NotACode:
        return text


def _date_or_text(stored: Any) -> PartialDate | str | None:
    return parse_date(stored) if isinstance(stored, str) else stored and str(stored["unread"])


def _date_told(told: CodingChange, before: PartialDate | str | None) -> PartialDate | str | None:
    """The original data set's date, as a sentence of the source tells it."""
    if told.field in _DAY_KINDS.values():
        return PartialDate(before.year, before.month) if isinstance(before, PartialDate) else before
    text = old_value(told) or ""
    if text == MISSING:
        return None
    try:
        return parse_date(text)
    except NotADate:
        return text


def _only_gained_its_day(before: Any, now: Any) -> bool:
    return (
        isinstance(before, PartialDate)
        and isinstance(now, PartialDate)
        and before.month is not None
        and before.day is None
        and now.day is not None
        and (before.year, before.month) == (now.year, now.month)
    )
