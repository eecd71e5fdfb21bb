"""The action buttons of the findings panel."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mideditor.ui.findings.findings_table import FindingLine
from mideditor.ui.kit.flow_row import FlowRow


class FindingButtons:
    """One button per action, by name."""

    def __init__(self) -> None:
        self._buttons = {
            "fix": QPushButton("Fix (F)"),
            "all": QPushButton("Fix all of the rule… (Shift+F)"),
            "accept": QPushButton("Accept… (A)"),
            "open": QPushButton("Open again (O)"),
            "go": QPushButton("Go to the field (Enter)"),
        }

    def __getitem__(self, name: str) -> QPushButton:
        return self._buttons[name]

    def row(self) -> FlowRow:
        """All buttons in a row."""
        return FlowRow(*self._buttons.values())

    def update_state(
        self, line: FindingLine | None, *, writable: bool, accepted: bool, rule_has_fix: bool
    ) -> None:
        """Enable the actions possible for the current row, of the open or the accepted findings."""
        can = writable and line is not None
        row = line.finding_row if line else None
        is_open = can and not accepted
        self["fix"].setEnabled(is_open and row is not None and bool(row.finding.fix))
        self["all"].setEnabled(is_open and rule_has_fix)
        self["accept"].setEnabled(is_open)
        self["open"].setEnabled(can and accepted)
        self["go"].setEnabled(row is not None)
        for name, button in self._buttons.items():
            button.setVisible(name == "go" or (name == "open") == accepted)
