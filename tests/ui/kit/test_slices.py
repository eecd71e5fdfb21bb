"""Work in slices on the window's own thread."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mideditor.ui.kit.slices import Slices


def counting(to: int, fails: bool = False) -> Generator[int, None, str]:
    yield from range(1, to + 1)
    if fails:
        raise ValueError("no more")
    return "counted"


@pytest.fixture
def slices(qtbot: QtBot) -> Iterator[Slices]:
    owner = QObject()
    yield Slices(owner)
    owner.deleteLater()


class Heard:
    """What the work said at its end."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failed: list[str] = []

    def run(self, slices: Slices, work: Generator[int, None, str]) -> None:
        slices.run(work, 5, self.done.append, lambda error: self.failed.append(str(error)))


def test_the_result_is_handed_on(slices: Slices, qtbot: QtBot) -> None:
    heard, told = Heard(), list[tuple[int, int]]()
    slices.progressed.connect(lambda done, total: told.append((done, total)))
    heard.run(slices, counting(5))
    assert slices.running
    assert told == [(0, 5)]
    qtbot.waitUntil(lambda: not slices.running)
    assert (heard.done, heard.failed) == (["counted"], [])


def test_what_goes_wrong_is_told(slices: Slices, qtbot: QtBot) -> None:
    heard = Heard()
    heard.run(slices, counting(5, fails=True))
    qtbot.waitUntil(lambda: not slices.running)
    assert (heard.done, heard.failed) == ([], ["no more"])


def test_dropped_work_says_nothing(slices: Slices, qtbot: QtBot) -> None:
    heard = Heard()
    heard.run(slices, counting(5))
    with qtbot.waitSignal(slices.ended):
        slices.drop()
    heard_later = Heard()
    heard_later.run(slices, counting(1))
    qtbot.waitUntil(lambda: not slices.running)
    assert (heard.done, heard_later.done) == ([], ["counted"])


def test_work_that_begins_at_the_end_of_other_work_is_another(slices: Slices, qtbot: QtBot) -> None:
    first, second = Heard(), Heard()

    def begin() -> None:
        slices.ended.disconnect(begin)
        second.run(slices, counting(1))

    slices.ended.connect(begin)
    first.run(slices, counting(1))
    qtbot.waitUntil(lambda: bool(second.done))
    assert (first.done, second.done) == (["counted"], ["counted"])


def _tell(told: list[str], name: str, _: object) -> None:
    told.append(name)


def _no_failure(error: Exception) -> None:
    raise error


def test_work_ahead_waits_for_what_is_waited_for_and_for_its_turn(qtbot: QtBot) -> None:
    owner, told = QObject(), list[str]()
    ahead, second = Slices(owner, ahead=True), Slices(owner, ahead=True)
    wanted = Slices(owner)
    for slices in (ahead, second, wanted):
        slices.seconds = 0.0
    for name, slices in (("ahead", ahead), ("second", second), ("wanted", wanted)):
        slices.run(counting(3), 3, partial(_tell, told, name), _no_failure)
    qtbot.waitUntil(lambda: not second.running)
    assert told == ["wanted", "ahead", "second"]


def test_work_that_went_with_its_owner_holds_up_no_other(qtbot: QtBot) -> None:
    owner, heard = QObject(), Heard()
    gone = Slices(owner, ahead=True)
    gone.run(counting(3), 3, lambda _: None, lambda _: None)
    with qtbot.waitSignal(gone.destroyed):
        owner.deleteLater()
    after = QObject()
    slices = Slices(after, ahead=True)
    heard.run(slices, counting(5))
    qtbot.waitUntil(lambda: not slices.running)
    assert heard.done == ["counted"]


def test_work_that_ends_at_once_has_ended(slices: Slices) -> None:
    heard = Heard()
    slices.run(counting(5), 5, heard.done.append, lambda _: None, at_once=60.0)
    assert heard.done == ["counted"]
    assert not slices.running
