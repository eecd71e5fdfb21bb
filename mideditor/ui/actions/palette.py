"""The command palette: whatever can be done or gone to, found by typing some of its letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.ui.kit.field_editor import is_leaving
from mideditor.ui.kit.fuzzy import rank
from mideditor.ui.kit.model_index import Index
from mideditor.ui.look.icons import icon
from mideditor.ui.look.text_size import scaled
from mideditor.ui.look.theme import Theme

_ROWS_SHOWN = 12
_WIDTH = 640
_FROM_TOP = 56
_GAP = 10
_ICON = 16
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_RECENT_KEPT = 6
_NO_INDEX = QModelIndex()
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: _ROWS_SHOWN - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS_SHOWN,
}


@dataclass(frozen=True)
class PaletteLine:
    """A thing to do: ``name`` tells it from the others, ``aside`` says where it belongs.

    ``hindrance`` says why it cannot be done now, '' where it can.
    """

    name: str
    title: str
    act: Callable[[], object]
    aside: str = ""
    keys: str = ""
    icon: str = ""
    hindrance: str = ""

    @property
    def remark(self) -> str:
        """What is said beside the title."""
        return f"{self.aside} · not now: {self.hindrance}" if self.hindrance else self.aside


Source = Callable[[str], Sequence[PaletteLine]]
"""The lines to choose from, given what has been typed."""


def _nothing(_typed: str) -> Sequence[PaletteLine]:
    return ()


def matching_lines(
    lines: Sequence[PaletteLine], typed: str, recent: Sequence[str]
) -> list[PaletteLine]:
    """The lines that what was typed fits, the best first, of equals those last used."""
    last = len(recent)
    age = {name: place for place, name in enumerate(recent)}
    ranked = [(rank(typed, line.title), line) for line in lines]
    found = [(fit, line) for fit, line in ranked if fit is not None]
    if not typed.strip():
        found.sort(key=lambda pair: age.get(pair[1].name, last))
    else:
        found.sort(key=lambda pair: (pair[0][:2], age.get(pair[1].name, last), pair[0]))
    return [line for _, line in found]


def with_latest(recent: Sequence[str], name: str) -> tuple[str, ...]:
    """What was used last, ``name`` now the latest."""
    return (name, *(other for other in recent if other != name))[:_RECENT_KEPT]


class Palette(QFrame):
    """Lies over the window while something is chosen. `chosen` carries the name of what was.

    Up and Down go through the lines, Enter does the chosen one, Esc goes back to where the cursor
    was; a field that was being typed in stays as it is.
    """

    chosen = Signal(str)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._source: Source = _nothing
        self._recent: Sequence[str] = ()
        self._came_from: QWidget | None = None
        self.setObjectName("palette")
        self.setAccessibleName("Command palette")
        self.model = PaletteModel()
        self.line = PaletteEdit()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("What fits")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = QLabel()
        self.none.setProperty("role", "quiet")
        self.none.setTextFormat(Qt.TextFormat.PlainText)
        self.none.setWordWrap(True)
        self._assemble()
        self._connect()
        window.installEventFilter(self)
        self.hide()

    def offer(self, source: Source, prompt: str, recent: Sequence[str] = ()) -> None:
        """Come up with these lines, or go where it is up already."""
        if self.isVisible():
            self.dismiss()
            return
        self._source, self._recent = source, recent
        self._came_from = QApplication.focusWidget()
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.clear()
        self._narrow()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go, and put the cursor back where it was."""
        if not self.isVisible():
            return
        back = self._came_from
        if back is not None and shiboken6.isValid(back):
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def take(self) -> None:
        """Do what the chosen line says, unless it cannot be done now."""
        line = self.model.line_at(self.list.currentIndex())
        if line is None or line.hindrance:
            return
        self.dismiss()
        self.chosen.emit(line.name)
        line.act()

    def step(self, by: int) -> None:
        """Choose the line ``by`` rows further; after the last comes the first."""
        rows = self.model.rowCount()
        if rows:
            self._choose((self.list.currentIndex().row() + by) % rows)

    @override
    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return False

    def _connect(self) -> None:
        self.line.textChanged.connect(self._narrow)
        self.line.stepped.connect(self.step)
        self.line.taken.connect(self.take)
        self.line.dismissed.connect(self.dismiss)
        self.line.left.connect(self.hide)
        self.list.clicked.connect(self.take)

    def _assemble(self) -> None:
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.none)

    def _narrow(self) -> None:
        typed = self.line.text()
        self.model.show_lines(matching_lines(self._source(typed), typed, self._recent))
        rows = self.model.rowCount()
        self.list.setVisible(rows > 0)
        self.none.setVisible(rows == 0)
        self.none.setText(f"Nothing fits “{typed}”. Esc goes back.")
        if rows:
            self._choose(0)
        self._place()

    def _choose(self, row: int) -> None:
        index = self.model.index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        told = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        self.line.setAccessibleDescription(told)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, told))

    def _place(self) -> None:
        window = self._window
        width = min(scaled(_WIDTH), window.width() - 40)
        rows = min(self.model.rowCount(), _ROWS_SHOWN)
        row_height = self.list.sizeHintForRow(0) if rows else 0
        self.list.setFixedHeight(min(rows * row_height, window.height() - 3 * _FROM_TOP))
        self.setGeometry((window.width() - width) // 2, _FROM_TOP, width, 0)
        self._layout.activate()
        wraps = self._layout.hasHeightForWidth()
        natural = self._layout.totalSizeHint().height()
        self.resize(width, self._layout.totalHeightForWidth(width) if wraps else natural)


class PaletteEdit(QLineEdit):
    """Where one types. While it has the cursor, keys of the window's commands are not heard."""

    stepped = Signal(int)
    taken = Signal()
    dismissed = Signal()
    left = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape or (control and key in (Qt.Key.Key_K, Qt.Key.Key_J)):
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if is_leaving(event):
            self.left.emit()


class PaletteModel(QAbstractListModel):
    """The lines that fit."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PaletteLine] = []

    def show_lines(self, lines: list[PaletteLine]) -> None:
        """Show these in the place of those before."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def line_at(self, index: QModelIndex) -> PaletteLine | None:
        """The line of a row."""
        return self.lines[index.row()] if index.isValid() else None

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (line.title, line.remark, line.keys)))
        return line if role == Qt.ItemDataRole.UserRole else None


