"""Doubtful readings: which ones are still open, and how deciding one changes the record."""

from __future__ import annotations

from typing import Any

from mideditor.domain.coding_sentences import parse_sentence
from mideditor.domain.fields import FIELDS, Editor, printed_value
from mideditor.domain.record import Doubt, Record


def without_settled_doubts(record: Record) -> Record:
    """The record without the doubts about words that are no longer in its fields."""
    open_doubts = tuple(doubt for doubt in record.doubts if is_open(doubt, record))
    return record if open_doubts == record.doubts else record.replace(doubts=open_doubts)


def is_open(doubt: Doubt, record: Record) -> bool:
    """Whether the words in doubt are still in their field."""
    return doubt.quote in text_of(record, doubt.field)


def text_of(record: Record, field: str) -> str:
    """A field as text, paragraphs separated by line breaks."""
    return printed_value(FIELDS[field], getattr(record, field)) if hasattr(record, field) else ""


def resolve_doubt(record: Record, doubt: Doubt, *, use_alternative: bool) -> dict[str, Any]:
    """The changed fields of a record once one of its doubts is decided.

    The doubt is removed in any case. With ``use_alternative``, every occurrence of the quote is
    replaced by the alternative as well.
    """
    values: dict[str, Any] = {"doubts": tuple(other for other in record.doubts if other != doubt)}
    if use_alternative and doubt.instead and FIELDS[doubt.field].decidable:
        values[doubt.field] = _with_alternative(record, doubt)
    return values


def _with_alternative(record: Record, doubt: Doubt) -> tuple[Any, ...]:
    if FIELDS[doubt.field].editor is Editor.PARAGRAPHS:
        return tuple(text_of(record, doubt.field).replace(doubt.quote, doubt.instead).split("\n"))
    sentences = getattr(record, doubt.field, ())
    return tuple(
        parse_sentence(sentence.text.replace(doubt.quote, doubt.instead)) for sentence in sentences
    )
