"""The garbage collector is restored after reading in bulk, even after errors."""

from __future__ import annotations

import gc

import pytest

from mideditor.store.gc_pause import reading_in_bulk


def test_the_collector_is_paused_and_resumed() -> None:
    assert gc.isenabled()
    with reading_in_bulk():
        assert not gc.isenabled()
        with reading_in_bulk():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_resumed_after_an_error() -> None:
    with pytest.raises(ValueError, match="no project"), reading_in_bulk():
        raise ValueError("no project")
    assert gc.isenabled()


def test_what_was_read_is_frozen_and_freed_once_unreferenced() -> None:
    before = gc.get_freeze_count()
    with reading_in_bulk():
        many = [[number] for number in range(200_000)]
    assert gc.get_freeze_count() >= before + len(many)
    frozen = gc.get_freeze_count()
    count = len(many)
    del many
    assert gc.get_freeze_count() <= frozen - count
    gc.unfreeze()


def test_a_small_project_is_not_frozen() -> None:
    before = gc.get_freeze_count()
    with reading_in_bulk():
        few = [[number] for number in range(100)]
    assert gc.get_freeze_count() == before
    assert len(few) == 100
