"""The findings of the current record, as buttons that go to their fields."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from mideditor.domain.rules import Finding
from mideditor.ui.findings.findings_table import SEVERITY_ICONS
from mideditor.ui.kit.plain import plain_caption, plain_tip
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme

_MAX_SHOWN = 3


class FindingButton(QPushButton):
    """A finding: Enter goes to its field, F fixes it, A accepts it; the menu has the same."""

    fixed = Signal()
    accepted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFlat(True)
        self.setProperty("role", "finding")
        self.setIconSize(QSize(16, 16))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._go = QAction("Go to the field (Enter)", self)
        self.fix = QAction("Fix (F)", self)
        self.accept = QAction("Accept, with the reason of the edit bar (A)", self)
        self.addActions([self._go, self.fix, self.accept])
        self._go.triggered.connect(self.click)
        self.fix.triggered.connect(self.fixed)
        self.accept.triggered.connect(self.accepted)

    def show_finding(self, finding: Finding, caption: str, *, can_change: bool) -> None:
        """Show a finding, and enable the actions that are possible."""
        self.setText(plain_caption(caption))
        self.setAccessibleName(f"{finding.severity}: {finding.message}")
        label = finding.fix.label if finding.fix else ""
        self.fix.setText(f"{plain_caption(label)} (F)" if label else "No fix is certain")
        self.fix.setEnabled(can_change and bool(label))
        self.accept.setEnabled(can_change)
        hints = [f"F: {label}"] if self.fix.isEnabled() else []
        hints += ["A accepts it"] if can_change else []
        self.setToolTip(plain_tip("\n".join([finding.message, "  ·  ".join(hints)])) or "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, QAction] = {
            Qt.Key.Key_F: self.fix,
            Qt.Key.Key_A: self.accept,
            Qt.Key.Key_Return: self._go,
        }
        action = keys.get(event.key())
        if action is not None and not event.modifiers():
            action.trigger()
        else:
            super().keyPressEvent(event)


class FindingsList(QWidget):
    """Up to three findings, the most severe first, and the number of others.

    `field_requested` carries a field and the quoted words in it; `fix_requested` and
    `accept_requested` carry the finding, and are possible only with ``can_change``.
    """

    field_requested = Signal(str, str)
    fix_requested = Signal(object)
    accept_requested = Signal(object)

    def __init__(self, theme: Theme, *, can_change: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._can_change = can_change
        self._findings: list[Finding] = []
        self.lines = [self._line(number) for number in range(_MAX_SHOWN)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.setSpacing(0)
        for line in self.lines:
            layout.addWidget(line)
        theme.changed.connect(self._paint)

    def show_findings(self, findings: list[Finding]) -> None:
        """Replace the findings shown."""
        severities = list(SEVERITY_ICONS)
        self._findings = sorted(findings, key=lambda finding: severities.index(finding.severity))
        self._paint()

    def _request_field(self, number: int) -> None:
        finding = self._findings[number]
        self.field_requested.emit(finding.field, finding.quote)

    def _paint(self) -> None:
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(self._findings))
            if number < len(self._findings):
                self._paint_line(line, self._findings[number], number)
        self.setVisible(bool(self._findings))

    def _paint_line(self, line: FindingButton, finding: Finding, number: int) -> None:
        more = len(self._findings) - _MAX_SHOWN
        is_last = number == _MAX_SHOWN - 1
        text = f"{finding.message} (and {more} more)" if is_last and more > 0 else finding.message
        line.show_finding(finding, text, can_change=self._can_change)
        sign, role = SEVERITY_ICONS[finding.severity]
        line.setIcon(icon(sign, self._theme.tokens.color(role)))

    def _line(self, number: int) -> FindingButton:
        line = FindingButton()
        line.clicked.connect(lambda: self._request_field(number))
        line.fixed.connect(lambda: self.fix_requested.emit(self._findings[number]))
        line.accepted.connect(lambda: self.accept_requested.emit(self._findings[number]))
        return line
