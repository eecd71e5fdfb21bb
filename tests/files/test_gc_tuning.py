"""The collector is as it was after reading in bulk, whatever happened."""

from __future__ import annotations

import gc

import pytest

from mideditor.files.gc_tuning import reading_in_bulk


def test_the_collector_pauses_and_goes_on() -> None:
    assert gc.isenabled()
    with reading_in_bulk():
        assert not gc.isenabled()
        with reading_in_bulk():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="no project"), reading_in_bulk():
        raise ValueError("no project")
    assert gc.isenabled()


def test_what_was_read_is_left_out_of_later_rounds_and_goes_when_it_is_let_go() -> None:
    before = gc.get_freeze_count()
    with reading_in_bulk():
        much = [[number] for number in range(200_000)]
    assert gc.get_freeze_count() >= before + len(much)
    frozen = gc.get_freeze_count()
    count = len(much)
    del much
    assert gc.get_freeze_count() <= frozen - count
    gc.unfreeze()


def test_a_small_project_is_left_to_the_collector() -> None:
    before = gc.get_freeze_count()
    with reading_in_bulk():
        little = [[number] for number in range(100)]
    assert gc.get_freeze_count() == before
    assert len(little) == 100
