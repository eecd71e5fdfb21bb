"""Records: the units of a chapter as frozen values. An invalid record cannot exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    PlainSerializer,
    PlainValidator,
    PositiveInt,
    TypeAdapter,
    computed_field,
    model_validator,
)
from pydantic_core.core_schema import (
    CoreSchema,
    json_or_python_schema,
    no_info_after_validator_function,
)

from mideditor.domain.codes import Fatalities, Outcome, ReviewState, Settlement
from mideditor.domain.partial_date import PartialDate, parse_date

RecordId = int
"""A record's own number in its project: given once, never used again. Not the dispute number."""


class Frozen(BaseModel):
    """A value: it cannot be changed, only replaced, and every replacement is validated."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def replace(self, **values: Any) -> Self:
        """A copy with ``values`` put in; raises pydantic.ValidationError where they do not fit."""
        if unknown := values.keys() - type(self).model_fields.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(kept | values)


def _whole_characters(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("the text holds half a character, which no file can keep") from None
    return text


def _text_schema(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    text = handler(source)
    checked = no_info_after_validator_function(_whole_characters, text)
    return json_or_python_schema(json_schema=text, python_schema=checked)


Text = Annotated[str, GetPydanticSchema(_text_schema)]
"""Text that can be written in UTF-8. That of JSON always can: its reader takes no other."""

Number = Annotated[int, Field(ge=0, lt=10**9)]
"""A dispute number, with room for any that is printed."""

Counted = Annotated[int, Field(ge=1, lt=10**9)]
"""A state code, a chapter or a page."""


class Unread(Frozen):
    """Source text that could not be read as its field's value, kept to the letter."""

    unread: Text


class Participant(Frozen):
    """A state that takes part, by code and printed name; ``code`` None where none was printed."""

    code: Counted | None
    name: Text

    def __str__(self) -> str:
        return self.name if self.code is None else f"{self.code} {self.name}".rstrip()


class Dyad(Frozen):
    """Two states as a heading or a cross-reference names them, in the printed order."""

    a: Participant
    b: Participant

    def __str__(self) -> str:
        return f"{self.a}/{self.b}"

    @property
    def codes(self) -> tuple[int, int] | None:
        """Both codes, the lower first; None where one is missing."""
        if self.a.code is None or self.b.code is None:
            return None
        return min(self.a.code, self.b.code), max(self.a.code, self.b.code)


ChangedField = Literal[
    "added",
    "dropped",
    "participant_changed",
    "start_date",
    "start_day",
    "end_date",
    "end_day",
    "outcome",
    "settlement",
    "fatalities",
]


class CodingChange(Frozen):
    """One sentence of a record's *Coding changes*; ``field`` None for one of another shape."""

    field: ChangedField | None
    text: Text


class Doubt(Frozen):
    """A guess of the reader that a coder should look at.

    ``quote`` is the text in question as it now stands in ``field`` (a line break in it ends a
    paragraph); ``instead`` is what would stand there had the guess been the other one, empty
    where there is no other; ``question`` says what was guessed; ``certainty`` runs from 0 to 1.
    """

    field: str
    quote: Text
    question: Text
    certainty: Annotated[float, Field(ge=0, le=1)]
    instead: Text = ""


class Acceptance(Frozen):
    """A finding that a coder has accepted: the finding's key, and why all is right as it is."""

    key: Text
    reason: Text


class Answer(Frozen):
    """What somebody said to a question; ``time`` is in UTC."""

    text: Text
    author: Text
    time: AwareDatetime


class Question(Frozen):
    """A question on a field, with the answers in their order; ``time`` is in UTC.

    It is open until somebody closes it; answers do not.
    """

    field: str
    text: Text
    author: Text
    time: AwareDatetime
    answers: tuple[Answer, ...] = ()
    closed: bool = False


class Evidence(Frozen):
    """Words of the narrative on which the value of a field rests.

    ``before`` and ``after`` are the text around them when they were marked, by which they are found
    again; a line break in any of them ends a paragraph.
    """

    field: str
    quote: Text
    before: Text = ""
    after: Text = ""


LineSpan = tuple[PositiveInt, PositiveInt]
"""First and last line in the source, counted from 1."""


