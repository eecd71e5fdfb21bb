"""Long work of one window: in slices on its own thread, or in worker threads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mideditor.files.user_error import UserError
from mideditor.session.work import Work, in_one_part
from mideditor.ui.kit.lanes import Lane
from mideditor.ui.kit.scheduler import Scheduler


def counting(to: int, fails: bool = False) -> Work[str]:
    for number in range(1, to + 1):
        yield number, to
    if fails:
        raise ValueError("no more")
    return "counted"


@pytest.fixture
def scheduler(qtbot: QtBot) -> Iterator[Scheduler]:
    owner = QObject()
    yield Scheduler(owner)
    owner.deleteLater()


@pytest.fixture
def lane(scheduler: Scheduler) -> Lane:
    return scheduler.lane(scheduler)


class Heard:
    """What the work said at its end."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failed: list[str] = []

    def run(self, lane: Lane, work: Work[str]) -> None:
        lane.run(work, self.done.append, lambda error: self.failed.append(str(error)))


def test_the_result_is_handed_on(scheduler: Scheduler, lane: Lane, qtbot: QtBot) -> None:
    heard, told = Heard(), list[tuple[int, int]]()
    scheduler.lanes.slice_seconds = 0.0
    lane.progressed.connect(lambda done, total: told.append((done, total)))
    heard.run(lane, counting(3))
    assert lane.running
    assert told == []
    qtbot.waitUntil(lambda: not lane.running)
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert (heard.done, heard.failed) == (["counted"], [])


def test_what_goes_wrong_is_told(lane: Lane, qtbot: QtBot) -> None:
    heard = Heard()
    heard.run(lane, counting(5, fails=True))
    qtbot.waitUntil(lambda: not lane.running)
    assert (heard.done, heard.failed) == ([], ["no more"])


def test_dropped_work_says_nothing(lane: Lane, qtbot: QtBot) -> None:
    heard = Heard()
    heard.run(lane, counting(5))
    with qtbot.waitSignal(lane.ended):
        lane.drop()
    heard_later = Heard()
    heard_later.run(lane, counting(1))
    qtbot.waitUntil(lambda: not lane.running)
    assert (heard.done, heard_later.done) == ([], ["counted"])


def test_work_that_begins_at_the_end_of_other_work_is_another(lane: Lane, qtbot: QtBot) -> None:
    first, second = Heard(), Heard()

    def begin() -> None:
        lane.ended.disconnect(begin)
        second.run(lane, counting(1))

    lane.ended.connect(begin)
    first.run(lane, counting(1))
    qtbot.waitUntil(lambda: bool(second.done))
    assert (first.done, second.done) == (["counted"], ["counted"])


def _tell(told: list[str], name: str, *_: object) -> None:
    told.append(name)


def _no_failure(error: Exception) -> None:
    raise error


def test_work_ahead_waits_for_what_is_waited_for_and_for_its_turn(
    scheduler: Scheduler, qtbot: QtBot
) -> None:
    told = list[str]()
    scheduler.lanes.slice_seconds = 0.0
    ahead, second = (scheduler.lane(scheduler, ahead=True) for _ in range(2))
    wanted = scheduler.lane(scheduler)
    for name, one in (("ahead", ahead), ("second", second), ("wanted", wanted)):
        one.run(counting(3), partial(_tell, told, name), _no_failure)
    qtbot.waitUntil(lambda: not second.running)
    assert told == ["wanted", "ahead", "second"]


def test_lanes_that_are_waited_for_take_turns(scheduler: Scheduler, qtbot: QtBot) -> None:
    told = list[str]()
    scheduler.lanes.slice_seconds = 0.0
    lanes = {name: scheduler.lane(scheduler) for name in "ab"}
    for name, one in lanes.items():
        one.progressed.connect(partial(_tell, told, name))
        one.run(counting(3), lambda _: None, _no_failure)
    qtbot.waitUntil(lambda: not scheduler.lanes.busy)
    assert told == ["a", "b"] * 3


def test_work_ahead_stands_still_while_a_job_is_in_a_thread(
    scheduler: Scheduler, qtbot: QtBot
) -> None:
    released, heard = Event(), Heard()
    ahead = scheduler.lane(scheduler, ahead=True)
    scheduler.run_in_thread("Waiting", in_one_part(released.wait), lambda _: None)
    heard.run(ahead, counting(1))
    for _ in range(5):
        qtbot.wait(0)
    assert heard.done == []
    released.set()
    qtbot.waitUntil(lambda: not ahead.running)
    assert heard.done == ["counted"]


