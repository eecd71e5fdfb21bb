"""Doubtful readings: which of them an edit has settled, and what deciding one makes of the text."""

from __future__ import annotations

from typing import Any

from mideditor.domain.coding_sentences import recognised
from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.record import Doubt, Record

DECIDABLE = ("narrative", "coding_changes")
"""The texts in which a doubt can be decided the other way; other fields are typed anew."""


def without_settled_doubts(record: Record) -> Record:
    """The record without the doubts about words that its fields no longer hold."""
    open_doubts = tuple(doubt for doubt in record.doubts if is_open(doubt, record))
    return record if open_doubts == record.doubts else record.replace(doubts=open_doubts)


def is_open(doubt: Doubt, record: Record) -> bool:
    """Whether the words in doubt still stand in their field."""
    return doubt.quote in text_of(record, doubt.field)


def text_of(record: Record, field: str) -> str:
    """A field as text, paragraphs parted by line breaks."""
    return printed_value(FIELDS[field], getattr(record, field)) if hasattr(record, field) else ""


def decided(record: Record, doubt: Doubt, *, otherwise: bool) -> dict[str, Any]:
    """The fields of a record after a doubt about it was decided.

    As it stands, the doubt goes; otherwise every place that reads as the quote is put right too.
    """
    values: dict[str, Any] = {"doubts": tuple(other for other in record.doubts if other != doubt)}
    if otherwise and doubt.instead and doubt.field in DECIDABLE:
        values[doubt.field] = _replaced(record, doubt)
    return values


def _replaced(record: Record, doubt: Doubt) -> tuple[Any, ...]:
    if doubt.field == "narrative":
        return tuple(text_of(record, "narrative").replace(doubt.quote, doubt.instead).split("\n"))
    sentences = getattr(record, "coding_changes", ())
    return tuple(
        recognised(sentence.text.replace(doubt.quote, doubt.instead)) for sentence in sentences
    )
