"""Writes records as clean chapter text: the inverse of the reader.

Every paragraph is one line, records are separated by a blank line, and there are no page heads. In
wrapped text every line but the last of a paragraph ends in one space (RFC 3676, format=flowed), so
that it can be read back without guessing. Lines that would be ambiguous get an invisible marker
(`mideditor.text.paragraph_marker`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from mideditor.domain import printed_parts as parts
from mideditor.domain.codes import Outcome, Settlement
from mideditor.domain.fields import fields_in, printed_in, printed_value, value_parts
from mideditor.domain.printed_parts import Part
from mideditor.domain.record import (
    CodingChange,
    CrossReference,
    DateValue,
    Dyad,
    Entry,
    Record,
    Side,
    Unread,
)
from mideditor.text.lexer import LABELS, has_site_tail
from mideditor.text.paragraph_marker import MARK, NO_HEADING, may_end_paragraph
from mideditor.text.references import print_reference
from mideditor.text.wrapping import NARROWEST, reads_as_structure, wrapped

PrintedRecord = tuple[Record, Sequence[CodingChange]]
"""A record, and the sentences to print as its coding changes."""


def write_records(records: Iterable[PrintedRecord], wrap: int | None = None) -> str:
    """The clean text of records, with a dyad heading wherever it changes.

    ``wrap`` is the number of columns, at least 30; without it a paragraph is one line. Raises
    ValueError if ``wrap`` is too small.
    """
    if wrap is not None and wrap < NARROWEST:
        raise ValueError(f"Text is wrapped at {NARROWEST} columns or more, not at {wrap}.")
    blocks: list[str] = []
    heading: Dyad | None = None
    for record, sentences in records:
        lines = [*_heading_lines(heading, record.heading)]
        heading = record.heading
        for line in _record_lines(record, sentences, marked=bool(blocks or lines)):
            lines += wrapped(line, wrap) if wrap else [line]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def print_dates(start: DateValue, end: DateValue) -> str:
    """The dates as printed in the chapters: one date if start and end are equal."""
    if start == end:
        return _date(start)
    return f"{_date(start)} to {_date(end)}".strip()


def write_side(side: Unread | Side) -> str:
    """The members of a side in order."""
    return side.unread if isinstance(side, Unread) else ", ".join(str(member) for member in side)


def print_sides(side_a: Unread | Side, side_b: Side) -> str:
    """Both sides, separated by a slash; "" if both are empty."""
    if isinstance(side_a, Unread) and not side_b:
        return side_a.unread
    return f"{write_side(side_a)}/{write_side(side_b)}" if side_a or side_b else ""


def print_outcome(outcome: Unread | Outcome | None, settlement: Unread | Settlement | None) -> str:
    """The outcome, followed by the settlement in parentheses if there is one."""
    if settlement is None:
        return _word(outcome)
    return f"{_word(outcome)} ({_word(settlement)})".strip()


def _heading_lines(before: Dyad | None, now: Dyad | None) -> Iterator[str]:
    if now != before:
        yield NO_HEADING if now is None else str(now)


def _record_lines(record: Record, sentences: Sequence[CodingChange], marked: bool) -> Iterator[str]:
    if isinstance(record, Entry):
        yield from _entry_lines(record)
        yield from _narrative_lines(record.narrative, labelled=True)
        yield from _coding_lines(sentences)
    elif isinstance(record, CrossReference):
        if record.dispute_number is not None:
            yield f"MID#{record.dispute_number}"
        yield print_reference(record.started, record.see)
    else:
        yield from _fragment_lines(record.narrative, marked)
        yield from _coding_lines(sentences)


def _entry_lines(entry: Entry) -> Iterator[str]:
    number = entry.dispute_number if entry.mid_number is None else entry.mid_number
    if isinstance(number, int):
        yield f"MID#{number}"
    for part, names, print_values in _VALUE_PARTS:
        yield _labelled(part, print_values(*[getattr(entry, name) for name in names]))


def _fragment_lines(paragraphs: Sequence[str], marked: bool) -> Iterator[str]:
    lines = list(_narrative_lines(paragraphs, labelled=False))
    if marked and not (lines and lines[0].startswith(MARK)):
        lines[:1] = [MARK + "".join(lines[:1])]
    yield from lines


def _narrative_lines(paragraphs: Sequence[str], labelled: bool) -> Iterator[str]:
    texts = [text for text in map(_on_one_line, paragraphs) if text]
    if labelled:
        yield _labelled("narrative", texts[0] if texts else "")
    elif texts:
        yield MARK + texts[0] if reads_as_structure(texts[0]) else texts[0]
    for before, text in itertools.pairwise(texts):
        plain = may_end_paragraph(before, text) and not reads_as_structure(text)
        yield text if plain else MARK + text


def _coding_lines(sentences: Sequence[CodingChange]) -> Iterator[str]:
    if sentences:
        yield _labelled("coding_changes", " ".join(sentence.text for sentence in sentences))


def _labelled(part: str, value: str) -> str:
    text = _on_one_line(value)
    return f"{LABELS[part]} {MARK if has_site_tail(text) else ''}{text}".rstrip()


def _on_one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines()).strip()


# How the fields that share a part are printed together.
_TOGETHER: Mapping[Part, Callable[..., str]] = {
    parts.DATES: print_dates,
    parts.PARTICIPANTS: print_sides,
    parts.OUTCOME: print_outcome,
}


def _printer_of(part: Part) -> Callable[..., str]:
    if part in _TOGETHER:
        return _TOGETHER[part]
    (field,) = printed_in(part)
    return partial(printed_value, field)


_VALUE_PARTS = [(part.name, fields_in(part.name), _printer_of(part)) for part in value_parts()]
"""The names of the parts of an entry, of the fields in each, and how these are printed."""


def _date(value: DateValue) -> str:
    return value.unread if isinstance(value, Unread) else str(value or "")


def _word(value: Unread | str | None) -> str:
    if value is None:
        return ""
    return value.unread if isinstance(value, Unread) else str(value)
