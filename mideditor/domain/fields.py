"""The field table: one row per field, with its label, its editor, its parser and its formatter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mideditor.domain.codes import Fatalities, Outcome, ReviewState, Settlement, parse_code
from mideditor.domain.record import (
    CrossReference,
    Entry,
    Evidence,
    Fragment,
    Question,
    Record,
    Unread,
)
from mideditor.domain.states import StateList
from mideditor.domain.typed_values import (
    NotUnderstood,
    parse_typed_date,
    parse_typed_dyad,
    parse_typed_number,
    parse_typed_paragraphs,
    parse_typed_participants,
    parse_typed_sentences,
)


class Editor(StrEnum):
    """The kind of editor for a field."""

    NUMBER = auto()
    DATE = auto()
    PARTICIPANTS = auto()
    CODE = auto()
    DYAD = auto()
    PARAGRAPHS = auto()
    SENTENCES = auto()
    DECISIONS = auto()


@dataclass(frozen=True)
class FieldRow:
    """A field of records: its name in the export, its label on screen, how it is edited.

    ``parse`` reads what the user typed and raises ValueError with a message for the user;
    ``format`` gives a value as the chapters print it. ``codes`` is the code list of a coded
    field.
    """

    name: str
    label: str
    editor: Editor
    parse: Callable[[str, StateList], Any]
    format: Callable[[Any], str] = str
    codes: type[StrEnum] | None = None


def _coded(name: str, label: str, codes: type[StrEnum], *, may_be_blank: bool = True) -> FieldRow:
    def parse(text: str, _states: StateList) -> StrEnum | None:
        return parse_code(text, codes) if text.strip() or not may_be_blank else None

    return FieldRow(name, label, Editor.CODE, parse, codes=codes)


def _number(name: str, label: str) -> FieldRow:
    return FieldRow(name, label, Editor.NUMBER, lambda text, _states: parse_typed_number(text))


def _date(name: str, label: str) -> FieldRow:
    return FieldRow(name, label, Editor.DATE, lambda text, _states: parse_typed_date(text))


def _side(name: str, label: str) -> FieldRow:
    return FieldRow(name, label, Editor.PARTICIPANTS, parse_typed_participants, print_side)


def _dyad(name: str, label: str) -> FieldRow:
    return FieldRow(name, label, Editor.DYAD, parse_typed_dyad)


def print_side(side: Any) -> str:
    """The members of a side as printed, separated by commas."""
    return ", ".join(map(str, side))


def print_question(question: Question) -> str:
    """A question with its answers on one line."""
    label = FIELDS[question.field].label if question.field in FIELDS else question.field
    answers = "".join(f" – {one.author}: {one.text}" for one in question.answers)
    closed = " (closed)" if question.closed else ""
    return f"{label}: {question.author}: {question.text}{answers}{closed}"


def print_evidence(evidence: Evidence) -> str:
    """Marked words and the field they support, on one line."""
    label = FIELDS[evidence.field].label if evidence.field in FIELDS else evidence.field
    return f"{label}: “{' ¶ '.join(evidence.quote.splitlines())}”"


def _not_typed(what: str) -> Callable[[str, StateList], Any]:
    def parse(_text: str, _states: StateList) -> None:
        raise NotUnderstood(f"{what} one by one in the window, not typed.")

    return parse


# In the order in which a record is printed.
FIELDS: dict[str, FieldRow] = {
    row.name: row
    for row in (
        _dyad("heading", "Dyad heading"),
        _number("dispute_number", "Dispute number"),
        _number("mid_number", "MID# line"),
        _date("start_date", "Start date"),
        _date("end_date", "End date"),
        _date("started", "Started"),
        _side("side_a", "Side A"),
        _side("side_b", "Side B"),
        _dyad("see", "See dyad"),
        _coded("outcome", "Outcome", Outcome),
        _coded("settlement", "Settlement", Settlement),
        _coded("fatalities", "Fatalities", Fatalities),
        FieldRow(
            "narrative",
            "Narrative",
            Editor.PARAGRAPHS,
            lambda text, _states: parse_typed_paragraphs(text),
            "\n".join,
        ),
        FieldRow(
            "coding_changes",
            "Coding changes",
            Editor.SENTENCES,
            lambda text, _states: parse_typed_sentences(text),
            lambda sentences: " ".join(sentence.text for sentence in sentences),
        ),
        _number("chapter", "Chapter"),
        _number("page", "Page"),
        _coded("review", "Review", ReviewState, may_be_blank=False),
        FieldRow(
            "doubts",
            "Doubtful readings",
            Editor.DECISIONS,
            _not_typed("Doubtful readings are decided"),
            lambda doubts: "; ".join(doubt.quote for doubt in doubts),
        ),
        FieldRow(
            "accepted",
            "Accepted findings",
            Editor.DECISIONS,
            _not_typed("Findings are accepted"),
            lambda accepted: "; ".join(f"{one.key}: {one.reason}" for one in accepted),
        ),
        FieldRow(
            "questions",
            "Questions",
            Editor.DECISIONS,
            _not_typed("Questions are asked and answered"),
            lambda questions: "; ".join(map(print_question, questions)),
        ),
        FieldRow(
            "evidence",
            "Evidence",
            Editor.DECISIONS,
            _not_typed("Words are marked as evidence"),
            lambda evidence: "; ".join(map(print_evidence, evidence)),
        ),
    )
}

_MODELS: dict[str, type[Record]] = {
    "entry": Entry,
    "cross_reference": CrossReference,
    "fragment": Fragment,
}


class UnknownField(NotUnderstood):
    """A field name that this kind of record does not have."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            f"{_kind_word(kind)} has no field “{name}”. It has: {', '.join(fields_of(kind))}."
        )


@cache
def fields_of(kind: str) -> Mapping[str, FieldRow]:
    """The fields of a kind of record, in printed order."""
    return {name: row for name, row in FIELDS.items() if name in _MODELS[kind].model_fields}


def field_of(name: str, kind: str) -> FieldRow:
    """The row of a field; raises UnknownField."""
    try:
        return fields_of(kind)[name]
    except KeyError:
        raise UnknownField(name, kind) from None


def printed_value(field: FieldRow, value: Any) -> str:
    """A value as the chapters print it; unread text verbatim, no value as ''."""
    if value is None:
        return ""
    return value.unread if isinstance(value, Unread) else field.format(value)


def printed_stored(name: str, stored: Any) -> str:
    """A value in its stored form (as in the log) as text; an unexpected value is shown as it is."""
    try:
        return printed_value(FIELDS[name], _adapter(name).validate_python(stored))
    except (KeyError, ValidationError):
        return "" if stored is None else str(stored)


def stored_value(name: str, value: Any) -> Any:
    """A field's value in its stored (JSON) form."""
    return _adapter(name).dump_python(value, mode="json")


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    model = next(model for model in _MODELS.values() if name in model.model_fields)
    values: Any = model.model_fields[name].annotation
    return TypeAdapter(values)


def _kind_word(kind: str) -> str:
    return {"entry": "An entry", "cross_reference": "A cross-reference"}.get(kind, "A fragment")
