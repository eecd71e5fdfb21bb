"""The source as it was imported, with the record on the desk lit up in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.record import LineSpan
from mideditor.domain.steps import StepKind
from mideditor.session.imports.source_map import SourceMap, source_map, source_names
from mideditor.session.session import Changed
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.plain import plain_caption
from mideditor.ui.look.text_size import NORMAL_POINTS, text_scale
from mideditor.ui.look.theme import Theme

_MOST_MARKED = 2_000
_Line = QTextCharFormat.UnderlineStyle


class SourceText(QPlainTextEdit):
    """The lines of a source; a click on one is told by its number."""

    def __init__(self, panel: SourcePanel) -> None:
        super().__init__()
        self._panel = panel
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.size_type()
        self.setObjectName("source")
        self.setAccessibleName("Source text")
        self.setTabChangesFocus(True)

    def size_type(self) -> None:
        """Write in the system's fixed font, as large as all other text."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(NORMAL_POINTS * text_scale())
        self.setFont(font)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._panel.choose_line(self.textCursor().blockNumber() + 1)

    def light(
        self, span: LineSpan, color: QColor, line: _Line = _Line.NoUnderline
    ) -> QTextEdit.ExtraSelection:
        """The mark that gives whole lines a ground, and a line under them."""
        mark = QTextEdit.ExtraSelection()
        first = self.document().findBlockByNumber(span[0] - 1)
        last = self.document().findBlockByNumber(span[1] - 1)
        cursor = QTextCursor(first)
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format.setBackground(color)
        mark.format.setUnderlineStyle(line)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return mark


class SourcePanel(QWidget):
    """Shows where the record on the desk, and the field with the cursor, stood in the source.

    Choosing text in it chooses the record that the text belongs to.
    """

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._source: str | None = None
        self._map: SourceMap | None = None
        self._field: str | None = None
        self._remark = QLabel()
        self._remark.setProperty("role", "quiet")
        self._remark.setTextFormat(Qt.TextFormat.PlainText)
        self.editor = SourceText(self)
        self.other_part = QPushButton()
        self.other_part.setFlat(True)
        self.other_part.clicked.connect(self._show_other_part)
        above = QHBoxLayout()
        above.addWidget(self._remark, 1)
        above.addWidget(self.other_part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(above)
        layout.addWidget(self.editor, 1)
        theme.changed.connect(self._mark)
        theme.changed.connect(self.editor.size_type)
        desk.changed.connect(self._take)

    @property
    def remark(self) -> str:
        """What is said above the text."""
        return self._remark.text()

    def show_record(self, field: str | None = None) -> None:
        """Light up the record on the desk, and one of its fields more strongly."""
        record = self._desk.record
        self._field = field
        if record is None or record.place is None:
            self._remark.setText(
                "Choose a record to see where it stood in its source."
                if record is None
                else "This record was not read from a source."
            )
            self.other_part.hide()
            self._turn_to(None)
            return
        parts = [part.source for part in record.place.parts if not field or field in part.lines]
        if self._source not in (parts or [record.place.source]):
            self._turn_to((parts or [record.place.source])[0])
        self._mark()
        self._name_other_part()
        self._show_lines()

    def choose_line(self, line: int) -> None:
        """Put the record of a line on the desk; a line of none is said to be so."""
        if self._map is None:
            return
        found = self._map.record_at(line)
        if found is None:
            self._desk.say(f"Line {line} belongs to no record.")
            return
        record, field = found
        self._desk.select(record)
        self.show_record(field)

    def _show_other_part(self) -> None:
        """Turn to the next source in which the record stands, after the last to the first."""
        if self._desk.record_id is None:
            return
        sources = [source for source, _ in source_names(self._desk.session, self._desk.record_id)]
        at = sources.index(self._source) if self._source in sources else -1
        self._turn_to(sources[(at + 1) % len(sources)])
        self._mark()
        self._name_other_part()
        self._show_lines()

    def _name_other_part(self) -> None:
        record = self._desk.record_id
        parts = [] if record is None else source_names(self._desk.session, record)
        self.other_part.setVisible(len(parts) > 1)
        if len(parts) < 2:
            return
        at = [source for source, _ in parts].index(self._source or parts[0][0])
        goes_on = at + 1 < len(parts)
        name = plain_caption(parts[at + 1][1] if goes_on else parts[0][1])
        self.other_part.setText(f"Goes on in {name}" if goes_on else f"Begins in {name}")

    def _turn_to(self, source: str | None) -> None:
        self._source = source
        self._map = None if source is None else source_map(self._desk.session, source)
        self.editor.setPlainText("" if self._map is None else self._map.text)

    def _show_lines(self) -> None:
        span = self._span()
        if self._map is None or span is None:
            return
        unplaced = sum(last - first + 1 for first, last in self._map.unplaced)
        parts = [self._map.name, f"lines {span[0]}–{span[1]}"]
        parts += [f"{unplaced} lines of it could not be placed"] if unplaced else []
        self._remark.setText("  ·  ".join(parts))
        at = self.editor.textCursor().blockNumber() + 1
        if not span[0] <= at <= span[1]:
            cursor = QTextCursor(self.editor.document().findBlockByNumber(span[0] - 1))
            self.editor.setTextCursor(cursor)
            self.editor.centerCursor()

    def _span(self) -> LineSpan | None:
        record = self._desk.record_id
        return None if self._map is None or record is None else self._map.lines_of(record)

    def _mark(self) -> None:
        if self._map is None:
            self.editor.setExtraSelections([])
            return
        tokens = self._theme.tokens
        light = self.editor.light
        marks = [
            light(span, tokens.color("error-ground"), _Line.DashUnderline)
            for span in self._map.unplaced[:_MOST_MARKED]
        ]
        span = self._span()
        if span is not None:
            marks.append(light(span, tokens.color("accent-ground")))
        field = self._map.spans.get(self._desk.record_id or 0, {}).get(self._field or "")
        if field is not None:
            marks.append(light(field, tokens.color("coding-ground"), _Line.SingleUnderline))
        self.editor.setExtraSelections(marks)

    def _take(self, changed: Changed) -> None:
        if changed.membership or changed.step.kind is StepKind.IMPORT:
            self._source = None
