"""Splits tokens into records: which lines belong to which part, without reading values yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mideditor.domain.record import Dyad
from mideditor.text.lexer import LABELS, Kind, Line, text_line
from mideditor.text.references import ends_reference, starts_reference
from mideditor.text.values import read_dyad

_REFERENCE_START = re.compile(r"Started(?: in\b|\Z)")
_RANK = {name: rank for rank, name in enumerate(LABELS)}
_NARRATIVE = _RANK["narrative"]


@dataclass(slots=True)
class RecordLines:
    """The lines of one record by part; ``breaks`` are the lines that follow a blank line."""

    kind: Literal["entry", "cross_reference", "fragment"]
    chapter: int | None
    page: int | None
    heading: Dyad | None
    parts: dict[str, list[Line]] = field(default_factory=dict)
    breaks: set[int] = field(default_factory=set)

    @property
    def has_only_its_number(self) -> bool:
        """Whether only a MID# line (and perhaps a heading) has been read so far."""
        return self.parts.keys() <= {"heading", "mid_number"} and "mid_number" in self.parts


@dataclass(slots=True)
class SplitRecords:
    """Every line of a text, assigned to a draft, to the furniture or to the unplaced lines."""

    drafts: list[RecordLines] = field(default_factory=list)
    furniture: list[int] = field(default_factory=list)
    unplaced: list[int] = field(default_factory=list)
    first_head: Line | None = None


def split_records(
    tokens: Sequence[Line], raw: Sequence[str]
) -> Generator[tuple[int, int], None, SplitRecords]:
    """Assign every token to a record. Yields progress in lines, as the first half of reading."""
    return _Splitter(tokens, raw).run()


