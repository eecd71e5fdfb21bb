"""Records, the units of a chapter, as frozen values. An invalid record cannot be constructed."""

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

from mideditor.domain.codes import Fatalities, HostilityLevel, Outcome, ReviewState, Settlement
from mideditor.domain.partial_date import PartialDate, parse_date

RecordId = int
"""The number of a record in its project, never reused. Not the dispute number."""


class Frozen(BaseModel):
    """An immutable value; every replacement is validated."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def replace(self, **values: Any) -> Self:
        """A copy with some values replaced; raises pydantic.ValidationError if one is invalid."""
        if unknown := values.keys() - type(self).model_fields.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(kept | values)


def _reject_lone_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("the text holds half a character, which no file can keep") from None
    return text


def _text_schema(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    text = handler(source)
    checked = no_info_after_validator_function(_reject_lone_surrogates, text)
    return json_or_python_schema(json_schema=text, python_schema=checked)


Text = Annotated[str, GetPydanticSchema(_text_schema)]
"""Text that can be encoded as UTF-8. Text from JSON is not checked: the parser ensures it."""

Number = Annotated[int, Field(ge=0, lt=10**9)]
"""A dispute number; the limit is far above any printed one."""

PositiveNumber = Annotated[int, Field(ge=1, lt=10**9)]
"""A state code, a chapter or a page."""


class Unread(Frozen):
    """Source text that could not be read as its field's value, kept verbatim."""

    unread: Text


class Participant(Frozen):
    """A participating state, by code and printed name; ``code`` is None if none was printed."""

    code: PositiveNumber | None
    name: Text

    def __str__(self) -> str:
        return self.name if self.code is None else f"{self.code} {self.name}".rstrip()


class Dyad(Frozen):
    """Two states named by a heading or a cross-reference, in printed order."""

    a: Participant
    b: Participant

    def __str__(self) -> str:
        return f"{self.a}/{self.b}"

    @property
    def codes(self) -> tuple[int, int] | None:
        """Both codes, the lower first; None if one is missing."""
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
    """A sentence of *Coding changes*; ``field`` is None if its opening is not a known one."""

    field: ChangedField | None
    text: Text


class Doubt(Frozen):
    """An uncertain reading that a coder should review.

    ``quote`` is the text in question as it is in ``field`` (a line break in it ends a paragraph);
    ``instead`` is the alternative reading, empty if there is none; ``question`` says what was
    guessed; ``certainty`` runs from 0 to 1.
    """

    field: str
    quote: Text
    question: Text
    certainty: Annotated[float, Field(ge=0, le=1)]
    instead: Text = ""


About = Literal["finding", "difference", "reading"]
"""What a coder accepts as it is."""


class Acceptance(Frozen):
    """Something that a coder has accepted as it is: its key, and the reason.

    ``about`` says what: a finding of the checks, a difference from the published data set, or a
    reading of a newer text. It is not stored for a finding.
    """

    key: Text
    reason: Text
    about: About = Field(default="finding", exclude_if=lambda about: about == "finding")


class Answer(Frozen):
    """An answer to a question; ``time`` is in UTC."""

    text: Text
    author: Text
    time: AwareDatetime


class Question(Frozen):
    """A question about a field, with its answers in order; ``time`` is in UTC.

    Answers do not close a question; someone has to close it.
    """

    field: str
    text: Text
    author: Text
    time: AwareDatetime
    answers: tuple[Answer, ...] = ()
    closed: bool = False


class Evidence(Frozen):
    """Words of the narrative that support the value of a field.

    ``before`` and ``after`` are the surrounding text when the words were marked, used to locate
    them again; a line break in any of the three ends a paragraph.
    """

    field: str
    quote: Text
    before: Text = ""
    after: Text = ""


LineSpan = tuple[PositiveInt, PositiveInt]
"""First and last line in the source, counting from 1."""


class Place(Frozen):
    """Where a record was in its source: the source's id and the lines of each field.

    ``next`` is the part of the record in the following source, with lines counted there. It is not
    stored if absent, so that the digests of older projects stay the same.
    """

    source: str
    lines: Mapping[str, LineSpan] = Field(default_factory=dict)
    next: Place | None = Field(default=None, exclude_if=lambda following: following is None)

    @property
    def parts(self) -> tuple[Place, ...]:
        """This part and the following ones, in order."""
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

SIDES = ("side_a", "side_b")
"""The two sides of an entry, side A first."""


class BaseRecord(Frozen):
    """What every record has: its place in the book and its source, and the state of the work on it.

    ``accepted``, ``questions`` and ``evidence`` are not stored if empty, so that older projects
    keep their stored form.
    """

    chapter: PositiveNumber | None = None
    page: PositiveNumber | None = None
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
        """The codes of the record's dyad heading, the lower first."""
        return self.heading.codes if self.heading else None

    def content(self) -> dict[str, Any]:
        """What the text itself says: the heading, and what only this kind of record has."""
        return self.model_dump(exclude=BaseRecord.model_fields.keys() - {"heading"})


class Entry(BaseRecord):
    """A dispute. ``mid_number`` is the number on the MID# line if it differs."""

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
    hostility_level: HostilityLevel | None = Field(default=None, exclude_if=lambda level: not level)
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
    """A pointer to a dispute whose entry is under another dyad."""

    kind: Literal["cross_reference"] = "cross_reference"
    dispute_number: Number | None = None
    started: DateValue = None
    see: Unread | Dyad | None = None


class Fragment(BaseRecord):
    """Text that belongs to no record of its source, such as the end of one that began earlier."""

    kind: Literal["fragment"] = "fragment"
    narrative: Paragraphs = ()
    coding_changes: tuple[CodingChange, ...] = ()


Record = Entry | CrossReference | Fragment

_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


def record_from_document(document: Mapping[str, Any]) -> Record:
    """Build a record from its stored form; raises pydantic.ValidationError."""
    return _RECORD.validate_python(document)


def document_of(record: Record) -> dict[str, Any]:
    """The stored form of a record: plain JSON values, named as in the JSON export."""
    return record.model_dump(mode="json")
