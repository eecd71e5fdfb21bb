"""Rules for text that could not be read, or not with certainty."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from mideditor.domain.fields import FieldRow, fields_of
from mideditor.domain.kinds import KINDS
from mideditor.domain.record import Fragment, Unread
from mideditor.domain.rules import Fix
from mideditor.domain.rules.context import Problem, RuleContext


def unread_text(context: RuleContext) -> Iterator[Problem]:
    """A field whose printed text could not be read."""
    for name, row in fields_of(context.record.kind).items():
        value = getattr(context.record, name)
        if isinstance(value, Unread):
            message = f"{row.label}: “{value.unread}” could not be read. Type what it should be."
            yield Problem(
                name, (value.unread,), message, fix=_fix_for_same_letters(row, value.unread)
            )


def missing_field(context: RuleContext) -> Iterator[Problem]:
    """A field that every such record prints and this one lacks."""
    if not KINDS[context.record.kind].whole:
        return
    for name, row in fields_of(context.record.kind).items():
        if row.required and getattr(context.record, name) in (None, ()):
            yield Problem(name, (), f"{row.label} is empty.")


def number_of_mid_line(context: RuleContext) -> Iterator[Problem]:
    """A MID# line that bears another number than the entry."""
    number = getattr(context.record, "mid_number", None)
    if number is None:
        return
    own = getattr(context.record, "dispute_number", None)
    shown = own.unread if isinstance(own, Unread) else str(own)
    message = f"The line above the entry says MID#{number}, the entry itself {shown}."
    yield Problem("dispute_number", (number, shown), message)


def doubtful_reading(context: RuleContext) -> Iterator[Problem]:
    """A guess of the reader that nobody has decided."""
    for doubt in context.record.doubts:
        yield Problem(doubt.field, (doubt.quote,), doubt.question, doubt.quote)


def fragment_placed(context: RuleContext) -> Iterator[Problem]:
    """Text that belongs to no record of its source."""
    if isinstance(context.record, Fragment):
        message = "This text belongs to a record that begins outside the imported text."
        yield Problem("narrative", (), message)


def _fix_for_same_letters(row: FieldRow, unread: str) -> Fix | None:
    """A fix for unread text with the same letters and digits as exactly one code."""
    alike = [code for code in row.codes or () if _letters(code) == _letters(unread)]
    return _fix_writing(row.name, alike[0]) if len(alike) == 1 else None


def _fix_writing(name: str, code: StrEnum) -> Fix:
    return Fix(f"Write {code}", {name: code})


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
