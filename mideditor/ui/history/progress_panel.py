"""The panel with the progress charts: a timeline of disputes, and the steps per week."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS, code_lists
from mideditor.domain.record import RecordId
from mideditor.session.log.progress_charts import (
    Weeks,
    Years,
    entries_by_year,
    progress,
    work_by_week,
)
from mideditor.ui.desk.desk import Desk
from mideditor.ui.history.progress_painting import Bar, paint_weeks, paint_years
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.theme import Theme, Tokens

_PICTURE_SIZE = QSize(1600, 900)

Painting = Callable[[QPainter, QRectF, Tokens], list[Bar]]


class Chart(QWidget):
    """Paints bars. A click, or arrow keys and Enter, emit `record_picked` with a record of a bar.

    `described` carries the text of the current bar.
    """

    record_picked = Signal(object)
    described = Signal(str)

    def __init__(self, theme: Theme, name: str, painting: Painting) -> None:
        super().__init__()
        self._theme = theme
        self._painting = painting
        self.bars: list[Bar] = []
        self.current = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(120)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.color("surface"))
        area = QRectF(self.rect()).adjusted(4, 6, -4, -2)
        self.bars = self._painting(painter, area, self._theme.tokens)
        self.current = min(self.current, len(self.bars) - 1)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.tokens.color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if self.current >= 0:
            painter.setPen(QPen(self._theme.tokens.color("text"), 2))
            painter.drawRect(self.bars[self.current].rect)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.position())
        text = describe_bar(bar) if bar else ""
        QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text) or "", self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.position())
        if bar is None:
            return
        self._select(self.bars.index(bar))
        if bar.records:
            share = (bar.rect.bottom() - event.position().y()) / max(bar.rect.height(), 1)
            row = min(int(share * len(bar.records)), len(bar.records) - 1)
            self.record_picked.emit(bar.records[row])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in moves and self.bars:
            self._select((self.current + moves[Qt.Key(event.key())]) % len(self.bars))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space) and self.current >= 0:
            records = self.bars[self.current].records
            if records:
                self.record_picked.emit(records[0])
        else:
            super().keyPressEvent(event)

    def _select(self, number: int) -> None:
        self.current = number
        self.described.emit(describe_bar(self.bars[number]))
        self.update()

    def _bar_at(self, point: QPointF) -> Bar | None:
        return next((bar for bar in self.bars if bar.rect.contains(point)), None)


def describe_bar(bar: Bar) -> str:
    """A bar as text, so that colour is not the only cue."""
    noun = "step" if not bar.records else "dispute"
    return f"{bar.period}, {bar.category}: {quantity(bar.count, noun)}"


class ProgressPanel(QWidget):
    """Shows the records of the filtered table in charts; `closed` is emitted on Esc."""

    closed = Signal()

    def __init__(self, desk: Desk, theme: Theme, shown: Callable[[], list[RecordId]]) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._shown = shown
        self._years: Years | None = None
        self._weeks: Weeks | None = None
        self.colour = QComboBox()
        self.colour.setAccessibleName("Colour the disputes by")
        for name in code_lists():
            self.colour.addItem(f"by {FIELDS[name].label.lower()}", name)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.state_counts = QLabel()
        self.state_counts.setProperty("role", "quiet")
        self.years = Chart(theme, "Disputes by the year of their start", self._paint_years)
        self.weeks = Chart(theme, "Steps by week and coder", self._paint_weeks)
        self._close_button = QPushButton("Back to the records (Esc)")
        self._save_button = QPushButton("Save the picture…")
        self._assemble()
        self._connect()

    def begin(self) -> None:
        """Update the charts and focus the timeline."""
        self.refresh()
        self.years.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Update the charts if the panel is visible."""
        if self.isHidden():
            return
        self._compute()
        self.years.update()
        self.weeks.update()

    def picture(self, size: QSize = _PICTURE_SIZE) -> QImage:
        """Both charts as a picture."""
        self._compute()
        image = QImage(size, QImage.Format.Format_ARGB32)
        tokens = self._theme.tokens
        image.fill(QColor(tokens.color("surface")))
        painter = QPainter(image)
        painter.setFont(self.font())
        split = size.height() * 0.6
        self._paint_years(painter, QRectF(20, 16, size.width() - 40, split - 24), tokens)
        lower = QRectF(20, split + 16, size.width() - 40, size.height() - split - 32)
        self._paint_weeks(painter, lower, tokens)
        painter.end()
        return image

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _compute(self) -> None:
        session = self._desk.session
        self._years = entries_by_year(session, self._shown(), self.colour.currentData())
        self._weeks = work_by_week(session)
        states = [f"{state} {count}" for state, count in progress(session).items() if count]
        self.state_counts.setText(" · ".join(states))
        self.summary.setText(_describe_years(self._years))

    def _paint_years(self, painter: QPainter, rect: QRectF, tokens: Tokens) -> list[Bar]:
        return paint_years(painter, rect, self._years, tokens) if self._years else []

    def _paint_weeks(self, painter: QPainter, rect: QRectF, tokens: Tokens) -> list[Bar]:
        return paint_weeks(painter, rect, self._weeks, tokens) if self._weeks else []

    def _connect(self) -> None:
        self.colour.currentIndexChanged.connect(lambda _: self.refresh())
        self.years.record_picked.connect(self._desk.select)
        for chart in (self.years, self.weeks):
            chart.described.connect(self.summary.setText)
        self._close_button.clicked.connect(self.closed)
        self._save_button.clicked.connect(lambda: self._desk.run("save_work_picture"))
        self._desk.changed.connect(lambda _: self.refresh())

    def _assemble(self) -> None:
        header_row = QHBoxLayout()
        header_row.setSpacing(12)
        header_row.addWidget(self.colour)
        header_row.addWidget(self.summary, 1)
        header_row.addWidget(self.state_counts)
        charts = QHBoxLayout()
        charts.setSpacing(10)
        charts.addWidget(self.years, 3)
        charts.addWidget(self.weeks, 1)
        button_row = QHBoxLayout()
        button_row.addWidget(self._save_button)
        button_row.addStretch()
        button_row.addWidget(self._close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(header_row)
        layout.addLayout(charts, 1)
        layout.addLayout(button_row)


def _describe_years(years: Years) -> str:
    total = sum(years.totals().values())
    if not total:
        return "No dispute with a start date is shown in the table."
    if total == 1:
        return f"1 dispute, of {years.first}"
    return f"{total} disputes from {years.first} to {years.last}"
