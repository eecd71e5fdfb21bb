"""The kinds of record: the table has every model, and the words for it."""

from __future__ import annotations

from typing import get_args

from mideditor.domain.kinds import KINDS
from mideditor.domain.record import Record


def test_every_model_is_a_kind_under_the_name_that_it_stores() -> None:
    models = {kind.name: kind.model for kind in KINDS.values()}
    assert models == {model.model_fields["kind"].default: model for model in get_args(Record)}


def test_a_kind_in_a_sentence() -> None:
    assert [kind.with_article for kind in KINDS.values()] == [
        "an entry",
        "a cross-reference",
        "a fragment",
    ]
