"""Handlers are looked up by command name and created once per project, not per key press."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mideditor.ui.commands.commands import COMMANDS
from mideditor.ui.commands.registry import Registry

UI = Path(__file__).parents[3] / "mideditor" / "ui"


def test_closing_a_project_removes_its_handlers() -> None:
    done: list[str] = []
    registry = Registry([{"quit": lambda: done.append("quit")}])
    registry.run("save")
    registry.open_project([{"save": lambda: done.append("save")}])
    registry.run("save")
    registry.close_project()
    registry.run("save")
    registry.run("quit")
    assert done == ["save", "quit"]


def test_a_handler_of_an_unknown_command_is_rejected() -> None:
    with pytest.raises(ValueError, match="sing"):
        Registry([{"sing": print}])


def test_two_handlers_of_one_command_are_rejected() -> None:
    with pytest.raises(ValueError, match="save"):
        Registry([]).open_project([{"save": print}, {"save": print}])


def test_running_an_unknown_command_is_an_error() -> None:
    with pytest.raises(KeyError):
        Registry([]).run("sing")


def test_every_command_that_a_widget_runs_is_in_the_table() -> None:
    run = re.compile(r"\b(?:desk|self)\.run\(\"(\w+)\"")
    names = {name for path in UI.rglob("*.py") for name in run.findall(path.read_text("utf-8"))}
    assert names
    assert names <= COMMANDS.keys()
