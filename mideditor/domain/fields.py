"""The field table: a row for each field carries all that is known of it.

`FIELDS` is the table. The functions below it answer questions such as which fields can be coding
changes; other modules ask these instead of naming fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from mideditor.domain import printed_parts as parts
from mideditor.domain.codes import (
    FATALITIES_NUMBERS,
    HOSTILITY_NUMBERS,
    OUTCOME_NUMBERS,
    SETTLEMENT_NUMBERS,
    Fatalities,
    HostilityLevel,
    Outcome,
    ReviewState,
    Settlement,
    parse_code,
)
from mideditor.domain.kinds import KINDS
from mideditor.domain.printed_forms import (
    print_date,
    print_dyad,
    print_paragraphs,
    print_sentences,
    print_side,
)
from mideditor.domain.printed_parts import Part
from mideditor.domain.record import (
    Acceptance,
    ChangedField,
    Doubt,
    Evidence,
    Question,
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


class Role(StrEnum):
    """What a field is about: the dispute, its place in the book, or the work on the record."""

    CONTENT = auto()
    PLACE = auto()
    WORK = auto()


@dataclass(frozen=True)
class InColumn:
    """The column of a field in the record table.

    ``section`` is its position, counting from 0, under which its width and hidden state are saved:
    it never changes, and a new column takes the next free one. ``width`` is in pixels at the normal
    text size, ``title`` the label of the field if empty. ``hidden``: shown only on request.
    """

    section: int
    width: int
    title: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class InSearch:
    """The key of a field in the search line, and what it is called there (the label if empty).

    ``facet``: its values are shown beside the table, ``unfolded`` from the start. ``hint`` says
    what to type.
    """

    key: str
    title: str = ""
    facet: bool = False
    unfolded: bool = False
    hint: str = ""


@dataclass(frozen=True)
class FieldRow:
    """A field of records: its name in the export, its label on screen, and all that follows it.

    ``parse`` reads what the user typed and raises ValueError with a message for the user;
    ``format`` gives a value, or its stored form, as the chapters print it. ``codes`` is the code
    list of a coded field, ``numbers`` are the published numbers of the codes.

    ``part`` is where the field is printed, None if it is not; ``required``: every record prints it.
    ``decision``: it can have coding changes, which print the ``sentences``, or none. ``optional``:
    it is stored only where it is set, and compared only there.

    ``form`` is its line in the form, where up to two fields share one; None if it is shown
    elsewhere. ``published`` are the accepted names of its column in the published tables, the
    codebook's first; of a date, the column of the year.

    ``evidence``: words of the narrative can be marked for it. ``replaceable``: its words can be
    found and replaced. ``decidable``: the alternative of a doubt can be put into it.
    """

    name: str
    label: str
    editor: Editor
    parse: Callable[[str, StateList], Any]
    format: Callable[[Any], str] = str
    codes: type[StrEnum] | None = None
    numbers: Mapping[StrEnum, int] = field(default_factory=dict)
    role: Role = Role.CONTENT
    part: Part | None = None
    required: bool = False
    decision: bool = False
    sentences: tuple[ChangedField, ...] = ()
    optional: bool = False
    form: int | None = None
    column: InColumn | None = None
    search: InSearch | None = None
    published: tuple[str, ...] = ()
    evidence: bool = False
    replaceable: bool = False
    decidable: bool = False


def _coded(
    name: str, label: str, codes: type[StrEnum], *, may_be_blank: bool = True, **known: Any
) -> FieldRow:
    def parse(text: str, _states: StateList) -> StrEnum | None:
        return parse_code(text, codes) if text.strip() or not may_be_blank else None

    return FieldRow(name, label, Editor.CODE, parse, codes=codes, **known)


def _number(name: str, label: str, **known: Any) -> FieldRow:
    def parse(text: str, _states: StateList) -> int | None:
        return parse_typed_number(text)

    return FieldRow(name, label, Editor.NUMBER, parse, **known)


def _date(name: str, label: str, **known: Any) -> FieldRow:
    def parse(text: str, _states: StateList) -> Any:
        return parse_typed_date(text)

    return FieldRow(name, label, Editor.DATE, parse, print_date, **known)


def _side(name: str, label: str, **known: Any) -> FieldRow:
    return FieldRow(name, label, Editor.PARTICIPANTS, parse_typed_participants, print_side, **known)


def _dyad(name: str, label: str, **known: Any) -> FieldRow:
    return FieldRow(name, label, Editor.DYAD, parse_typed_dyad, print_dyad, **known)


def _text(
    name: str,
    label: str,
    editor: Editor,
    parse: Callable[[str], tuple[Any, ...]],
    print_all: Callable[[Any], str],
    **known: Any,
) -> FieldRow:
    """A text: it can be searched for words to replace, and doubts in it can be decided."""
    return FieldRow(
        name,
        label,
        editor,
        lambda text, _states: parse(text),
        print_all,
        replaceable=True,
        decidable=True,
        **known,
    )


def _decisions(
    name: str,
    label: str,
    how: str,
    model: type[Any],
    print_one: Callable[[Any], str],
    **known: Any,
) -> FieldRow:
    """What coders decide one by one in the window; ``how`` begins the message for typed text."""

    def parse(_text: str, _states: StateList) -> None:
        raise NotUnderstood(f"{how} one by one in the window, not typed.")

    def print_all(items: Any) -> str:
        return "; ".join(print_one(model.model_validate(item)) for item in items)

    return FieldRow(name, label, Editor.DECISIONS, parse, print_all, role=Role.WORK, **known)


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


_SIDE_SENTENCES: tuple[ChangedField, ...] = ("added", "dropped", "participant_changed")


def _decision(*sentences: ChangedField) -> dict[str, Any]:
    """A field that can have coding changes rests on the narrative, so evidence can be marked."""
    return {"decision": True, "evidence": True, "sentences": sentences}


# In the order in which a record is printed.
FIELDS: dict[str, FieldRow] = {
    row.name: row
    for row in (
        _dyad(
            "heading",
            "Dyad heading",
            part=parts.HEADING,
            form=7,
            search=InSearch("dyad", "Dyad", facet=True),
        ),
        _number(
            "dispute_number",
            "Dispute number",
            part=parts.NUMBER,
            required=True,
            form=5,
            column=InColumn(0, 88, "Number"),
            search=InSearch("number", "Number"),
        ),
        _number("mid_number", "MID# line", part=parts.MID_LINE, form=5),
        _date(
            "start_date",
            "Start date",
            part=parts.DATES,
            required=True,
            **_decision("start_date", "start_day"),
            form=1,
            published=("styear", "startyear"),
        ),
        _date(
            "end_date",
            "End date",
            part=parts.DATES,
            required=True,
            **_decision("end_date", "end_day"),
            form=1,
            published=("endyear",),
        ),
        _date("started", "Started", part=parts.REFERENCE, required=True, form=5),
        _side(
            "side_a",
            "Side A",
            part=parts.PARTICIPANTS,
            required=True,
            **_decision(*_SIDE_SENTENCES),
            form=2,
            published=("sidea",),
        ),
        _side(
            "side_b",
            "Side B",
            part=parts.PARTICIPANTS,
            required=True,
            **_decision(*_SIDE_SENTENCES),
            form=2,
            published=("sidea",),
        ),
        _dyad("see", "See dyad", part=parts.REFERENCE, required=True, form=6),
        _coded(
            "outcome",
            "Outcome",
            Outcome,
            numbers=OUTCOME_NUMBERS,
            part=parts.OUTCOME,
            required=True,
            **_decision("outcome"),
            form=3,
            column=InColumn(3, 134),
            search=InSearch("outcome", facet=True, unfolded=True),
            published=("outcome",),
        ),
        _coded(
            "settlement",
            "Settlement",
            Settlement,
            numbers=SETTLEMENT_NUMBERS,
            part=parts.OUTCOME,
            required=True,
            **_decision("settlement"),
            form=3,
            column=InColumn(4, 100),
            search=InSearch("settlement", facet=True),
            published=("settle", "settlement", "settlmnt"),
        ),
        _coded(
            "fatalities",
            "Fatalities",
            Fatalities,
            numbers=FATALITIES_NUMBERS,
            part=parts.FATALITIES,
            required=True,
            **_decision("fatalities"),
            form=4,
            column=InColumn(5, 122),
            search=InSearch("fatalities", facet=True, unfolded=True),
            published=("fatality", "fatal", "fatalities", "fatlev"),
        ),
        _coded(
            "hostility_level",
            "Hostility level",
            HostilityLevel,
            numbers=HOSTILITY_NUMBERS,
            **_decision(),
            optional=True,
            form=4,
            column=InColumn(9, 150, hidden=True),
            search=InSearch("hostility", facet=True),
            published=("hostlev", "hihost"),
        ),
        _text(
            "narrative",
            "Narrative",
            Editor.PARAGRAPHS,
            parse_typed_paragraphs,
            print_paragraphs,
            part=parts.NARRATIVE,
            required=True,
            search=InSearch("narrative", hint="a word, or a “phrase in quotes”"),
        ),
        _text(
            "coding_changes",
            "Coding changes",
            Editor.SENTENCES,
            parse_typed_sentences,
            print_sentences,
            part=parts.CODING_CHANGES,
            search=InSearch("sentence", hint="words of a printed sentence"),
        ),
        _number(
            "chapter",
            "Chapter",
            role=Role.PLACE,
            form=8,
            search=InSearch("chapter", facet=True),
        ),
        _number("page", "Page", role=Role.PLACE, form=8, search=InSearch("page")),
        _coded(
            "review",
            "Review",
            ReviewState,
            may_be_blank=False,
            role=Role.WORK,
            form=9,
            column=InColumn(6, 92),
            search=InSearch("review", facet=True, unfolded=True),
        ),
        _decisions(
            "doubts",
            "Doubtful readings",
            "Doubtful readings are decided",
            Doubt,
            lambda doubt: doubt.quote,
        ),
        _decisions(
            "accepted",
            "Accepted findings",
            "Findings are accepted",
            Acceptance,
            lambda one: f"{one.key}: {one.reason}",
        ),
        _decisions(
            "questions",
            "Questions",
            "Questions are asked and answered",
            Question,
            print_question,
        ),
        _decisions(
            "evidence",
            "Evidence",
            "Words are marked as evidence",
            Evidence,
            print_evidence,
        ),
    )
}


class UnknownField(NotUnderstood):
    """A field name that this kind of record does not have."""

    def __init__(self, name: str, kind: str) -> None:
        a_kind = KINDS[kind].with_article.capitalize()
        super().__init__(f"{a_kind} has no field “{name}”. It has: {', '.join(fields_of(kind))}.")


@cache
def fields_of(kind: str) -> Mapping[str, FieldRow]:
    """The fields of a kind of record, in printed order."""
    model = KINDS[kind].model
    return {name: row for name, row in FIELDS.items() if name in model.model_fields}


def field_of(name: str, kind: str) -> FieldRow:
    """The row of a field; raises UnknownField."""
    try:
        return fields_of(kind)[name]
    except KeyError:
        raise UnknownField(name, kind) from None


@cache
def work_fields() -> frozenset[str]:
    """The fields that tell of the work on a record and of its source, not of the dispute."""
    return frozenset({"place", *(row.name for row in FIELDS.values() if row.role is Role.WORK)})


@cache
def decisions() -> Mapping[str, FieldRow]:
    """The fields that can have coding changes."""
    return {name: row for name, row in FIELDS.items() if row.decision}


@cache
def fields_with_sentences() -> tuple[FieldRow, ...]:
    """The fields whose coding changes are printed, in printed order."""
    return tuple(row for row in FIELDS.values() if row.sentences)


@cache
def code_lists() -> Mapping[str, type[StrEnum]]:
    """The code list of each coded field, the review state among them."""
    return {name: row.codes for name, row in FIELDS.items() if row.codes}


@cache
def printed_in(part: Part) -> tuple[FieldRow, ...]:
    """The fields that a part of a printed record holds, in printed order."""
    return tuple(row for row in FIELDS.values() if row.part == part)


@cache
def fields_in(part: str) -> tuple[str, ...]:
    """The names of the fields in a part of a printed record, by the name of the part."""
    return tuple(name for name, row in FIELDS.items() if row.part and row.part.name == part)


@cache
def labelled_parts() -> tuple[Part, ...]:
    """The parts of a printed record that have a label, in printed order."""
    parts_in_order = dict.fromkeys(row.part for row in FIELDS.values())
    return tuple(part for part in parts_in_order if part is not None and part.spellings)


@cache
def value_parts() -> tuple[Part, ...]:
    """The labelled parts of an entry that are no texts, in printed order."""
    texts = {FIELDS[name].part for name in text_fields()}
    return tuple(part for part in labelled_parts() if part not in texts)


@cache
def unprinted_fields() -> frozenset[str]:
    """The fields that are not printed, so that no reading of a text can say anything of them."""
    return frozenset(name for name, row in FIELDS.items() if row.part is None)


@cache
def fields_without_lines() -> frozenset[str]:
    """The fields that do not come from lines of the record's own."""
    return frozenset(
        name for name, row in FIELDS.items() if row.part is None or not row.part.own_lines
    )


