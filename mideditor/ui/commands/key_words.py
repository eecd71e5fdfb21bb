"""The keys of commands as words on the screen: those that the commands have now."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, QObject, Signal
from PySide6.QtGui import QKeySequence

from mideditor.ui.commands.commands import COMMANDS
from mideditor.ui.commands.keys import Keys, keys_in_use, native, written

_IN_CODE = re.compile(r"`([^`\n]+)`")


class KeyWords(QObject):
    """Tells the key of a command by the command's name. `changed` after the user gave others.

    A command without a key has no words: what is said of its key is left out.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._in_use: Mapping[str, tuple[str, ...]] = keys_in_use({})

    def use(self, changed: Keys) -> None:
        """Tell these keys from now on: what the user ``changed``, else those of the table."""
        self._in_use = keys_in_use(changed)
        self.changed.emit()

    def of(self, name: str) -> str:
        """The first key of a command as this system writes it, '' where it has none."""
        return next(map(native, self._in_use[name]), "")

    def aside(self, name: str, what: str = "") -> str:
        """A key in parentheses after a word, with ``what`` it does: `` (F4 switches)``."""
        key = self.of(name)
        return f" ({' '.join(filter(None, (key, what)))})" if key else ""

    def clause(self, name: str, what: str) -> str:
        """A clause after another: ``; Ctrl+Z takes it back``."""
        key = self.of(name)
        return f"; {key} {what}" if key else ""

    def has(self, name: str, pressed: QKeyCombination) -> bool:
        """Whether what was pressed is a key of a command."""
        return QKeySequence(pressed).toString() in self._in_use[name]


def with_keys_in_use(text: str, changed: Keys) -> str:
    """A Markdown text, written with the keys of the table, with those that the commands have now.

    A key is what stands in backquotes and is one of a command. Where the command has no key any
    more, its name in the menu stands there.
    """
    in_use = keys_in_use(changed)
    owners = {key: name for name, command in COMMANDS.items() for key in map(written, command.keys)}

    def now(found: re.Match[str]) -> str:
        key = found[1]
        name = owners.get(key) or owners.get(written(key) if "+" in key else "")
        if name is None or key in in_use[name] or written(key) in in_use[name]:
            return found[0]
        keys = in_use[name]
        return f"`{keys[0]}`" if keys else f"*{COMMANDS[name].words}*"

    return _IN_CODE.sub(now, text)
