"""The differences between two states of a project, by record and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from mideditor.domain.changes import WHOLE_RECORD
from mideditor.domain.fields import FIELDS, printed_stored
from mideditor.domain.record import Record, RecordId, record_from_document
from mideditor.domain.record_ids import handle
from mideditor.domain.titles import record_title
from mideditor.session.work import READ_AT_A_TIME, Work
from mideditor.store.project import Document, Records, Row

_DERIVED = frozenset({"dyad"})
"""Stored fields that are computed from others."""

HERE, ABSENT = "in the project", "not there"


@dataclass(frozen=True)
class FieldDiff:
    """One field, or a whole record, that differs in another state of the project.

    ``here`` and ``there`` are the printed values; ``value`` is the other state's value in stored
    form (for a whole record its document, or None if absent). ``both``: it was changed on both
    sides. ``fits``: the field can hold the value.
    """

    record: RecordId
    title: str
    field: str
    here: str
    there: str
    value: Any
    both: bool = False
    fits: bool = True

    @property
    def label(self) -> str:
        """The field's name on screen."""
        if self.field == WHOLE_RECORD:
            return "Whole record"
        return FIELDS[self.field].label if self.field in FIELDS else self.field


def find_diffs(here: Records, there: Records) -> Work[list[FieldDiff]]:
    """All differences between two states, ordered by record and field; progress counts records."""
    found: list[FieldDiff] = []
    records = list(dict.fromkeys([*here.ids(), *there.ids()]))
    for done, record in enumerate(records, start=1):
        is_same = _same(here.row(record), there.row(record))
        if not is_same:
            found += _record_diffs(record, here.get(record), there.get(record))
        if not is_same or done % READ_AT_A_TIME == 0:
            yield done, len(records)
    return found


def record_diffs(
    record: RecordId, here: Document | None, there: Document | None
) -> list[FieldDiff]:
    """The differences between two versions of one record; None where it is absent."""
    return list(_record_diffs(record, here, there))


def _same(here: Row | None, there: Row | None) -> bool:
    return here is not None and here == there


def _record_diffs(
    record: RecordId, ours: Document | None, theirs: Document | None
) -> Iterator[FieldDiff]:
    if ours is not None and theirs is not None:
        yield from _field_diffs(record, ours, theirs)
    else:
        yield _whole_diff(record, ours, theirs)


def _field_diffs(record: RecordId, ours: Document, theirs: Document) -> Iterator[FieldDiff]:
    if ours == theirs:
        return
    title = _title(record, ours)
    for field in [*ours, *(theirs.keys() - ours.keys())]:
        old, new = ours.get(field), theirs.get(field)
        if old != new and field not in _DERIVED:
            here, there = (_printed(field, value) for value in (old, new))
            fits = _as_record(ours | {field: new}) is not None
            yield FieldDiff(record, title, field, here, there, new, fits=fits)


def _whole_diff(record: RecordId, ours: Document | None, theirs: Document | None) -> FieldDiff:
    present = ours or theirs or {}
    return FieldDiff(
        record,
        _title(record, present),
        WHOLE_RECORD,
        HERE if ours is not None else ABSENT,
        HERE if theirs is not None else ABSENT,
        theirs,
        fits=theirs is None or _as_record(theirs) is not None,
    )


def _title(record: RecordId, document: Document) -> str:
    known = _as_record(document)
    return record_title(known) if known else f"record {handle(record)}"


def _as_record(document: Document) -> Record | None:
    try:
        return record_from_document(document)
    except (ValidationError, KeyError, TypeError):
        return None


def _printed(field: str, value: Any) -> str:
    try:
        return printed_stored(field, value)
    except (ValidationError, KeyError, TypeError, ValueError, AttributeError):
        return json.dumps(value, ensure_ascii=False)