class PaletteDelegate(QStyledItemDelegate):
    """Paints a line: its icon, its title, where it belongs, and on the right its keys."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, option.fontMetrics.height() + scaled(12))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: PaletteLine = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            self._paint_ground(painter, option.rect)
        room = option.rect.adjusted(_GAP, 0, -_GAP, 0)
        self._paint_icon(painter, room, line)
        room.adjust(scaled(_ICON) + _GAP, 0, 0, 0)
        room.adjust(0, 0, -self._write(painter, room, line.keys, "text-quiet", _RIGHT), 0)
        role = "text-quiet" if line.hindrance else "text"
        room.adjust(self._write(painter, room, line.title, role, _LEFT), 0, 0, 0)
        self._write(painter, room, line.remark, "text-quiet", _LEFT)
        painter.restore()

    def _paint_ground(self, painter: QPainter, room: QRect) -> None:
        tokens = self._theme.tokens
        painter.fillRect(room, tokens.color("accent-ground"))
        painter.fillRect(QRect(room.topLeft(), QSize(3, room.height())), tokens.color("accent"))

    def _paint_icon(self, painter: QPainter, room: QRect, line: PaletteLine) -> None:
        if line.icon:
            color = self._theme.tokens.color("text-off" if line.hindrance else "text-quiet")
            side = scaled(_ICON)
            top = room.center().y() - side // 2
            icon(line.icon, color).paint(painter, room.left(), top, side, side)

    def _write(
        self, painter: QPainter, room: QRect, text: str, role: str, side: Qt.AlignmentFlag
    ) -> int:
        """Write a text into the room, cut where it does not fit; how much of the room it takes."""
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self._theme.tokens.color(role))
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown) + 2 * _GAP if shown else 0