@cache
def published_fields() -> Mapping[str, FieldRow]:
    """The fields that the published tables have."""
    return {name: row for name, row in FIELDS.items() if row.published}


@cache
def published_codes() -> Mapping[str, type[StrEnum]]:
    """The code list of each coded field that the published tables have."""
    return {name: row.codes for name, row in published_fields().items() if row.codes}


@cache
def text_fields() -> tuple[str, ...]:
    """The fields whose words can be found and replaced, the narrative first."""
    return tuple(name for name, row in FIELDS.items() if row.replaceable)


def printed_value(field: FieldRow, value: Any) -> str:
    """A value, or its stored form, as the chapters print it.

    Text that could not be read is printed verbatim, no value as ''.
    """
    if value is None:
        return ""
    if isinstance(value, Unread):
        return value.unread
    if isinstance(value, dict) and "unread" in value:
        return str(value["unread"])
    return field.format(value)


def printed_stored(name: str, stored: Any) -> str:
    """A logged value of any field as text; one of another form is shown as it is."""
    try:
        return printed_value(FIELDS[name], stored)
    except (AttributeError, LookupError, TypeError, ValueError):
        return "" if stored is None else str(stored)


def stored_value(name: str, value: Any) -> Any:
    """A field's value in its stored (JSON) form."""
    return _adapter(name).dump_python(value, mode="json")


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    model = next(kind.model for kind in KINDS.values() if name in kind.model.model_fields)
    values: Any = model.model_fields[name].annotation
    return TypeAdapter(values)