class _Splitter:
    """Goes through the tokens once, looking ahead to the next line that counts."""

    def __init__(self, tokens: Sequence[Line], raw: Sequence[str]) -> None:
        self._tokens = tokens
        self._raw = raw
        self._next_line, self._next_label = _lookahead(tokens)
        self._result = SplitRecords()
        self._draft: RecordLines | None = None
        self._part = ""
        self._heading: Dyad | None = None
        self._heading_lines: list[Line] = []
        self._head: Line | None = None
        self._after_blank = self._after_furniture = False
        self._handlers: dict[Kind, Callable[[int, Line], None]] = {
            Kind.BLANK: self._handle_blank,
            Kind.SITE: self._handle_furniture,
            Kind.HEAD: self._handle_furniture,
            Kind.MID: self._handle_mid,
            Kind.LABEL: self._handle_label,
            Kind.HEADING: self._handle_heading,
            Kind.NO_HEADING: self._handle_no_heading,
            Kind.TEXT: self._handle_text,
        }

    def run(self) -> Generator[tuple[int, int], None, SplitRecords]:
        for index, token in enumerate(self._tokens):
            if index % 2048 == 0:
                yield index // 2, len(self._raw)
            self._handlers[token.kind](index, token)
        self._drop_heading()
        return self._result

    def _handle_blank(self, _index: int, _line: Line) -> None:
        self._after_blank = True

    def _handle_furniture(self, _index: int, line: Line) -> None:
        self._result.furniture.append(line.number)
        self._after_furniture = True
        if line.kind is Kind.HEAD:
            self._head = line
            self._result.first_head = self._result.first_head or line

    def _handle_mid(self, index: int, line: Line) -> None:
        draft = self._draft
        can_start = draft is None or bool(self._heading_lines) or draft.has_only_its_number
        if (
            can_start
            or self._reference_is_complete()
            or self._starts_record(self._following(index), after_mid=True)
        ):
            self._start("entry", line, "mid_number")
        else:
            self._add(text_line(line.number, self._raw[index]))

    def _handle_heading(self, index: int, line: Line) -> None:
        dyad = read_dyad(line.text)
        following = self._following(index)
        may_be_list = following is None and self._part in ("participants", "reference")
        if dyad is None or may_be_list or not self._starts_record(following):
            self._handle_text(index, text_line(line.number, self._raw[index]))
            return
        if dyad != self._heading:
            self._drop_heading()
        self._heading = dyad
        self._heading_lines.append(line)
        self._after_blank = False

    def _handle_no_heading(self, _index: int, line: Line) -> None:
        self._drop_heading()
        self._heading = None
        self._heading_lines.append(line)

    def _handle_label(self, index: int, line: Line) -> None:
        draft, name = self._draft, line.label
        if draft is not None and draft.kind != "cross_reference" and not self._heading_lines:
            if draft.has_only_its_number or self._accepts(draft, name):
                self._part = name
                draft.parts[name] = []
                self._add(line)
                return
            if name != "dispute_number" and not self._starts_new_record(index, name):
                self._add(text_line(line.number, self._raw[index]))
                return
        self._start("fragment" if name == "coding_changes" else "entry", line, name)

    def _accepts(self, draft: RecordLines, name: str) -> bool:
        if name == "dispute_number" or name in draft.parts:
            return False
        if draft.kind == "fragment":
            return name == "coding_changes"
        return name == "coding_changes" or _RANK.get(self._part, 0) < _NARRATIVE

    def _starts_new_record(self, index: int, name: str) -> bool:
        """Whether a label out of order starts a record whose number lines are missing."""
        if self._draft is not None and self._draft.kind == "fragment":
            return name != "coding_changes"
        next_label = self._next_label[index]
        return (
            _RANK.get(self._part, 0) >= _NARRATIVE > _RANK[name]
            and _RANK.get(next_label, 0) > _RANK[name]
        )

    def _handle_text(self, index: int, line: Line) -> None:
        draft = self._draft
        if self._is_reference(index, line):
            if draft is not None and draft.has_only_its_number and not self._heading_lines:
                draft.kind = "cross_reference"
                draft.parts["reference"] = []
                self._part = "reference"
                self._add(line)
            else:
                self._start("cross_reference", line, "reference")
        elif draft is None or self._heading_lines or (line.marked and self._after_blank):
            self._start("fragment", line, "narrative")
        elif draft.has_only_its_number:
            draft.parts["narrative"] = []
            self._part = "narrative"
            self._add(line)
        elif self._reference_is_complete():
            self._result.unplaced.append(line.number)
        else:
            self._add(line)

    def _reference_is_complete(self) -> bool:
        """Whether the last line of the current cross-reference has been read."""
        draft = self._draft
        return (
            draft is not None
            and self._part == "reference"
            and ends_reference(draft.parts["reference"][-1].text)
        )

    def _is_reference(self, index: int, line: Line) -> bool:
        if line.marked or not _REFERENCE_START.match(line.text):
            return False
        if self._draft is not None and self._draft.has_only_its_number:
            return True
        return starts_reference([token.text for token in self._tokens[index : index + 4]])

    def _starts_record(self, line: Line | None, after_mid: bool = False) -> bool:
        if line is None or line.kind in (Kind.MID, Kind.HEADING, Kind.NO_HEADING):
            return True
        if line.kind is Kind.LABEL:
            return after_mid or line.label == "dispute_number"
        return bool(_REFERENCE_START.match(line.text)) or (line.marked and not after_mid)

    def _start(
        self, kind: Literal["entry", "cross_reference", "fragment"], line: Line, part: str
    ) -> None:
        head = self._head
        chapter, page = (head.chapter, head.page) if head else (None, None)
        self._draft = RecordLines(kind, chapter, page, self._heading)
        if self._heading_lines:
            self._draft.parts["heading"] = self._heading_lines
            self._heading_lines = []
        self._draft.parts[part] = []
        self._part = part
        self._result.drafts.append(self._draft)
        self._after_blank = False
        self._add(line)

    def _add(self, line: Line) -> None:
        assert self._draft is not None
        lines = self._draft.parts[self._part]
        if lines and self._after_blank and not self._after_furniture:
            self._draft.breaks.add(line.number)
        self._after_blank = self._after_furniture = False
        lines.append(line)

    def _drop_heading(self) -> None:
        """Mark the lines of a heading without records as unplaced."""
        self._result.unplaced.extend(line.number for line in self._heading_lines)
        self._heading_lines = []

    def _following(self, index: int) -> Line | None:
        following = self._next_line[index]
        return None if following < 0 else self._tokens[following]


def _lookahead(tokens: Sequence[Line]) -> tuple[list[int], list[str]]:
    """For each token, the index of the next line that counts (-1: none), and the next label.

    Blank lines and furniture do not count. A label is the next one only if no new record starts
    before it.
    """
    next_line, next_label = [-1] * len(tokens), [""] * len(tokens)
    line, label = -1, ""
    for index in range(len(tokens) - 1, -1, -1):
        next_line[index], next_label[index] = line, label
        token = tokens[index]
        if token.kind not in (Kind.BLANK, Kind.SITE, Kind.HEAD):
            line = index
        if token.kind is Kind.LABEL:
            label = token.label
        elif token.kind is Kind.MID:
            label = ""
    return next_line, next_label
