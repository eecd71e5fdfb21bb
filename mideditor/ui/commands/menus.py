"""The menus of the window, built from the command table."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenuBar

from mideditor.ui.commands.commands import COMMANDS, MENUS, Command, Needs
from mideditor.ui.commands.keys import Keys, keys_in_use
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme


class Menus(QObject):
    """The menu bar with an action per command; ``run`` gets the name of a triggered command.

    `opening` is emitted before a menu is shown, to `describe` what its commands would do.
    """

    opening = Signal()

    def __init__(self, bar: QMenuBar, theme: Theme, run: Callable[[str], object]) -> None:
        super().__init__(bar)
        self._bar = bar
        self._theme = theme
        self._run = run
        self._groups: dict[str, QActionGroup] = {}
        self.actions: dict[str, QAction] = {}
        for title, commands in MENUS.items():
            self._add_menu(title, commands)
        theme.changed.connect(self._recolour)
        self._recolour()

    def use_keys(self, changed: Keys) -> None:
        """Set the shortcuts of all commands: the user's keys, or the defaults."""
        for name, keys in keys_in_use(changed).items():
            self.actions[name].setShortcuts([QKeySequence(key) for key in keys])

    def enable(self, available: Collection[Needs]) -> None:
        """Enable the commands whose needs are met and disable the others."""
        for name, action in self.actions.items():
            action.setEnabled(COMMANDS[name].needs in available)

    def describe(self, name: str, what: str) -> None:
        """Say after a command's title what it would do now; "" says nothing."""
        title = COMMANDS[name].title
        what = what.replace("&", "&&")
        self.actions[name].setText(f"{title}: {what}" if what else title)

    def check(self, name: str) -> None:
        """Check a command of a group; this unchecks the others."""
        self.actions[name].setChecked(True)

    def _add_menu(self, title: str, commands: tuple[Command | None, ...]) -> None:
        menu = self._bar.addMenu(title)
        menu.aboutToShow.connect(self.opening)
        for command in commands:
            if command is None:
                menu.addSeparator()
            else:
                menu.addAction(self._make_action(command))

    def _make_action(self, command: Command) -> QAction:
        action = QAction(command.title, self._bar)
        action.setObjectName(command.name)
        action.triggered.connect(lambda: self._run(command.name))
        if command.choice_of:
            action.setCheckable(True)
            self._group(command.choice_of).addAction(action)
        self.actions[command.name] = action
        return action

    def _group(self, name: str) -> QActionGroup:
        if name not in self._groups:
            self._groups[name] = QActionGroup(self._bar)
        return self._groups[name]

    def _recolour(self) -> None:
        tokens = self._theme.tokens
        colors = tokens.color("text-quiet"), tokens.color("text-off")
        for name, action in self.actions.items():
            if COMMANDS[name].icon:
                action.setIcon(icon(COMMANDS[name].icon, *colors))
