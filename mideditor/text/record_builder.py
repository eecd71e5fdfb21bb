"""Builds records from drafts: joins the lines of each part and reads them as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from mideditor.domain import printed_parts as parts
from mideditor.domain.coding_sentences import split_sentences
from mideditor.domain.fields import Editor, fields_in, printed_in, value_parts
from mideditor.domain.kinds import KINDS
from mideditor.domain.printed_parts import Part
from mideditor.domain.record import (
    Doubt,
    Dyad,
    LineSpan,
    Participant,
    Place,
    Record,
)
from mideditor.domain.states import StateList
from mideditor.text.hyphen_judge import HyphenJudge
from mideditor.text.lexer import Line
from mideditor.text.line_ends import WordBreak, join_lines
from mideditor.text.lost_text import (
    false_bullet_doubts,
    missing_names,
    unfinished_narrative,
    unfinished_sentences,
    without_false_bullets,
)
from mideditor.text.paragraphs import LineEnd, ParagraphEnds
from mideditor.text.record_splitter import RecordLines
from mideditor.text.references import read_reference
from mideditor.text.values import (
    read_code,
    read_date,
    read_dates,
    read_number,
    read_outcome,
    read_sides,
)
from mideditor.text.word_doubts import word_doubt

Breaks = list[tuple[str, WordBreak]]

_END_OF_TEXT = LineEnd(True, 1.0)
DOUBTFUL_PARAGRAPH = 0.9
"""Paragraph ends less certain than this become doubts."""


@dataclass(frozen=True, slots=True)
class BuiltRecord:
    """The values of a draft, with every word that was joined at the end of a line, by field."""

    model: type[Record]
    values: Mapping[str, Any]
    doubts: tuple[Doubt, ...]
    breaks: Breaks

    def record(self, doubtful_below: float) -> Record:
        """The record, with a doubt about each joined word that is less certain than that."""
        words = [
            word_doubt(field, word_break)
            for field, word_break in self.breaks
            if word_break.verdict.certainty < doubtful_below
        ]
        return self.model(**self.values, doubts=(*self.doubts, *words))


class RecordBuilder:
    """Builds the record of each draft, using evidence from the whole text."""

    def __init__(
        self, source: str, states: StateList, judge: HyphenJudge, paragraphs: ParagraphEnds | None
    ) -> None:
        """``paragraphs`` is None for an exported text, whose line ends are certain."""
        self._source = source
        self._states = states
        self._judge = judge
        self._paragraphs = paragraphs

    def build(self, draft: RecordLines) -> BuiltRecord:
        """Build all but the final record: which words are doubtful depends on the whole text."""
        self._doubts: list[Doubt] = []
        self._breaks: Breaks = []
        values = _BUILDERS[draft.kind](self, draft)
        heading = self._heading(draft.heading)
        common = {
            "chapter": draft.chapter,
            "page": draft.page,
            "heading": heading,
            "place": Place(source=self._source, lines=_places(draft)),
        }
        return BuiltRecord(
            KINDS[draft.kind].model, values | common, tuple(self._doubts), self._breaks
        )

    def _entry(self, draft: RecordLines) -> dict[str, Any]:
        mid = draft.parts.get("mid_number")
        number = int(mid[0].text) if mid else None
        values: dict[str, Any] = {}
        for part, names, read_values in _VALUE_PARTS:
            read = read_values(self._value(draft, part))
            values |= zip(names, read, strict=True)
            if part == parts.PARTICIPANTS.name:
                self._doubts += missing_names(*read)
        if parts.NUMBER.name not in draft.parts:
            values["dispute_number"] = number
        return {**values, "mid_number": number, **self._free_text(draft)}

    def _cross_reference(self, draft: RecordLines) -> dict[str, Any]:
        mid = draft.parts.get("mid_number")
        started, see = read_reference(self._value(draft, "reference"))
        return {
            "dispute_number": int(mid[0].text) if mid else None,
            "started": started,
            "see": see,
        }

    def _free_text(self, draft: RecordLines) -> dict[str, Any]:
        narrative = self._narrative(draft)
        sentences = split_sentences(self._value(draft, "coding_changes"))
        self._doubts += [*unfinished_narrative(narrative), *unfinished_sentences(sentences)]
        return {"narrative": narrative, "coding_changes": sentences}

    def _narrative(self, draft: RecordLines) -> tuple[str, ...]:
        lines = draft.parts.get("narrative", [])
        if self._paragraphs is None:
            ends = [LineEnd(not line.flows, 1.0) for line in lines[:-1]]
        else:
            ends = self._paragraphs.line_ends(lines, draft.breaks)
        paragraphs: list[str] = []
        start = 0
        for index, end in enumerate([*ends, _END_OF_TEXT], start=1):
            if end.ends:
                paragraphs.append(self._join(lines[start:index], "narrative"))
                start = index
            if end.certainty < DOUBTFUL_PARAGRAPH:
                self._doubts.append(_paragraph_doubt(lines[index - 1], lines[index], end))
        return tuple(paragraph for paragraph in paragraphs if paragraph)

    def _value(self, draft: RecordLines, part: str) -> str:
        return self._join(draft.parts.get(part, []), fields_in(part)[0])

    def _join(self, lines: Sequence[Line], field: str) -> str:
        if self._paragraphs is None:
            return " ".join(line.label_if_item + line.text for line in lines).strip()
        self._doubts += false_bullet_doubts(field, lines)
        joined = join_lines(without_false_bullets(lines), self._judge)
        self._breaks += [(field, word_break) for word_break in joined.breaks]
        return joined.text

    def _heading(self, heading: Dyad | None) -> Dyad | None:
        if heading is None:
            return None
        return Dyad(a=self._restore_case(heading.a), b=self._restore_case(heading.b))

    def _restore_case(self, participant: Participant) -> Participant:
        if not participant.name.isupper():
            return participant
        state = self._states.get(participant.code)
        for name in state.names if state else ():
            if name.upper() == participant.name:
                return Participant(code=participant.code, name=name)
        return participant


def _paragraph_doubt(line: Line, next_line: Line, end: LineEnd) -> Doubt:
    words = line.text.split()
    last_words = " ".join((words[1:] or words)[-4:])  # the first may be half a word
    first_words = " ".join(next_line.text.split()[:3])
    if end.ends:
        question = f"Does the paragraph end here, before “{first_words} …”?"
    else:
        question = f"Does a new paragraph begin with “{first_words} …”?"
    between, alternative = ("\n", " ") if end.ends else (" ", "\n")
    return Doubt(
        field="narrative",
        quote=f"{last_words}{between}{first_words}",
        instead=f"{last_words}{alternative}{first_words}",
        question=question,
        certainty=end.certainty,
    )


def _places(draft: RecordLines) -> dict[str, LineSpan]:
    return {
        field: (lines[0].number, lines[-1].number)
        for part, lines in draft.parts.items()
        for field in _field_names(draft, part)
    }


def _field_names(draft: RecordLines, part: str) -> tuple[str, ...]:
    if part == "mid_number" and draft.kind == "cross_reference":
        return ("dispute_number",)
    return fields_in(part)


_READ: Mapping[Editor, Callable[[str], Any]] = {
    Editor.NUMBER: read_number,
    Editor.DATE: read_date,
}
# How the fields that share a part are read together.
_READ_TOGETHER: Mapping[Part, Callable[[str], tuple[Any, ...]]] = {
    parts.DATES: read_dates,
    parts.PARTICIPANTS: read_sides,
    parts.OUTCOME: read_outcome,
}


def _reader_of(part: Part) -> Callable[[str], tuple[Any, ...]]:
    if part in _READ_TOGETHER:
        return _READ_TOGETHER[part]
    (field,) = printed_in(part)
    codes = field.codes
    read = partial(read_code, codes=codes) if codes else _READ[field.editor]
    return lambda text: (read(text),)


_VALUE_PARTS = [(part.name, fields_in(part.name), _reader_of(part)) for part in value_parts()]
"""The names of the parts of an entry, of the fields in each, and how these are read."""

_BUILDERS = {
    "entry": RecordBuilder._entry,
    "cross_reference": RecordBuilder._cross_reference,
    "fragment": RecordBuilder._free_text,
}
