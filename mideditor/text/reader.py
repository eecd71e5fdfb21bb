"""Chapter text to records: every line read, every guess said, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from mideditor.domain.record import LineSpan, Record
from mideditor.domain.states import StateList
from mideditor.text.exported import has_furniture, is_exported
from mideditor.text.hyphen_judge import HyphenJudge
from mideditor.text.lexer import Line, lex
from mideditor.text.line_ends import WordBreak
from mideditor.text.measure import fitting
from mideditor.text.paragraphs import ParagraphEnds
from mideditor.text.record_builder import RecordBuilder
from mideditor.text.record_splitter import SplitRecords, split_records
from mideditor.text.word_doubts import doubtful_below

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Join:
    """A decision at a line's end: whether the hyphen between two halves of a word was kept.

    ``record`` is the index of the record in the reading; ``certainty`` runs from 0 to 1;
    ``doubtful`` if the record has a doubt of it.
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
    """What a text says: records in source order, and every other line that is not blank."""

    records: tuple[Record, ...]
    furniture: tuple[LineSpan, ...]
    unplaced: tuple[LineSpan, ...]
    joins: tuple[Join, ...]
    notices: tuple[str, ...]


def ignore(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def read_chapter(
    text: str, source: str, states: StateList, progress: Callable[[int, int], None] = ignore
) -> Reading:
    """Read any text; ``source`` is put into each record's place.

    ``progress(done_lines, total_lines)`` is called now and then and may raise to cancel.
    Nothing in the text makes the reader fail.
    """
    text, halved = _whole_characters(text)
    raw = text.split("\n")
    progress(0, len(raw))
    tokens, exported = _tokens(raw)
    assembly = split_records(tokens, raw, lambda done: progress(done // 2, len(raw)))
    inferred = _with_inferred_pages(assembly)
    builder = RecordBuilder(
        source, states, HyphenJudge(text, states), _paragraphs(assembly, exported)
    )
    built = [builder.build(draft) for draft in _told(assembly.drafts, 2, len(raw), progress)]
    words = [(index, *word) for index, draft in enumerate(built) for word in draft.breaks]
    below = doubtful_below([cut.verdict.certainty for _, _, cut in words])
    records = tuple(draft.record(below) for draft in _told(built, 3, len(raw), progress))
    progress(len(raw), len(raw))
    return Reading(
        records,
        _spans(assembly.furniture),
        _spans(assembly.unplaced),
        tuple(_join(*word, below) for word in words),
        (*halved, *_notices(assembly, exported, inferred)),
    )


def _told(
    items: Sequence[_Item], quarter: int, lines: int, progress: Callable[[int, int], None]
) -> Iterator[_Item]:
    """The items, telling progress now and then; they take the given quarter of the time."""
    for index, item in enumerate(items):
        if index % 64 == 0:
            progress(lines * (quarter * len(items) + index) // (4 * len(items)), lines)
        yield item


def _join(record: int, field: str, cut: WordBreak, doubtful_below: float) -> Join:
    kept, certainty, evidence = cut.verdict.kept, cut.verdict.certainty, cut.verdict.evidence
    doubtful = certainty < doubtful_below
    return Join(record, field, cut.left, cut.right, kept, certainty, evidence, doubtful)


def _whole_characters(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with half characters, which no file can keep, replaced; and a notice of it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole, ("Half characters in the text were replaced.",)
    return text, ()


def _tokens(raw: Sequence[str]) -> tuple[list[Line], bool]:
    """The tokens, and whether they are of an exported text."""
    tokens = lex(raw)
    if not has_furniture(tokens):
        flowed = lex(raw, flowed=True)
        if is_exported(flowed):
            return flowed, True
    return tokens, False


def _paragraphs(assembly: SplitRecords, exported: bool) -> ParagraphEnds | None:
    if exported:
        return None
    lines = [line for draft in assembly.drafts for part in draft.parts.values() for line in part]
    narratives = [(draft.parts.get("narrative", []), draft.breaks) for draft in assembly.drafts]
    return ParagraphEnds(narratives, fitting(lines))


def _spans(numbers: Sequence[int]) -> tuple[LineSpan, ...]:
    spans: list[LineSpan] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return tuple(spans)


def _with_inferred_pages(assembly: SplitRecords) -> bool:
    """Give records before the first page head the page before it; tell whether there were any."""
    head = assembly.first_head
    if head is None or head.page is None:
        return False
    early = list(takewhile(lambda draft: draft.chapter is None, assembly.drafts))
    for draft in early:
        draft.chapter, draft.page = head.chapter, head.page - 1 or None
    return bool(early)


def _notices(assembly: SplitRecords, exported: bool, inferred: bool) -> Iterator[str]:
    if not any(draft.kind == "entry" for draft in assembly.drafts):
        yield "No dispute entry was found in this text."
    if exported and len(assembly.drafts) > 1:
        yield "The text has no page heads; it was read as a clean export, one line a paragraph."
    if inferred:
        yield "The first page has no head; its number and chapter were taken from the next one."
    if assembly.unplaced:
        yield f"{len(assembly.unplaced)} lines belong to no record; they are shown as unplaced."
