"""The handlers of commands: those of the window and those of the open project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mideditor.ui.commands.commands import COMMANDS

Handler = Callable[[], object]
Handlers = Mapping[str, Handler]
"""Handlers by command name."""


class Registry:
    """Runs commands by name. A project's handlers are created once, when it is opened."""

    def __init__(self, handlers: Iterable[Handlers]) -> None:
        self._window_handlers = _merged(handlers)
        self._project_handlers: dict[str, Handler] = {}

    @property
    def names(self) -> frozenset[str]:
        """The commands that have a handler at the moment."""
        return frozenset((*self._window_handlers, *self._project_handlers))

    def open_project(self, handlers: Iterable[Handlers]) -> None:
        """Register the handlers of the opened project."""
        self._project_handlers = _merged([*handlers])

    def close_project(self) -> None:
        """Remove the handlers of the project."""
        self._project_handlers = {}

    def run(self, name: str) -> None:
        """Run a command; if it needs a project and none is open, do nothing."""
        handler = self._window_handlers.get(name) or self._project_handlers.get(name)
        if handler is not None:
            handler()
        elif name not in COMMANDS:
            raise KeyError(name)


def _merged(parts: Iterable[Handlers]) -> dict[str, Handler]:
    merged: dict[str, Handler] = {}
    for handlers in parts:
        unknown = handlers.keys() - COMMANDS.keys()
        twice = handlers.keys() & merged.keys()
        if unknown or twice:
            raise ValueError(f"not in the command table: {unknown}; handled twice: {twice}")
        merged |= handlers
    return merged
