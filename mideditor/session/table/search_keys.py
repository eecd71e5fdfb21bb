"""The fields of the search line and the facets, one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mideditor.domain.fields import FIELDS, Editor, FieldRow, InSearch, Role, text_fields
from mideditor.domain.kinds import KINDS
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import Question
from mideditor.domain.rules.questions import state_of
from mideditor.domain.stored_fields import (
    StoredRecord,
    printed_field,
    stored_date,
    stored_number,
    stored_states,
)
from mideditor.session.session import Session
from mideditor.session.table.indexed_record import IndexedRecord

NOTHING = "none"
"""The search word for a missing value."""


@dataclass(frozen=True)
class SearchKey:
    """A field of the search line. ``values`` gives a record's values as its facet shows them.

    ``exact``: the typed value must match entirely, not just in part. ``numeric``: it accepts
    ranges. ``facet``: it is shown beside the table, ``unfolded`` from the start. ``every``: several
    conditions on it are joined by “and”, not by “or”. ``checked``: its values need the findings.
    ``yes_no``: its first value is “yes” or “no”. ``in_text``: its values are part of the record's
    text and are searched there. ``also`` gives other words, in lower case, that find a value.
    """

    name: str
    title: str
    values: Callable[[IndexedRecord], Iterable[str]]
    exact: bool = False
    numeric: bool = False
    facet: bool = False
    unfolded: bool = False
    every: bool = False
    checked: bool = False
    yes_no: bool = False
    in_text: bool = False
    hint: str = ""
    also: Callable[[Session, str], Iterable[str]] | None = None


def _printed(name: str) -> Callable[[IndexedRecord], Iterable[str]]:
    def values(indexed: IndexedRecord) -> Iterable[str]:
        value = indexed.document.get(name)
        if isinstance(value, dict) and "unread" in value:
            return ("unread",)
        return (printed_field(name, value),) if value else ()

    return values


def _number(name: str) -> Callable[[IndexedRecord], Iterable[str]]:
    def values(indexed: IndexedRecord) -> Iterable[str]:
        number = stored_number(indexed.document.get(name))
        return () if number is None else (str(number),)

    return values


def _paragraphs(name: str) -> Callable[[IndexedRecord], Iterable[str]]:
    def values(indexed: IndexedRecord) -> Iterable[str]:
        paragraphs: Iterable[str] = indexed.document.get(name, ())
        return paragraphs

    return values


def _sentences(indexed: IndexedRecord) -> Iterable[str]:
    """The sentences of the Coding changes as they are printed now."""
    if indexed.session.history.was_coded(indexed.id):
        return (sentence.text for sentence in indexed.session.printed_changes(indexed.id))
    return (sentence["text"] for sentence in indexed.document.get("coding_changes", ()))


def _states(indexed: IndexedRecord) -> Iterable[str]:
    return dict.fromkeys(stored_states(indexed.document))


def _dates(document: StoredRecord) -> list[PartialDate]:
    found = (stored_date(document.get(name)) for name in ("start_date", "end_date", "started"))
    return [date for date in found if date is not None]


def _years(indexed: IndexedRecord) -> Iterable[str]:
    """Every year of the dispute."""
    years = sorted(date.year for date in _dates(indexed.document))
    return map(str, range(years[0], years[-1] + 1)) if years else ()


def _decade(indexed: IndexedRecord) -> Iterable[str]:
    return (f"{date.year // 10 * 10}s" for date in _dates(indexed.document)[:1])


def _century(indexed: IndexedRecord) -> Iterable[str]:
    for date in _dates(indexed.document)[:1]:
        number = (date.year - 1) // 100 + 1
        yield f"{number}{'st' if number == 21 else 'th'} century"


def _state_of(question: StoredRecord) -> str:
    return state_of(Question.model_validate(question))


def _yes_or_no(values: Iterable[str]) -> Iterable[str]:
    """“yes” and the values, or “no”."""
    found = list(dict.fromkeys(values))
    return ("yes", *found) if found else ("no",)


def _changed(indexed: IndexedRecord) -> Iterable[str]:
    fields = indexed.session.changed_fields(indexed.id)
    return _yes_or_no(FIELDS[field].label for field in fields if field in FIELDS)


def _coded(indexed: IndexedRecord) -> Iterable[str]:
    changes = indexed.session.history.coding_of(indexed.id)
    return _yes_or_no(FIELDS[change.field].label for _, change in changes if change.field in FIELDS)


def _coders(indexed: IndexedRecord) -> Iterable[str]:
    edits = indexed.session.history.standing_edits_of(indexed.id)
    name_of = indexed.session.history.coders.name_of
    return dict.fromkeys(name_of(step.author) for step, _ in edits)


def _signatures(session: Session, name: str) -> Iterable[str]:
    return session.history.coders.keys_of(name)


def _doubted(indexed: IndexedRecord) -> Iterable[str]:
    doubts = indexed.document.get("doubts") or ()
    return _yes_or_no(FIELDS[doubt["field"]].label for doubt in doubts)


def _of_field(row: FieldRow, search: InSearch) -> SearchKey:
    is_number, is_text = row.editor is Editor.NUMBER, row.name in text_fields()
    values = _VALUES.get(row.editor)
    return SearchKey(
        search.key,
        search.title or row.label,
        values(row.name) if values else _printed(row.name),
        exact=is_number,
        numeric=is_number,
        facet=search.facet,
        unfolded=search.unfolded,
        every=is_text,
        in_text=is_text,
        hint=search.hint,
    )


def _of_fields(role: Role, *editors: Editor) -> Iterable[SearchKey]:
    for row in FIELDS.values():
        if row.search and row.role is role and row.editor in editors:
            yield _of_field(row, row.search)


_VALUES: Mapping[Editor, Callable[[str], Callable[[IndexedRecord], Iterable[str]]]] = {
    Editor.NUMBER: _number,
    Editor.PARAGRAPHS: _paragraphs,
    Editor.SENTENCES: lambda _name: _sentences,
}

KEYS: dict[str, SearchKey] = {
    key.name: key
    for key in (
        SearchKey(
            "kind",
            "Kind",
            lambda indexed: (KINDS[indexed.document["kind"]].label,),
            facet=True,
        ),
        *_of_fields(Role.CONTENT, Editor.NUMBER),
        *_of_fields(Role.WORK, Editor.CODE),
        SearchKey(
            "finding",
            "Finding",
            lambda indexed: _yes_or_no(finding.rule for finding in indexed.checks.of(indexed.id)),
            facet=True,
            unfolded=True,
            checked=True,
            yes_no=True,
        ),
        SearchKey("coded", "Coding change", _coded, facet=True, unfolded=True, yes_no=True),
        SearchKey("changed", "Changed field", _changed, facet=True, yes_no=True),
        *_of_fields(Role.CONTENT, Editor.CODE),
        SearchKey("century", "Century", _century, facet=True),
        SearchKey("decade", "Decade", _decade, facet=True),
        SearchKey("year", "Year", _years, exact=True, numeric=True, hint="1960 or 1960..1969"),
        SearchKey("state", "State", _states, facet=True, every=True),
        *_of_fields(Role.CONTENT, Editor.DATE, Editor.PARTICIPANTS, Editor.DYAD),
        *_of_fields(Role.PLACE, *Editor),
        SearchKey("coder", "Coder", _coders, facet=True, also=_signatures),
        *_of_fields(Role.CONTENT, Editor.PARAGRAPHS, Editor.SENTENCES),
        SearchKey(
            "question",
            "Question",
            lambda indexed: dict.fromkeys(map(_state_of, indexed.document.get("questions") or ())),
            exact=True,
            facet=True,
        ),
        SearchKey(
            "doubt",
            "Doubtful reading",
            lambda indexed: _yes_or_no(
                FIELDS[one["field"]].label for one in indexed.document.get("doubts") or ()
            ),
            facet=True,
            yes_no=True,
        ),
    )
}

NUMERIC = frozenset(name for name, key in KEYS.items() if key.numeric)
FACETS = tuple(key for key in KEYS.values() if key.facet)
TEXT_KEYS = tuple(key for key in KEYS.values() if key.in_text)
