"""What was not read, or not read for certain."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from mideditor.domain.fields import FieldRow, fields_of
from mideditor.domain.record import CrossReference, Entry, Fragment, Unread
from mideditor.domain.rules import Fix
from mideditor.domain.rules.case import Case, Found, label_of

# What every entry and every cross-reference prints.
_REQUIRED: dict[type, tuple[str, ...]] = {
    Entry: (
        "dispute_number",
        "start_date",
        "end_date",
        "side_a",
        "side_b",
        "outcome",
        "settlement",
        "fatalities",
        "narrative",
    ),
    CrossReference: ("dispute_number", "started", "see"),
    Fragment: (),
}


def unread_text(case: Case) -> Iterator[Found]:
    """A field whose printed text could not be read."""
    for name, row in fields_of(case.record.kind).items():
        value = getattr(case.record, name)
        if isinstance(value, Unread):
            message = f"{row.label}: “{value.unread}” could not be read. Type what it should be."
            yield Found(name, (value.unread,), message, fix=_meant(row, value.unread))


def missing_field(case: Case) -> Iterator[Found]:
    """A field that every such record prints and this one lacks."""
    for name in _REQUIRED[type(case.record)]:
        if getattr(case.record, name) in (None, ()):
            yield Found(name, (), f"{label_of(case.record, name)} is empty.")


def number_of_mid_line(case: Case) -> Iterator[Found]:
    """A MID# line that bears another number than the entry."""
    number = getattr(case.record, "mid_number", None)
    if number is None:
        return
    own = getattr(case.record, "dispute_number", None)
    shown = own.unread if isinstance(own, Unread) else str(own)
    message = f"The line above the entry says MID#{number}, the entry itself {shown}."
    yield Found("dispute_number", (number, shown), message)


def doubtful_reading(case: Case) -> Iterator[Found]:
    """A guess of the reader that nobody has decided."""
    for doubt in case.record.doubts:
        yield Found(doubt.field, (doubt.quote,), doubt.question, doubt.quote)


def fragment_placed(case: Case) -> Iterator[Found]:
    """Text that belongs to no record of its source."""
    if isinstance(case.record, Fragment):
        message = "This text belongs to a record that begins outside the imported text."
        yield Found("narrative", (), message)


def _meant(row: FieldRow, unread: str) -> Fix | None:
    """The one code that has the same letters and digits, if there is one."""
    alike = [code for code in row.codes or () if _letters(code) == _letters(unread)]
    return _write(row.name, alike[0]) if len(alike) == 1 else None


def _write(name: str, code: StrEnum) -> Fix:
    return Fix(f"Write {code}", {name: code})


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
