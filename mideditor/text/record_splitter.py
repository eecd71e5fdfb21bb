"""Tokens put together: which lines belong to which part of which record, not yet what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mideditor.domain.record import Dyad
from mideditor.text.lexer import LABELS, Kind, Line, text_line
from mideditor.text.references import begins_reference, ends_reference
from mideditor.text.values import read_dyad

_BEGINS = re.compile(r"Started(?: in\b|\Z)")
_RANK = {name: rank for rank, name in enumerate(LABELS)}
_NARRATIVE = _RANK["narrative"]


@dataclass(slots=True)
class RecordLines:
    """The lines of one record by part. ``breaks`` are line numbers that follow a blank line."""

    kind: Literal["entry", "cross_reference", "fragment"]
    chapter: int | None
    page: int | None
    heading: Dyad | None
    parts: dict[str, list[Line]] = field(default_factory=dict)
    breaks: set[int] = field(default_factory=set)

    @property
    def has_only_its_number(self) -> bool:
        """Whether nothing but a MID# line (and a heading) has been read yet."""
        return self.parts.keys() <= {"heading", "mid_number"} and "mid_number" in self.parts


@dataclass(slots=True)
class SplitRecords:
    """Every line of a text, placed: in a draft, as furniture, or nowhere."""

    drafts: list[RecordLines] = field(default_factory=list)
    furniture: list[int] = field(default_factory=list)
    unplaced: list[int] = field(default_factory=list)
    first_head: Line | None = None


def split_records(
    tokens: Sequence[Line], raw: Sequence[str], progress: Callable[[int], None]
) -> SplitRecords:
    """Place every token; ``progress`` is told the number of lines done, now and then."""
    return _Assembler(tokens, raw).run(progress)


