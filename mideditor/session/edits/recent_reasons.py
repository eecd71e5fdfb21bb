"""The reasons given in a project so far, as suggestions."""

from __future__ import annotations

from mideditor.domain.changes import ChangeKind
from mideditor.session.history import History

_WITH_REASONS = (ChangeKind.CORRECTION, ChangeKind.CODING, ChangeKind.REASON)


class RecentReasons:
    """Reads each step of the log only once, so the cost of an edit does not grow with the log."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._reasons: dict[str, None] = {}
        self._steps_read = 0

    def newest_first(self) -> list[str]:
        """Every reason once, the latest first."""
        steps = self._history.steps
        for step in steps[self._steps_read :]:
            for reason in dict.fromkeys(map(step.reason_of, step.changes)):
                if reason and step.kind in _WITH_REASONS:
                    self._reasons.pop(reason, None)
                    self._reasons[reason] = None
        self._steps_read = len(steps)
        return list(reversed(self._reasons))
