"""Which signatures are of one coder, and what the coder is called."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.coders import Coders, coder_key

SIGNATURES = ("Ana", " ana ", "A. Silva", "Ben", "BEN", "Cleo", "Dora")

signatures = st.sampled_from(SIGNATURES)
joins = st.lists(st.tuples(signatures, signatures), max_size=6)


def groups(coders: Coders) -> set[frozenset[str]]:
    """Who is one, for all signatures."""
    return {
        frozenset(other for other in SIGNATURES if coders.are_one(one, other)) for one in SIGNATURES
    }


@given(joins, signatures, signatures, signatures)
def test_being_one_is_an_equivalence(
    joined: list[tuple[str, str]], one: str, other: str, third: str
) -> None:
    coders = Coders(joined)
    assert coders.are_one(one, one)
    assert coders.are_one(one, other) == coders.are_one(other, one)
    if coders.are_one(one, other) and coders.are_one(other, third):
        assert coders.are_one(one, third)


@given(joins)
def test_the_joined_are_one_and_nobody_else(joined: list[tuple[str, str]]) -> None:
    """Compared with the closure of the joins, made step by step."""
    pairs = {(a, b) for a, b in product(SIGNATURES, repeat=2) if coder_key(a) == coder_key(b)}
    pairs |= {*joined, *((alias, name) for name, alias in joined)}
    for middle, one, other in product(SIGNATURES, repeat=3):
        if (one, middle) in pairs and (middle, other) in pairs:
            pairs.add((one, other))
    coders = Coders(joined)
    assert pairs == {p for p in product(SIGNATURES, repeat=2) if coders.are_one(*p)}


@given(joins.flatmap(lambda joined: st.tuples(st.just(joined), st.permutations(joined))))
def test_the_order_and_direction_of_joins_do_not_matter_for_who_is_one(
    both: tuple[list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    joined, shuffled = both
    turned = [(alias, name) for name, alias in shuffled]
    assert groups(Coders(joined)) == groups(Coders(shuffled)) == groups(Coders(turned))


@given(joins, signatures, signatures)
def test_one_coder_has_one_name_and_two_have_two(
    joined: list[tuple[str, str]], one: str, other: str
) -> None:
    coders = Coders(joined, {coder_key(name): name for name in reversed(SIGNATURES)})
    same_name = coders.name_of(one) == coders.name_of(other)
    assert same_name == coders.are_one(one, other)
    assert coders.are_one(one, coders.name_of(one))


@pytest.mark.parametrize(
    ("joined", "name"),
    [
        ([], "Ana"),
        ([("Ana", "A. Silva")], "Ana"),
        ([("Ana Silva", "ana")], "Ana Silva"),
        ([("Ana", "A. Silva"), ("ANA", "Ana Silva")], "ANA"),
        ([("Ana Silva", "A. Silva"), ("Ana", "A. Silva")], "Ana"),
        ([("Ben", "BEN")], "Ana"),
    ],
)
def test_the_name_is_the_one_chosen_last_or_else_the_first_signature(
    joined: list[tuple[str, str]], name: str
) -> None:
    coders = Coders(joined, {"ana": "Ana"})
    assert [coders.name_of(signature) for signature in ("ana", " Ana")] == [name, name]


def test_who_has_not_signed_is_called_as_asked() -> None:
    assert Coders().name_of("Ben") == "Ben"
