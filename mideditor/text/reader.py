"""Reads chapter text into records: every line is accounted for and every guess is reported."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from mideditor.domain.record import LineSpan, Record
from mideditor.domain.states import StateList
from mideditor.text.export_detection import has_furniture, is_exported
from mideditor.text.hyphen_judge import HyphenJudge
from mideditor.text.lexer import Line, lex
from mideditor.text.line_ends import WordBreak
from mideditor.text.measure import fit_measure
from mideditor.text.paragraphs import ParagraphEnds
from mideditor.text.record_builder import RecordBuilder
from mideditor.text.record_splitter import SplitRecords, split_records
from mideditor.text.word_doubts import doubtful_below

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Join:
    """A word joined at the end of a line, and whether its hyphen was kept.

    ``record`` is the index of the record in the reading, ``certainty`` is between 0 and 1, and
    ``doubtful`` says whether the record has a doubt about this word.
    """

    record: int
    field: str
    left: str
    right: str
    kept: bool
    certainty: float
    evidence: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The records of a text in source order, and the spans of all other lines that are not blank.

    ``furniture`` are page heads and website lines, ``unplaced`` lines that belong to no record.
    """

    records: tuple[Record, ...]
    furniture: tuple[LineSpan, ...]
    unplaced: tuple[LineSpan, ...]
    joins: tuple[Join, ...]
    notices: tuple[str, ...]


def read_chapter(text: str, source: str, states: StateList) -> Reading:
    """Read any text; ``source`` is put into each record's place.

    No text makes the reader fail.
    """
    work = reading_work(text, source, states)
    while True:
        try:
            next(work)
        except StopIteration as end:
            reading: Reading = end.value
            return reading


def reading_work(
    text: str, source: str, states: StateList
) -> Generator[tuple[int, int], None, Reading]:
    """`read_chapter` as work that yields the lines read so far and the lines in total."""
    text, surrogate_notices = _replace_surrogates(text)
    raw = text.split("\n")
    yield 0, len(raw)
    tokens, exported = _tokens(raw)
    split = yield from split_records(tokens, raw)
    page_inferred = _infer_first_page(split)
    builder = RecordBuilder(source, states, HyphenJudge(text, states), _paragraphs(split, exported))
    built = yield from _map_with_progress(split.drafts, builder.build, 2, len(raw))
    breaks = [(index, *entry) for index, draft in enumerate(built) for entry in draft.breaks]
    below = doubtful_below([word.verdict.certainty for _, _, word in breaks])
    records = yield from _map_with_progress(built, lambda draft: draft.record(below), 3, len(raw))
    yield len(raw), len(raw)
    return Reading(
        tuple(records),
        _spans(split.furniture),
        _spans(split.unplaced),
        tuple(_join(*entry, below) for entry in breaks),
        (*surrogate_notices, *_notices(split, exported, page_inferred)),
    )


def _map_with_progress(
    items: Sequence[_Item], make: Callable[[_Item], _Made], quarter: int, lines: int
) -> Generator[tuple[int, int], None, list[_Made]]:
    """``make`` applied to each item. Yields progress in lines, as one quarter of all reading."""
    results: list[_Made] = []
    for index, item in enumerate(items):
        if index % 64 == 0:
            yield lines * (quarter * len(items) + index) // (4 * len(items)), lines
        results.append(make(item))
    return results


def _join(record: int, field: str, word: WordBreak, doubtful_below: float) -> Join:
    kept, certainty, evidence = word.verdict.kept, word.verdict.certainty, word.verdict.evidence
    doubtful = certainty < doubtful_below
    return Join(record, field, word.left, word.right, kept, certainty, evidence, doubtful)


def _replace_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace lone surrogates, which cannot be encoded; returns the text and any notices."""
    try:
        text.encode()
    except UnicodeEncodeError:
        replaced = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return replaced, ("Half characters in the text were replaced.",)
    return text, ()


def _tokens(raw: Sequence[str]) -> tuple[list[Line], bool]:
    """The tokens, and whether the text is an export."""
    tokens = lex(raw)
    if not has_furniture(tokens):
        flowed = lex(raw, flowed=True)
        if is_exported(flowed):
            return flowed, True
    return tokens, False


def _paragraphs(split: SplitRecords, exported: bool) -> ParagraphEnds | None:
    if exported:
        return None
    lines = [line for draft in split.drafts for part in draft.parts.values() for line in part]
    narratives = [(draft.parts.get("narrative", []), draft.breaks) for draft in split.drafts]
    return ParagraphEnds(narratives, fit_measure(lines))


def _spans(numbers: Sequence[int]) -> tuple[LineSpan, ...]:
    spans: list[LineSpan] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return tuple(spans)


def _infer_first_page(split: SplitRecords) -> bool:
    """Give records before the first page head the previous page; whether there were any."""
    head = split.first_head
    if head is None or head.page is None:
        return False
    before_head = list(takewhile(lambda draft: draft.chapter is None, split.drafts))
    for draft in before_head:
        draft.chapter, draft.page = head.chapter, head.page - 1 or None
    return bool(before_head)


def _notices(split: SplitRecords, exported: bool, page_inferred: bool) -> Iterator[str]:
    if not any(draft.kind == "entry" for draft in split.drafts):
        yield "No dispute entry was found in this text."
    if exported and len(split.drafts) > 1:
        yield "The text has no page heads; it was read as a clean export, one line a paragraph."
    if page_inferred:
        yield "The first page has no head; its number and chapter were taken from the next one."
    if split.unplaced:
        yield f"{len(split.unplaced)} lines belong to no record; they are shown as unplaced."
