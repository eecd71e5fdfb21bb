"""The current keys of commands, worded for tool tips, messages and the guide."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, QObject, Signal
from PySide6.QtGui import QKeySequence

from mideditor.ui.commands.commands import COMMANDS
from mideditor.ui.commands.keys import Keys, keys_in_use, native, portable

_BACKQUOTED = re.compile(r"`([^`\n]+)`")


class KeyWords(QObject):
    """Looks up the key of a command by name. `changed` is emitted after the user changed keys.

    For a command without a key the result is empty, so that texts leave the key out.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._in_use: Mapping[str, tuple[str, ...]] = keys_in_use({})

    def use(self, changed: Keys) -> None:
        """Use the keys that the user ``changed``, and the table's keys for all other commands."""
        self._in_use = keys_in_use(changed)
        self.changed.emit()

    def of(self, name: str) -> str:
        """The first key of a command in the platform's notation, '' if it has none."""
        return next(map(native, self._in_use[name]), "")

    def hint(self, name: str, effect: str = "") -> str:
        """The key in parentheses, optionally with its effect: `` (F4 switches)``."""
        key = self.of(name)
        return f" ({' '.join(filter(None, (key, effect)))})" if key else ""

    def clause(self, name: str, effect: str) -> str:
        """A clause to append to a sentence: ``; Ctrl+Z takes it back``."""
        key = self.of(name)
        return f"; {key} {effect}" if key else ""

    def has(self, name: str, pressed: QKeyCombination) -> bool:
        """Whether the pressed key belongs to a command."""
        return QKeySequence(pressed).toString() in self._in_use[name]


def with_keys_in_use(text: str, changed: Keys) -> str:
    """Replace the default keys in a Markdown text with the current keys of their commands.

    Only keys of commands in backquotes are replaced. If a command has no key any more, its menu
    title takes the place of the key.
    """
    in_use = keys_in_use(changed)
    owners = {
        key: name for name, command in COMMANDS.items() for key in map(portable, command.keys)
    }

    def current(found: re.Match[str]) -> str:
        key = found[1]
        name = owners.get(key) or owners.get(portable(key) if "+" in key else "")
        if name is None or key in in_use[name] or portable(key) in in_use[name]:
            return found[0]
        keys = in_use[name]
        return f"`{keys[0]}`" if keys else f"*{COMMANDS[name].label}*"

    return _BACKQUOTED.sub(current, text)
