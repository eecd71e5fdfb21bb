"""The keys of the search line: every field that has one is there, once."""

from __future__ import annotations

from mideditor.domain.fields import FIELDS
from mideditor.session.table.search_keys import FACETS, KEYS


def test_every_field_with_a_search_key_is_in_the_table_of_keys() -> None:
    wanted = {
        row.search.key: row.search.title or row.label for row in FIELDS.values() if row.search
    }
    assert {key: KEYS[key].title for key in wanted if key in KEYS} == wanted


def test_the_facets_are_in_their_order() -> None:
    assert [key.name for key in FACETS] == [
        "kind",
        "review",
        "finding",
        "coded",
        "changed",
        "outcome",
        "settlement",
        "fatalities",
        "hostility",
        "century",
        "decade",
        "state",
        "dyad",
        "chapter",
        "coder",
        "question",
        "doubt",
    ]
