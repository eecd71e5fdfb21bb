"""What every command does: the handlers of the window, and those of the open project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mideditor.ui.commands.commands import COMMANDS

Handler = Callable[[], object]
Handlers = Mapping[str, Handler]
"""Handlers by the name of their command in the command table."""


class Registry:
    """Finds the handler of a command. A project's handlers are made once, when it is opened."""

    def __init__(self, handlers: Iterable[Handlers]) -> None:
        self._of_window = _joined(handlers)
        self._of_project: dict[str, Handler] = {}

    @property
    def names(self) -> frozenset[str]:
        """The commands that have a handler now."""
        return frozenset((*self._of_window, *self._of_project))

    def open_project(self, handlers: Iterable[Handlers]) -> None:
        """Take the handlers of the project that was opened."""
        self._of_project = _joined([*handlers])

    def close_project(self) -> None:
        """Drop the handlers of the project."""
        self._of_project = {}

    def run(self, name: str) -> None:
        """Run a command; one that needs a project does nothing while none is open."""
        handler = self._of_window.get(name) or self._of_project.get(name)
        if handler is not None:
            handler()
        elif name not in COMMANDS:
            raise KeyError(name)


def _joined(parts: Iterable[Handlers]) -> dict[str, Handler]:
    joined: dict[str, Handler] = {}
    for handlers in parts:
        strangers = handlers.keys() - COMMANDS.keys()
        twice = handlers.keys() & joined.keys()
        if strangers or twice:
            raise ValueError(f"not in the command table: {strangers}; handled twice: {twice}")
        joined |= handlers
    return joined
