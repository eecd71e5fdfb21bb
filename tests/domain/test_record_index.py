"""The record index stays correct through edits and names all records that an edit affects."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.record import (
    CrossReference,
    Dyad,
    Entry,
    Participant,
    Record,
    RecordId,
    document_of,
)
from mideditor.domain.rules.record_index import RecordIndex

codes = st.integers(1, 3)
dyads = st.none() | st.builds(
    lambda a, b: Dyad(a=Participant(code=a, name=""), b=Participant(code=b, name="")), codes, codes
)
any_record = st.one_of(
    st.builds(Entry, dispute_number=st.none() | st.integers(1, 4), heading=dyads),
    st.builds(CrossReference, dispute_number=st.integers(1, 4), heading=dyads, see=dyads),
)
edits = st.lists(st.tuples(st.integers(1, 6), st.none() | any_record), max_size=12)


def reachable(index: RecordIndex, record: Record, record_id: RecordId) -> object:
    """All that a rule can reach from a record."""
    number, see = record_number(record), getattr(record, "see", None)
    return (
        list(index.with_number(number)) if number is not None else None,
        index.has_entries(see.codes) if see else None,
        index.above(record_id, record.dyad) if record.dyad else None,
    )


def reachable_from_each(
    index: RecordIndex, records: dict[RecordId, Record]
) -> dict[RecordId, object]:
    return {record_id: reachable(index, record, record_id) for record_id, record in records.items()}


def record_number(record: Record) -> int | None:
    number = getattr(record, "dispute_number", None)
    return number if isinstance(number, int) else None


def index_of(records: dict[RecordId, Record]) -> RecordIndex:
    index = RecordIndex(records.__getitem__)
    for record_id, record in records.items():
        index.add(record_id, document_of(record))
    return index


@given(st.dictionaries(st.integers(1, 6), any_record), edits)
def test_after_edits_it_equals_a_rebuilt_index_and_reports_all_affected_records(
    records: dict[RecordId, Record], edits: list[tuple[RecordId, Record | None]]
) -> None:
    index = index_of(records)
    for record_id, record in edits:
        before = reachable_from_each(index, records)
        if record is None:
            records.pop(record_id, None)
        else:
            records[record_id] = record
        affected = index.update(record_id, document_of(record) if record else None)
        after = reachable_from_each(index, records)
        assert after == reachable_from_each(index_of(records), records)
        changed = {other for other in after if before.get(other) != after[other]}
        assert changed <= affected
