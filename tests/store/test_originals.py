"""Records as they were added: found by their digests, kept for ever, one line each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mideditor.store.originals import OriginalTable

FIRST, SECOND, THIRD = (f"{'0' * 12}a{end:051x}" for end in (1, 2, 3))
"""Digests with the same first 13 digits."""
NEXT = f"{'0' * 12}b{0:051x}"
"""A digest whose own number is the one after theirs."""

digests = st.permutations([FIRST, SECOND, THIRD, NEXT])


def row(digest: str, page: int) -> dict[str, object]:
    return {"digest": digest, "record": {"page": page}}


def test_a_record_is_numbered_by_the_first_digits_of_its_digest() -> None:
    table = OriginalTable()
    table.keep("f" * 64, {"page": 1})
    assert dict(table) == {2**52: row("f" * 64, 1)}
    assert b'    "%d": {"digest":"%b","record":{"page":1}}' % (2**52, b"f" * 64) in table.body()


def test_a_second_digest_with_the_same_digits_has_the_next_free_number() -> None:
    table = OriginalTable()
    for page, digest in enumerate((FIRST, NEXT, SECOND), start=1):
        table.keep(digest, {"page": page})
    assert dict(table) == {11: row(FIRST, 1), 12: row(NEXT, 2), 13: row(SECOND, 3)}
    assert [table.record(digest) for digest in (FIRST, SECOND, NEXT)] == [
        {"page": 1},
        {"page": 3},
        {"page": 2},
    ]
    assert table.record(THIRD) is None
    assert table.missing([FIRST, THIRD]) == [THIRD]


@given(digests)
def test_all_are_found_in_whatever_order_they_were_kept(order: list[str]) -> None:
    table = OriginalTable()
    for digest in order:
        assert table.missing([digest]) == [digest]
        table.keep(digest, {"page": order.index(digest)})
    assert [table.record(digest) for digest in order] == [{"page": n} for n in range(4)]
    assert sorted(table) == [11, 12, 13, 14]


@given(digests)
def test_rows_read_from_a_file_keep_their_numbers(order: list[str]) -> None:
    table = OriginalTable()
    for digest in order:
        table.keep(digest, {"digest": digest})
    in_file = {number: table[number] for number in sorted(table)}
    assert dict(OriginalTable.of_rows(in_file.values())) == in_file


def test_rows_written_by_hand_are_found_wherever_they_were_numbered() -> None:
    by_hand = OriginalTable.of_rows([row(SECOND, 2), row(FIRST, 1)])
    assert by_hand.record(FIRST) == {"page": 1}
    assert by_hand.record(SECOND) == {"page": 2}
    assert dict(by_hand) == {11: row(SECOND, 2), 12: row(FIRST, 1)}


def test_a_kept_record_is_never_changed() -> None:
    table = OriginalTable()
    table.keep(FIRST, {"page": 1})
    before = table.body()
    table.keep(FIRST, {"page": 2})
    assert table.body() == before
    copy = table.copy()
    copy.keep(SECOND, {"page": 2})
    assert table.record(SECOND) is None
