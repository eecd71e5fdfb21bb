"""Which keys the commands have: those of the table, but where the user gave them others.

``changed`` is what the user decided: the keys of a command by its name, none for no key. Keys are
written as in the command table, such as ``Ctrl+Shift+P``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from mideditor.ui.commands.commands import COMMANDS

Keys = Mapping[str, tuple[str, ...]]

_MOVES = ("Left", "Right", "Home", "End")
_NEEDED_IN_FIELDS = frozenset(
    (
        *(f"Ctrl+{letter}" for letter in "ACVX"),
        *(f"Ctrl+{move}" for move in (*_MOVES, "Backspace", "Del", "Tab", "Shift+Tab")),
        *(f"Ctrl+Shift+{move}" for move in _MOVES),
        *(f"Alt+{move}" for move in ("Up", "Down", "Left", "Right")),
    )
)


def keys_in_use(changed: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of every command. No key means two things: one that was given wins over a default.

    Names that are no command and keys that are none are passed over, since a file may hold them.
    """
    wanted = {name: changed.get(name, command.keys) for name, command in COMMANDS.items()}
    taken: dict[str, str] = {}
    for name in sorted(wanted, key=lambda name: name not in changed):
        for key in map(written, wanted[name]):
            taken.setdefault(key, name)
    return {
        name: tuple(key for key in dict.fromkeys(map(written, keys)) if key and taken[key] == name)
        for name, keys in wanted.items()
    }


def owner_of(key: str, changed: Keys) -> str | None:
    """The name of the command that has a key."""
    return next((name for name, keys in keys_in_use(changed).items() if written(key) in keys), None)


def with_key(changed: Keys, name: str, key: str, *, keep: bool = False) -> Keys:
    """A command given a key, beside or instead of those it has; who had the key loses it."""
    key, in_use = written(key), keys_in_use(changed)
    left = {
        other: tuple(one for one in keys if one != key)
        for other, keys in in_use.items()
        if other in changed or key in keys
    }
    beside = in_use[name] if keep else ()
    given = {**changed, **left, name: tuple(dict.fromkeys((*beside, key)))}
    return _without_defaults(given)


def without_keys(changed: Keys, name: str) -> Keys:
    """A command without any key."""
    return _without_defaults({**changed, name: ()})


def reset(changed: Keys, name: str) -> Keys:
    """A command with the keys of the table, as far as nobody was given them."""
    return {other: keys for other, keys in changed.items() if other != name}


def refusal(key: str) -> str:
    """Why a key cannot be given to a command, in words for the user; '' where it can."""
    shown = native(key)
    if not shown:
        return "That is no key."
    if written(key) in _NEEDED_IN_FIELDS:
        return f"{shown} is needed in fields and lists."
    if not re.search(r"\b(Ctrl|Alt|Meta)\+|\bF\d+$", written(key)):
        return f"{shown} is needed for typing: hold Ctrl or Alt, or take one of F1 to F12."
    return ""


def native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def written(key: str) -> str:
    """A key as it is kept, in one way of writing; '' for what is none."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _without_defaults(changed: Keys) -> Keys:
    defaults = {name: tuple(map(written, command.keys)) for name, command in COMMANDS.items()}
    return {name: keys for name, keys in changed.items() if keys != defaults.get(name)}
