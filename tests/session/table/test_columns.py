"""The columns of the record table: saved layouts find each one where it was."""

from __future__ import annotations

from mideditor.domain.fields import FIELDS
from mideditor.session.table.columns import RECORD_COLUMNS

PLACES = [
    "dispute_number",
    "dates",
    "participants",
    "outcome",
    "settlement",
    "fatalities",
    "review",
    "changes",
    "findings",
]
"""The columns of released versions; new ones come after them."""


def test_columns_keep_their_places() -> None:
    assert [column.name for column in RECORD_COLUMNS][: len(PLACES)] == PLACES


def test_every_section_has_one_column_and_every_row_with_a_column_is_there() -> None:
    names = [column.name for column in RECORD_COLUMNS]
    assert len(set(names)) == len(names)
    sections = {row.name: row.column.section for row in FIELDS.values() if row.column}
    assert {name: names.index(name) for name in sections} == sections
