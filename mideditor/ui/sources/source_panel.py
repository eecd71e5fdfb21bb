"""The panel of the imported source text, with the current record highlighted."""

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

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import LineSpan
from mideditor.session.imports.source_map import SourceMap, source_map, source_names
from mideditor.session.session import Changed
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.plain import plain_caption
from mideditor.ui.look.text_size import NORMAL_POINTS, text_scale
from mideditor.ui.look.theme import Theme

_MAX_UNPLACED = 2_000
_Line = QTextCharFormat.UnderlineStyle


class SourceText(QPlainTextEdit):
    """The lines of a source; a click selects the record of a line."""

    def __init__(self, panel: SourcePanel) -> None:
        super().__init__()
        self._panel = panel
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.update_font()
        self.setObjectName("source")
        self.setAccessibleName("Source text")
        self.setTabChangesFocus(True)

    def update_font(self) -> None:
        """Use the system's fixed-width font at the current text size."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(NORMAL_POINTS * text_scale())
        self.setFont(font)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._panel.select_line(self.textCursor().blockNumber() + 1)

    def line_highlight(
        self, span: LineSpan, color: QColor, line: _Line = _Line.NoUnderline
    ) -> QTextEdit.ExtraSelection:
        """An extra selection that colours the background of whole lines and underlines them."""
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
    """Shows where the current record and the focused field come from in the source.

    Clicking into the text selects the record that the line belongs to.
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
        header_row = QHBoxLayout()
        header_row.addWidget(self._remark, 1)
        header_row.addWidget(self.other_part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(header_row)
        layout.addWidget(self.editor, 1)
        theme.changed.connect(self._highlight)
        theme.changed.connect(self.editor.update_font)
        desk.changed.connect(self._on_changed)

    @property
    def remark(self) -> str:
        """The remark above the text."""
        return self._remark.text()

    def show_record(self, field: str | None = None) -> None:
        """Highlight the lines of the current record and of one of its fields."""
        record = self._desk.record
        self._field = field
        if record is None or record.place is None:
            self._remark.setText(
                "Choose a record to see where it stood in its source."
                if record is None
                else "This record was not read from a source."
            )
            self.other_part.hide()
            self._load(None)
            return
        parts = [part.source for part in record.place.parts if not field or field in part.lines]
        if self._source not in (parts or [record.place.source]):
            self._load((parts or [record.place.source])[0])
        self._highlight()
        self._update_other_part()
        self._show_lines()

    def select_line(self, line: int) -> None:
        """Select the record of a line, or report that the line belongs to none."""
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
        """Show the next source with a part of the record, wrapping around."""
        if self._desk.record_id is None:
            return
        sources = [source for source, _ in source_names(self._desk.session, self._desk.record_id)]
        at = sources.index(self._source) if self._source in sources else -1
        self._load(sources[(at + 1) % len(sources)])
        self._highlight()
        self._update_other_part()
        self._show_lines()

    def _update_other_part(self) -> None:
        record = self._desk.record_id
        parts = [] if record is None else source_names(self._desk.session, record)
        self.other_part.setVisible(len(parts) > 1)
        if len(parts) < 2:
            return
        at = [source for source, _ in parts].index(self._source or parts[0][0])
        has_next = at + 1 < len(parts)
        name = plain_caption(parts[at + 1][1] if has_next else parts[0][1])
        self.other_part.setText(f"Goes on in {name}" if has_next else f"Begins in {name}")

    def _load(self, source: str | None) -> None:
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

    def _highlight(self) -> None:
        if self._map is None:
            self.editor.setExtraSelections([])
            return
        tokens = self._theme.tokens
        highlight = self.editor.line_highlight
        marks = [
            highlight(span, tokens.color("error-ground"), _Line.DashUnderline)
            for span in self._map.unplaced[:_MAX_UNPLACED]
        ]
        span = self._span()
        if span is not None:
            marks.append(highlight(span, tokens.color("accent-ground")))
        field = self._map.spans.get(self._desk.record_id or 0, {}).get(self._field or "")
        if field is not None:
            marks.append(highlight(field, tokens.color("coding-ground"), _Line.SingleUnderline))
        self.editor.setExtraSelections(marks)

    def _on_changed(self, changed: Changed) -> None:
        if changed.membership or changed.step.kind is ChangeKind.IMPORT:
            self._source = None
