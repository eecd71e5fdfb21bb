"""Counting values with bit sets gives the same result as counting them one by one."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mideditor.session.table.facet_counts import FacetCounts, RowSet, bits_of

values = st.lists(st.sampled_from("abcdef"), unique=True, max_size=3).map(tuple)
puts = st.lists(st.tuples(st.integers(1, 20), values), max_size=30)


def counted(
    put: list[tuple[int, tuple[str, ...]]], records: set[int]
) -> tuple[dict[int, tuple[str, ...]], Counter[str]]:
    now = dict(put)
    return now, Counter(value for record in records for value in now.get(record, ()))


@given(puts, puts, st.sets(st.integers(1, 20)))
def test_counts_follow_the_values_set(
    first: list[tuple[int, tuple[str, ...]]],
    later: list[tuple[int, tuple[str, ...]]],
    records: set[int],
) -> None:
    tally = FacetCounts()
    tally.put(20, ())
    for record, values in first:
        tally.put(record, values)
    selection = RowSet(sorted(records))
    assert tally.counts(selection) == counted(first, records)[1]
    for record, values in later:
        tally.put(record, values)
    now, expected = counted([*first, *later], records)
    assert tally.counts(selection) == expected
    assert {value: n for value, n in tally.totals().items() if n} == counted(
        [*now.items()], {*now}
    )[1]


def test_a_field_with_many_values_is_counted_too() -> None:
    tally = FacetCounts()
    for record in range(1, 3001):
        tally.put(record, (str(record), "all"))
    assert tally.counts(RowSet([7, 9])) == {"7": 1, "9": 1, "all": 2}


@given(st.sets(st.integers(1, 200)))
def test_a_record_is_the_bit_of_its_number(records: set[int]) -> None:
    bits = bits_of(sorted(records))
    assert {number for number in range(201) if bits >> number & 1} == records
