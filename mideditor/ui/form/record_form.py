"""The form of the current record, in the lines that the field table gives its fields."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.fields import Editor, FieldRow, fields_of
from mideditor.domain.rules import Finding
from mideditor.session.session import Changed
from mideditor.ui.desk.desk import Desk
from mideditor.ui.findings.findings_list import FindingsList
from mideditor.ui.findings.fixes import accept_finding, apply_fix
from mideditor.ui.form.field_box import FieldBox
from mideditor.ui.form.side_box import SideBox
from mideditor.ui.kit.field_editor import mark
from mideditor.ui.look.theme import Theme

Box = FieldBox | SideBox


def layout_of(kind: str) -> list[list[FieldRow]]:
    """The lines of the form: up to two fields; a single field spans both columns."""
    lines: dict[int, list[FieldRow]] = {}
    for row in fields_of(kind).values():
        if row.form is not None:
            lines.setdefault(row.form, []).append(row)
    return [fields for _, fields in sorted(lines.items())]


class RecordForm(QWidget):
    """All fields of the current record except its texts."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._pages: dict[str, tuple[QWidget, dict[str, Box]]] = {}
        self._shown: str | None = None
        self._findings: Sequence[Finding] = ()
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._where = QLabel()
        self._where.setProperty("role", "quiet")
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._where.setWordWrap(True)
        self.findings = FindingsList(theme, can_change=not desk.session.read_only)
        self.findings.field_requested.connect(desk.focus_field)
        self.findings.fix_requested.connect(lambda one: apply_fix(desk, desk.record_id or 0, one))
        self.findings.accept_requested.connect(
            lambda one: accept_finding(desk, desk.record_id or 0, one)
        )
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._where)
        layout.addWidget(self.findings)
        layout.addWidget(self._scroll, 1)
        desk.commit_requested.connect(self.commit_pending)

    @property
    def boxes(self) -> dict[str, Box]:
        """The boxes of the current page by field name."""
        return {} if self._shown is None else self._pages[self._shown][1]

    def show_record(self) -> None:
        """Show the current record."""
        record = self._desk.record
        if record is None or self._desk.record_id is None:
            self._title.setText("No record chosen")
            self._where.setText("Choose one in the table above.")
            self.show_findings()
            self._scroll.setVisible(False)
            self._shown = None
            return
        self._scroll.setVisible(True)
        self._show_heading()
        self.show_findings()
        if record.kind != self._shown:
            self._show_page(record.kind)
        for box in self.boxes.values():
            box.show_record()

    def show_changed(self, changed: Changed) -> None:
        """Update the fields that a step changed, except fields with pending text."""
        record = self._desk.record_id
        if self._desk.record is None or self._desk.record.kind != self._shown:
            self.show_record()
            return
        self._show_heading()
        self.show_findings()
        badges_touched = changed.touches(record, "doubts", "evidence")
        for name, box in self.boxes.items():
            is_touched = changed.touches(record, *box.shown_fields)
            if (is_touched or (record, name) in self._desk.drafts) and not box.is_modified:
                box.show_record()
            elif badges_touched:
                box.label.show_badges(self._desk.record)

    def show_findings(self) -> None:
        """Show the findings of the current record."""
        record = self._desk.record_id
        found = [] if record is None else self._desk.checks.of(record)
        if found != self._findings:
            self._findings = found
            self.findings.show_findings(found)

    def commit_pending(self) -> None:
        """Commit pending text in the form."""
        for box in self.boxes.values():
            if box.is_modified:
                box.commit()

    def focus(self, field: str) -> bool:
        """Focus a field and scroll to it; False if the form has no such field."""
        box = self.boxes.get(field)
        if box is None:
            return False
        _focus_target(box).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(box, 0, 24)
        return True

    def highlight(self, field: str) -> None:
        """Scroll to a field and frame it until another field is highlighted."""
        for name, box in self.boxes.items():
            mark(_focus_target(box), "pointed", name == field)
        if field in self.boxes:
            self._scroll.ensureWidgetVisible(self.boxes[field], 0, 24)

    def field_with_focus(self) -> str | None:
        """The name of the focused field."""
        focused = QApplication.focusWidget()
        for name, box in self.boxes.items():
            if focused is not None and (box is focused or box.isAncestorOf(focused)):
                return name
        return None

    def _show_heading(self) -> None:
        record, record_id = self._desk.record, self._desk.record_id
        if record is None or record_id is None:
            return
        for box in self.boxes.values():
            mark(_focus_target(box), "pointed", on=False)
        self._title.setText(self._desk.title(record_id))
        heading = str(record.heading) if record.heading else "no dyad heading"
        places = (("chapter", record.chapter), ("page", record.page))
        where = ", ".join(f"{name} {number}" for name, number in places if number)
        self._where.setText("  ·  ".join(filter(None, (heading, where))))

    def _show_page(self, kind: str) -> None:
        if kind not in self._pages:
            self._pages[kind] = self._make_page(kind)
        if self._shown is not None:
            self._scroll.takeWidget()
        self._shown = kind
        page = self._pages[kind][0]
        self._scroll.setWidget(page)
        page.show()

    def _make_page(self, kind: str) -> tuple[QWidget, dict[str, Box]]:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 4, 10, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        boxes: dict[str, Box] = {}
        lines = layout_of(kind)
        for line, fields in enumerate(lines):
            for column, row in enumerate(fields):
                make = SideBox if row.editor is Editor.PARTICIPANTS else FieldBox
                boxes[row.name] = make(row, self._desk, self._theme)
                grid.addWidget(boxes[row.name], line, column, 1, 3 - len(fields))
        grid.setRowStretch(len(lines), 1)
        return page, boxes


def _focus_target(box: Box) -> QWidget:
    """The widget of a box that gets the focus."""
    return box.members if isinstance(box, SideBox) else box.editor