class _Assembler:
    """Walks the tokens once, with an eye on the next line that is neither blank nor furniture."""

    def __init__(self, tokens: Sequence[Line], raw: Sequence[str]) -> None:
        self._tokens = tokens
        self._raw = raw
        self._next_line, self._next_label = _lookahead(tokens)
        self._done = SplitRecords()
        self._draft: RecordLines | None = None
        self._part = ""
        self._heading: Dyad | None = None
        self._heading_lines: list[Line] = []
        self._head: Line | None = None
        self._blank = self._furniture = False
        self._takes: dict[Kind, Callable[[int, Line], None]] = {
            Kind.BLANK: self._take_blank,
            Kind.SITE: self._take_furniture,
            Kind.HEAD: self._take_furniture,
            Kind.MID: self._take_mid,
            Kind.LABEL: self._take_label,
            Kind.HEADING: self._take_heading,
            Kind.NO_HEADING: self._take_no_heading,
            Kind.TEXT: self._take_text,
        }

    def run(self, progress: Callable[[int], None]) -> SplitRecords:
        for index, token in enumerate(self._tokens):
            if index % 2048 == 0:
                progress(index)
            self._takes[token.kind](index, token)
        self._drop_heading()
        return self._done

    def _take_blank(self, _index: int, _line: Line) -> None:
        self._blank = True

    def _take_furniture(self, _index: int, line: Line) -> None:
        self._done.furniture.append(line.number)
        self._furniture = True
        if line.kind is Kind.HEAD:
            self._head = line
            self._done.first_head = self._done.first_head or line

    def _take_mid(self, index: int, line: Line) -> None:
        draft = self._draft
        waiting = draft is None or bool(self._heading_lines) or draft.has_only_its_number
        if (
            waiting
            or self._is_told_to_the_end()
            or self._begins_record(self._following(index), after_mid=True)
        ):
            self._start("entry", line, "mid_number")
        else:
            self._add(text_line(line.number, self._raw[index]))

    def _take_heading(self, index: int, line: Line) -> None:
        dyad = read_dyad(line.text)
        following = self._following(index)
        open_list = following is None and self._part in ("participants", "reference")
        if dyad is None or open_list or not self._begins_record(following):
            self._take_text(index, text_line(line.number, self._raw[index]))
            return
        if dyad != self._heading:
            self._drop_heading()
        self._heading = dyad
        self._heading_lines.append(line)
        self._blank = False

    def _take_no_heading(self, _index: int, line: Line) -> None:
        self._drop_heading()
        self._heading = None
        self._heading_lines.append(line)

    def _take_label(self, index: int, line: Line) -> None:
        draft, name = self._draft, line.label
        if draft is not None and draft.kind != "cross_reference" and not self._heading_lines:
            if draft.has_only_its_number or self._is_free(draft, name):
                self._part = name
                draft.parts[name] = []
                self._add(line)
                return
            if name != "dispute_number" and not self._begins_anew(index, name):
                self._add(text_line(line.number, self._raw[index]))
                return
        self._start("fragment" if name == "coding_changes" else "entry", line, name)

    def _is_free(self, draft: RecordLines, name: str) -> bool:
        if name == "dispute_number" or name in draft.parts:
            return False
        if draft.kind == "fragment":
            return name == "coding_changes"
        return name == "coding_changes" or _RANK.get(self._part, 0) < _NARRATIVE

    def _begins_anew(self, index: int, name: str) -> bool:
        """Whether a label that is out of order opens a record that lost its number lines."""
        if self._draft is not None and self._draft.kind == "fragment":
            return name != "coding_changes"
        then = self._next_label[index]
        return (
            _RANK.get(self._part, 0) >= _NARRATIVE > _RANK[name]
            and _RANK.get(then, 0) > _RANK[name]
        )

    def _take_text(self, index: int, line: Line) -> None:
        draft = self._draft
        if self._is_reference(index, line):
            if draft is not None and draft.has_only_its_number and not self._heading_lines:
                draft.kind = "cross_reference"
                draft.parts["reference"] = []
                self._part = "reference"
                self._add(line)
            else:
                self._start("cross_reference", line, "reference")
        elif draft is None or self._heading_lines or (line.marked and self._blank):
            self._start("fragment", line, "narrative")
        elif draft.has_only_its_number:
            draft.parts["narrative"] = []
            self._part = "narrative"
            self._add(line)
        elif self._is_told_to_the_end():
            self._done.unplaced.append(line.number)
        else:
            self._add(line)

    def _is_told_to_the_end(self) -> bool:
        """Whether the cross-reference being read has had its last line."""
        draft = self._draft
        return (
            draft is not None
            and self._part == "reference"
            and ends_reference(draft.parts["reference"][-1].text)
        )

    def _is_reference(self, index: int, line: Line) -> bool:
        if line.marked or not _BEGINS.match(line.text):
            return False
        if self._draft is not None and self._draft.has_only_its_number:
            return True
        return begins_reference([token.text for token in self._tokens[index : index + 4]])

    def _begins_record(self, line: Line | None, after_mid: bool = False) -> bool:
        if line is None or line.kind in (Kind.MID, Kind.HEADING, Kind.NO_HEADING):
            return True
        if line.kind is Kind.LABEL:
            return after_mid or line.label == "dispute_number"
        return bool(_BEGINS.match(line.text)) or (line.marked and not after_mid)

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
        self._done.drafts.append(self._draft)
        self._blank = False
        self._add(line)

    def _add(self, line: Line) -> None:
        assert self._draft is not None
        lines = self._draft.parts[self._part]
        if lines and self._blank and not self._furniture:
            self._draft.breaks.add(line.number)
        self._blank = self._furniture = False
        lines.append(line)

    def _drop_heading(self) -> None:
        """A heading under which no record stands belongs to none."""
        self._done.unplaced.extend(line.number for line in self._heading_lines)
        self._heading_lines = []

    def _following(self, index: int) -> Line | None:
        following = self._next_line[index]
        return None if following < 0 else self._tokens[following]


def _lookahead(tokens: Sequence[Line]) -> tuple[list[int], list[str]]:
    """For each token the index of the next line that counts (-1: none), and the next label.

    A label counts as next only where no new record begins before it.
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
