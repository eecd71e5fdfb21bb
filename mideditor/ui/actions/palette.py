"""The command palette: finds commands, fields and records by some typed letters."""

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
_MAX_RECENT = 6
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
    """An entry of the palette. ``name`` is its unique id, ``context`` where it belongs.

    ``disabled_reason`` says why it is not available, '' if it is.
    """

    name: str
    title: str
    run: Callable[[], object]
    context: str = ""
    keys: str = ""
    icon: str = ""
    disabled_reason: str = ""

    @property
    def detail(self) -> str:
        """The text beside the title."""
        if self.disabled_reason:
            return f"{self.context} · not now: {self.disabled_reason}"
        return self.context


Source = Callable[[str], Sequence[PaletteLine]]
"""Returns the available lines for the typed text."""


def _no_lines(_typed: str) -> Sequence[PaletteLine]:
    return ()


def matching_lines(
    lines: Sequence[PaletteLine], typed: str, recent: Sequence[str]
) -> list[PaletteLine]:
    """The lines that match the typed text, best match first; ties by most recent use."""
    last = len(recent)
    age = {name: place for place, name in enumerate(recent)}
    ranked = [(rank(typed, line.title), line) for line in lines]
    found = [(fit, line) for fit, line in ranked if fit is not None]
    if not typed.strip():
        found.sort(key=lambda pair: age.get(pair[1].name, last))
    else:
        found.sort(key=lambda pair: (pair[0][:2], age.get(pair[1].name, last), pair[0]))
    return [line for _, line in found]


def with_most_recent(recent: Sequence[str], name: str) -> tuple[str, ...]:
    """The names of recent commands with ``name`` moved to the front."""
    return (name, *(other for other in recent if other != name))[:_MAX_RECENT]


class Palette(QFrame):
    """An overlay on the window. `activated` carries the name of the line that the user picks.

    Up and Down move the selection, Enter runs the selected line, Esc returns the focus to where it
    was. Pending text in a field stays as it is.
    """

    activated = Signal(str)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._source: Source = _no_lines
        self._recent: Sequence[str] = ()
        self._previous_focus: QWidget | None = None
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
        self.empty = QLabel()
        self.empty.setProperty("role", "quiet")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self._assemble()
        self._connect()
        window.installEventFilter(self)
        self.hide()

    def toggle(self, source: Source, prompt: str, recent: Sequence[str] = ()) -> None:
        """Open with lines from ``source``, or close if the palette is open already."""
        if self.isVisible():
            self.dismiss()
            return
        self._source, self._recent = source, recent
        self._previous_focus = QApplication.focusWidget()
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.clear()
        self._filter()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close and restore the previous focus."""
        if not self.isVisible():
            return
        previous = self._previous_focus
        if previous is not None and shiboken6.isValid(previous):
            previous.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def activate(self) -> None:
        """Close and run the selected line, unless it is disabled."""
        line = self.model.line_at(self.list.currentIndex())
        if line is None or line.disabled_reason:
            return
        self.dismiss()
        self.activated.emit(line.name)
        line.run()

    def step(self, by: int) -> None:
        """Move the selection by a number of rows, wrapping around."""
        rows = self.model.rowCount()
        if rows:
            self._select((self.list.currentIndex().row() + by) % rows)

    @override
    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return False

    def _connect(self) -> None:
        self.line.textChanged.connect(self._filter)
        self.line.stepped.connect(self.step)
        self.line.accepted.connect(self.activate)
        self.line.dismissed.connect(self.dismiss)
        self.line.left.connect(self.hide)
        self.list.clicked.connect(self.activate)

    def _assemble(self) -> None:
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty)

    def _filter(self) -> None:
        typed = self.line.text()
        self.model.show_lines(matching_lines(self._source(typed), typed, self._recent))
        rows = self.model.rowCount()
        self.list.setVisible(rows > 0)
        self.empty.setVisible(rows == 0)
        self.empty.setText(f"Nothing fits “{typed}”. Esc goes back.")
        if rows:
            self._select(0)
        self._place()

    def _select(self, row: int) -> None:
        index = self.model.index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        description = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        self.line.setAccessibleDescription(description)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, description))

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
    """The search line of the palette. While it has the focus, shortcuts of the window are off."""

    stepped = Signal(int)
    accepted = Signal()
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
            self.accepted.emit()
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
    """The matching lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PaletteLine] = []

    def show_lines(self, lines: list[PaletteLine]) -> None:
        """Replace the lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def line_at(self, index: QModelIndex) -> PaletteLine | None:
        """The line at an index, None if the index is invalid."""
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
            return ", ".join(filter(None, (line.title, line.detail, line.keys)))
        return line if role == Qt.ItemDataRole.UserRole else None


class PaletteDelegate(QStyledItemDelegate):
    """Paints a line: icon, title and detail on the left, keys on the right."""

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
            self._paint_background(painter, option.rect)
        area = option.rect.adjusted(_GAP, 0, -_GAP, 0)
        self._paint_icon(painter, area, line)
        area.adjust(scaled(_ICON) + _GAP, 0, 0, 0)
        area.adjust(0, 0, -self._draw_text(painter, area, line.keys, "text-quiet", _RIGHT), 0)
        role = "text-quiet" if line.disabled_reason else "text"
        area.adjust(self._draw_text(painter, area, line.title, role, _LEFT), 0, 0, 0)
        self._draw_text(painter, area, line.detail, "text-quiet", _LEFT)
        painter.restore()

    def _paint_background(self, painter: QPainter, area: QRect) -> None:
        tokens = self._theme.tokens
        painter.fillRect(area, tokens.color("accent-ground"))
        painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), tokens.color("accent"))

    def _paint_icon(self, painter: QPainter, area: QRect, line: PaletteLine) -> None:
        if line.icon:
            color = self._theme.tokens.color("text-off" if line.disabled_reason else "text-quiet")
            side = scaled(_ICON)
            top = area.center().y() - side // 2
            icon(line.icon, color).paint(painter, area.left(), top, side, side)

    def _draw_text(
        self, painter: QPainter, area: QRect, text: str, role: str, side: Qt.AlignmentFlag
    ) -> int:
        """Draw a text, elided to the area; returns the width that it takes, with a gap."""
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self._theme.tokens.color(role))
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown) + 2 * _GAP if shown else 0