class Place(Frozen):
    """Where in its source a record stood: the source's id and the lines of each field.

    ``next`` is the part that stands in the source which goes on from there, lines counted in that
    one. It is not stored where there is none: projects of earlier versions keep their digests.
    """

    source: str
    lines: Mapping[str, LineSpan] = Field(default_factory=dict)
    next: Place | None = Field(default=None, exclude_if=lambda following: following is None)

    @property
    def parts(self) -> tuple[Place, ...]:
        """This part and those that follow, in their order."""
        return (self, *(self.next.parts if self.next else ()))


def _date_from(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise ValueError("a date is a text such as 1964-05-02")
    return parse_date(value)


IsoDate = Annotated[
    PartialDate, PlainValidator(_date_from), PlainSerializer(PartialDate.iso, return_type=str)
]
DateValue = Unread | IsoDate | None
Side = tuple[Participant, ...]
Paragraphs = tuple[Text, ...]


_OF_THE_WORK = {"place", "doubts", "accepted", "questions", "evidence", "review", "chapter", "page"}


class BaseRecord(Frozen):
    """What every record has: its place in the book, in its source, and in the work.

    ``accepted``, ``questions`` and ``evidence`` are not stored where they are empty: projects of
    earlier versions keep their form.
    """

    chapter: Counted | None = None
    page: Counted | None = None
    heading: Dyad | None = None
    review: ReviewState = ReviewState.IMPORTED
    place: Place | None = None
    doubts: tuple[Doubt, ...] = ()
    accepted: Annotated[
        tuple[Acceptance, ...], BeforeValidator(lambda stored: () if stored is None else stored)
    ] = Field(default=(), exclude_if=lambda accepted: not accepted)
    questions: Annotated[
        tuple[Question, ...], BeforeValidator(lambda stored: () if stored is None else stored)
    ] = Field(default=(), exclude_if=lambda questions: not questions)
    evidence: Annotated[
        tuple[Evidence, ...], BeforeValidator(lambda stored: () if stored is None else stored)
    ] = Field(default=(), exclude_if=lambda evidence: not evidence)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def dyad(self) -> tuple[int, int] | None:
        """The codes of the dyad heading in force, the lower first."""
        return self.heading.codes if self.heading else None

    def content(self) -> dict[str, Any]:
        """What the text itself says: the record without its place, pages and state of work."""
        return self.model_dump(exclude=_OF_THE_WORK)


class Entry(BaseRecord):
    """A dispute. ``mid_number`` is the number of the MID# line where that is another one."""

    kind: Literal["entry"] = "entry"
    dispute_number: Unread | Number | None = None
    mid_number: Number | None = None
    start_date: DateValue = None
    end_date: DateValue = None
    side_a: Unread | Side = ()
    side_b: Side = ()
    outcome: Unread | Outcome | None = None
    settlement: Unread | Settlement | None = None
    fatalities: Unread | Fatalities | None = None
    narrative: Paragraphs = ()
    coding_changes: tuple[CodingChange, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _mid_number_only_where_it_differs(cls, values: Any) -> Any:
        if isinstance(values, dict):
            number = values.get("mid_number")
            if number is not None and number == values.get("dispute_number"):
                return values | {"mid_number": None}
        return values


class CrossReference(BaseRecord):
    """A pointer to a dispute that is told under another dyad."""

    kind: Literal["cross_reference"] = "cross_reference"
    dispute_number: Number | None = None
    started: DateValue = None
    see: Unread | Dyad | None = None


class Fragment(BaseRecord):
    """Text that belongs to no record of its source, such as the end of one begun before it."""

    kind: Literal["fragment"] = "fragment"
    narrative: Paragraphs = ()
    coding_changes: tuple[CodingChange, ...] = ()


Record = Entry | CrossReference | Fragment

_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


def record_from_document(document: Mapping[str, Any]) -> Record:
    """A record from its stored form; raises pydantic.ValidationError."""
    return _RECORD.validate_python(document)


def document_of(record: Record) -> dict[str, Any]:
    """The stored form of a record: plain JSON values, named as in the JSON export."""
    return record.model_dump(mode="json")
