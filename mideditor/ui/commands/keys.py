"""The keys of commands: the defaults of the command table, overridden by the user's changes.

``changed`` maps command names to the keys that the user gave them; an empty tuple means no key.
Keys are portable as in the command table, for example ``Ctrl+Shift+P``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from mideditor.ui.commands.commands import COMMANDS

Keys = Mapping[str, tuple[str, ...]]

_MOVES = ("Left", "Right", "Home", "End")
_RESERVED = frozenset(
    (
        *(f"Ctrl+{letter}" for letter in "ACVX"),
        *(f"Ctrl+{move}" for move in (*_MOVES, "Backspace", "Del", "Tab", "Shift+Tab")),
        *(f"Ctrl+Shift+{move}" for move in _MOVES),
        *(f"Alt+{move}" for move in ("Up", "Down", "Left", "Right")),
    )
)


def keys_in_use(changed: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of every command. No key has two commands: the user's keys win over defaults.

    Unknown commands and invalid keys are ignored, because stored preferences may contain them.
    """
    wanted = {name: changed.get(name, command.keys) for name, command in COMMANDS.items()}
    taken: dict[str, str] = {}
    for name in sorted(wanted, key=lambda name: name not in changed):
        for key in map(portable, wanted[name]):
            taken.setdefault(key, name)
    return {
        name: tuple(key for key in dict.fromkeys(map(portable, keys)) if key and taken[key] == name)
        for name, keys in wanted.items()
    }


def owner_of(key: str, changed: Keys) -> str | None:
    """The name of the command with a key, None if there is none."""
    return next(
        (name for name, keys in keys_in_use(changed).items() if portable(key) in keys), None
    )


def with_key(changed: Keys, name: str, key: str, *, keep: bool = False) -> Keys:
    """Give a command a key, with ``keep`` in addition to its others; a previous owner loses it."""
    key, in_use = portable(key), keys_in_use(changed)
    others = {
        other: tuple(one for one in keys if one != key)
        for other, keys in in_use.items()
        if other in changed or key in keys
    }
    kept = in_use[name] if keep else ()
    result = {**changed, **others, name: tuple(dict.fromkeys((*kept, key)))}
    return _without_defaults(result)


def without_keys(changed: Keys, name: str) -> Keys:
    """Remove all keys of a command."""
    return _without_defaults({**changed, name: ()})


def reset(changed: Keys, name: str) -> Keys:
    """Give a command its default keys back, except those that now belong to other commands."""
    return {other: keys for other, keys in changed.items() if other != name}


def refusal(key: str) -> str:
    """Why a key cannot be given to a command, as a message for the user; '' if it can."""
    shown = native(key)
    if not shown:
        return "That is no key."
    if portable(key) in _RESERVED:
        return f"{shown} is needed in fields and lists."
    if not re.search(r"\b(Ctrl|Alt|Meta)\+|\bF\d+$", portable(key)):
        return f"{shown} is needed for typing: hold Ctrl or Alt, or take one of F1 to F12."
    return ""


def native(key: str) -> str:
    """A key in the platform's notation."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def portable(key: str) -> str:
    """A key in Qt's portable notation, as it is stored; '' if it is invalid."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _without_defaults(changed: Keys) -> Keys:
    defaults = {name: tuple(map(portable, command.keys)) for name, command in COMMANDS.items()}
    return {name: keys for name, keys in changed.items() if keys != defaults.get(name)}