def test_work_that_went_with_its_owner_holds_up_no_other(
    scheduler: Scheduler, qtbot: QtBot
) -> None:
    owner, heard = QObject(), Heard()
    gone = scheduler.lane(owner, ahead=True)
    gone.run(counting(3), lambda _: None, lambda _: None)
    with qtbot.waitSignal(gone.destroyed):
        owner.deleteLater()
    after = scheduler.lane(scheduler, ahead=True)
    heard.run(after, counting(5))
    qtbot.waitUntil(lambda: not after.running)
    assert heard.done == ["counted"]


def test_work_that_ends_at_once_has_ended(scheduler: Scheduler, lane: Lane) -> None:
    heard = Heard()
    scheduler.lanes.at_once = 60.0
    lane.run(counting(5), heard.done.append, lambda _: None, at_once=True)
    assert heard.done == ["counted"]
    assert not lane.running


def test_work_in_a_thread_hands_its_result_to_the_window(lane: Lane, qtbot: QtBot) -> None:
    threads = list[int]()

    def work() -> Work[int]:
        yield 0, 1
        return get_ident()

    def done(thread: int) -> None:
        threads.extend((thread, get_ident()))

    lane.run_in_thread(work(), done, _no_failure)
    assert lane.running
    qtbot.waitUntil(lambda: not lane.running)
    assert threads[0] != threads[1] == get_ident()


def test_work_in_a_thread_that_is_replaced_is_not_heard(lane: Lane, qtbot: QtBot) -> None:
    released, told = Event(), list[str]()
    first = in_one_part(lambda: released.wait() and "first")
    lane.run_in_thread(first, partial(_tell, told, "first"), _no_failure)
    lane.run_in_thread(counting(2), partial(_tell, told, "second"), _no_failure)
    released.set()
    qtbot.waitUntil(lambda: not lane.running)
    lane.run_in_thread(counting(2), partial(_tell, told, "third"), _no_failure)
    qtbot.waitUntil(lambda: not lane.running)
    assert told == ["second", "third"]


def test_a_dialog_that_a_result_opens_holds_up_no_work(
    scheduler: Scheduler, lane: Lane, qtbot: QtBot
) -> None:
    """As a dialog does, the first result runs an event loop of its own until the other is there."""
    heard = Heard()
    other = scheduler.lane(scheduler)

    def wait_for_other(_: object) -> None:
        heard.run(other, counting(3))
        qtbot.waitUntil(lambda: bool(heard.done))

    lane.run(counting(1), wait_for_other, _no_failure)
    qtbot.waitUntil(lambda: not scheduler.lanes.busy)
    assert heard.done == ["counted"]


def test_a_job_can_go_on_to_another_and_only_one_runs(scheduler: Scheduler, qtbot: QtBot) -> None:
    shown, said, told = list[str](), list[str](), list[str]()
    scheduler.started.connect(shown.append)
    scheduler.said.connect(said.append)
    scheduler.lanes.at_once = 0.0

    def go_on(_: object) -> None:
        scheduler.run_in_slices("Second", counting(2), partial(_tell, told, "second"))

    assert scheduler.run_in_thread("First", counting(2), go_on)
    assert not scheduler.run_in_slices("Other", counting(2), partial(_tell, told, "other"))
    assert said == ["Wait for the running job, or cancel it first."]
    qtbot.waitUntil(lambda: not scheduler.running)
    assert (shown, told) == (["First", "Second"], ["second"])


def test_a_job_that_fails_is_said_in_words(scheduler: Scheduler, qtbot: QtBot) -> None:
    def failing() -> Work[None]:
        yield 0, 1
        raise UserError("The disk is full.")

    with qtbot.waitSignal(scheduler.failed) as caught:
        scheduler.run_in_thread("Saving", failing(), lambda _: None)
    assert caught.args == ["The disk is full."]
    with pytest.raises(UserError, match="full"):
        scheduler.finish("Saving", failing())
    assert not scheduler.running


def test_once_it_waits_a_job_goes_on_to_nothing(scheduler: Scheduler, qtbot: QtBot) -> None:
    """As when a project is closed just when its copy has been read."""
    told = list[str]()
    scheduler.run_in_thread("Reading", counting(2), partial(_tell, told, "read"))
    scheduler.lanes.wait_for_workers()
    scheduler.wait()
    assert not scheduler.running
    qtbot.wait(0)
    assert told == []
