"""A menu of named searches beside the search line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from mideditor.ui.kit.plain import plain_caption
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme


class ViewsButton(QToolButton):
    """`selected` carries the search of a view and `forgotten` its name; `kept` requests a name."""

    selected = Signal(str)
    forgotten = Signal(str)
    kept = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setText("Views…")
        self.setToolTip("Searches kept under a name")
        self.setAccessibleName("Kept views")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMenu(QMenu(self))
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_views(self, views: Mapping[str, str]) -> None:
        """Fill the menu with these views by name, and with the actions to keep or forget one."""
        menu = self.menu()
        menu.clear()
        for name, line in views.items():
            action = menu.addAction(plain_caption(name))
            action.setToolTip(line)
            action.triggered.connect(lambda _=False, line=line: self.selected.emit(line))
        if views:
            menu.addSeparator()
        menu.addAction("Keep this view…").triggered.connect(lambda _=False: self.kept.emit())
        if views:
            forget = menu.addMenu("Forget")
            for name in views:
                action = forget.addAction(plain_caption(name))
                action.triggered.connect(lambda _=False, name=name: self.forgotten.emit(name))

    def _recolour(self) -> None:
        self.setIcon(icon("review", self._theme.tokens.color("text-quiet")))
