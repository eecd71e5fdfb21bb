"""The findings in the list, in groups that can be folded."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.reports.finding_row import FindingRow
from mideditor.session.checks.finding_groups import FindingGroup, by_record, by_rule
from mideditor.ui.findings.findings_table import FindingLine, lines_of_group

_UNFOLDED = 40
"""Up to this many findings are unfolded by default."""


class GroupedFindings:
    """The groups of the findings shown, and which of them the user has folded or unfolded."""

    def __init__(self) -> None:
        self._groups: dict[str, FindingGroup] = {}
        self._unfolded: dict[str, bool] = {}

    def arrange(self, findings: Sequence[FindingRow], *, is_by_record: bool) -> list[FindingLine]:
        """Group these findings, and return the rows to show."""
        groups = by_record(findings) if is_by_record else by_rule(findings)
        self._groups = {group.key: group for group in groups}
        unfolded = is_by_record or len(findings) <= _UNFOLDED
        return [
            line
            for group in groups
            for line in lines_of_group(group, is_open=self._unfolded.get(group.key, unfolded))
        ]

    def fold(self, group: str, *, is_open: bool) -> None:
        """Fold or unfold a group."""
        self._unfolded[group] = is_open

    def forget_folds(self) -> None:
        """Fold and unfold all groups as by default."""
        self._unfolded.clear()

    def members(self, line: FindingLine) -> Sequence[FindingRow]:
        """The finding of a row, or all findings of the group of a head."""
        return self._groups[line.group].members if line.finding_row is None else (line.finding_row,)

    def with_certain_fix(self, rule: str) -> list[FindingRow]:
        """The findings of a rule that have a certain fix."""
        return [
            row
            for group in self._groups.values()
            for row in group.members
            if row.finding.fix is not None and row.finding.rule == rule
        ]
