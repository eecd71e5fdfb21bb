"""What the checks have to say about the record on the desk, each line a way to its field."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mideditor.domain.rules import Finding, Severity
from mideditor.ui.icons import icon
from mideditor.ui.plain import plain_caption, plain_tip
from mideditor.ui.theme import Theme

_MOST_SHOWN = 3
_SIGNS = {
    Severity.ERROR: ("error", "error"),
    Severity.WARNING: ("warning", "coding"),
    Severity.NOTICE: ("warning", "text-quiet"),
}


class FindingsList(QWidget):
    """Up to three findings, the gravest first, and how many more.

    `pointed` carries a field and the words of it in question.
    """

    pointed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._findings: list[Finding] = []
        self.lines = [self._line(number) for number in range(_MOST_SHOWN)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.setSpacing(0)
        for line in self.lines:
            layout.addWidget(line)
        theme.changed.connect(self._paint)

    def show_findings(self, findings: list[Finding]) -> None:
        """Show these findings in the place of those before."""
        gravity = list(Severity)
        self._findings = sorted(findings, key=lambda finding: gravity.index(finding.severity))
        self._paint()

    def _point(self, number: int) -> None:
        finding = self._findings[number]
        self.pointed.emit(finding.field, finding.quote)

    def _paint(self) -> None:
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(self._findings))
            if number < len(self._findings):
                self._paint_line(line, self._findings[number], number)
        self.setVisible(bool(self._findings))

    def _paint_line(self, line: QPushButton, finding: Finding, number: int) -> None:
        more = len(self._findings) - _MOST_SHOWN
        is_last = number == _MOST_SHOWN - 1
        text = f"{finding.message} (and {more} more)" if is_last and more > 0 else finding.message
        sign, role = _SIGNS[finding.severity]
        line.setText(plain_caption(text))
        line.setToolTip(plain_tip(finding.message) or "")
        line.setAccessibleName(f"{finding.severity}: {finding.message}")
        line.setIcon(icon(sign, self._theme.tokens.color(role)))

    def _line(self, number: int) -> QPushButton:
        line = QPushButton()
        line.setFlat(True)
        line.setProperty("role", "finding")
        line.setIconSize(QSize(16, 16))
        line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line.setCursor(Qt.CursorShape.PointingHandCursor)
        line.clicked.connect(lambda: self._point(number))
        return line
