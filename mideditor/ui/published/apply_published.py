"""Taking published values over and accepting differences: asked in the panel, done as steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mideditor.domain.counting import plural, quantity
from mideditor.domain.reports.comparison import Cell, FieldComparison
from mideditor.domain.steps import Step, StepKind
from mideditor.session.published.apply_published import (
    accept_differences,
    apply_published,
    reopen_differences,
)
from mideditor.session.work import Work
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.step_actions import StepActions
from mideditor.ui.kit.lanes import Lane
from mideditor.ui.kit.reason_bar import ReasonBar

REASON = "As in the published data set"
_GROUNDS = {StepKind.CORRECTION: "done", StepKind.CODING: "notice"}
"""Messages on the ground that the edit bar has."""


class PublishedActions(StepActions):
    """Asks in ``bar`` and works in ``lane``. ``citation`` is that of the tables in use."""

    def __init__(self, desk: Desk, bar: ReasonBar, lane: Lane, citation: Callable[[], str]) -> None:
        super().__init__(desk, lane)
        self._bar = bar
        self._citation = citation
        desk.kind_changed.connect(self._ask_again)

    def take(self, chosen: Sequence[FieldComparison]) -> None:
        """Take values over; asked first where they are many or the edit bar has no reason."""
        applicable = [one for one in chosen if one.differs and one.to_apply]
        if not applicable:
            self._desk.say("There is no published value to take over.")
        elif len(applicable) == 1 and self._desk.reason:
            self._take(applicable, self._desk.reason, self._desk.citation or self._citation())
        else:
            self._ask_to_take(applicable)

    def take_cell(self, cell: Cell | None, members: Sequence[FieldComparison]) -> None:
        """Take the published value over in those members of a cell that nobody has edited."""
        applicable = [one for one in members if one.to_apply]
        if cell is None or not applicable:
            self._desk.say("Nothing in this cell waits to be taken over.")
            return
        rest = cell.count - len(applicable)
        stay = f" {rest:,} others of the cell stay as they are." if rest else ""
        what = f" {applicable[0].label}: {cell.printed} → {cell.published}.{stay}"
        self._ask_to_take(applicable, what)

    def accept(self, chosen: Sequence[FieldComparison]) -> None:
        """Leave differences as they are, with a reason; if all are accepted, open them again."""
        differing = [one for one in chosen if one.differs]
        if not differing:
            self._desk.say("There is no difference to accept.")
        elif all(one.accepted for one in differing):
            work = reopen_differences(self._desk.session, differing)
            self._change(work, differing, "opened again")
        else:
            them = plural(len(differing), "it is", "they are")
            self._bar.set_role(_GROUNDS[StepKind.CORRECTION])
            self._bar.ask(
                lambda: f"Leave {_differences(len(differing))} as {them} here, and say why.",
                f"Accept {len(differing):,}",
                (self._desk.reason, None),
                lambda reason, _: self._accept(differing, reason),
            )

    def _accept(self, chosen: Sequence[FieldComparison], reason: str) -> None:
        work = accept_differences(self._desk.session, chosen, reason)
        self._change(work, chosen, "accepted")

    def _ask_again(self, kind: StepKind) -> None:
        """Word the question that stands there for the other way of editing."""
        if self._bar.citation.isVisible():
            self._bar.set_role(_GROUNDS[kind])
            self._bar.refresh_question()

    def _ask_to_take(self, chosen: Sequence[FieldComparison], what: str = "") -> None:
        def question() -> str:
            values = quantity(len(chosen), "published value", separator=",")
            label = self._desk.kind.label
            kind = plural(len(chosen), f"a {label}", f"{label}s")
            switches = self._desk.keys.hint("switch_kind", "switches")
            return f"Take {values} over, as {kind}{switches}.{what}"

        reason = self._desk.reason or REASON
        citation = self._desk.citation or self._citation()
        self._bar.set_role(_GROUNDS[self._desk.kind])
        self._bar.ask(
            question,
            f"Take {len(chosen):,} over",
            (reason, citation),
            lambda reason, citation: self._take(chosen, reason, citation),
        )

    def _take(self, chosen: Sequence[FieldComparison], reason: str, citation: str) -> None:
        session, kind = self._desk.session, self._desk.kind
        work = apply_published(session, chosen, kind, reason, citation)
        self.make(f"Taking {len(chosen):,} values over", work, _taken)

    def _change(
        self, work: Work[Step | None], chosen: Sequence[FieldComparison], done: str
    ) -> None:
        records = len({one.record for one in chosen})
        what = f"{_differences(len(chosen))} {done}"
        self.make(f"Changing {records:,} records", work, lambda _: what)


def _taken(step: Step) -> str:
    return f"{quantity(len(step.changes), 'value', separator=',')} taken over"


def _differences(count: int) -> str:
    return quantity(count, "difference", separator=",")
