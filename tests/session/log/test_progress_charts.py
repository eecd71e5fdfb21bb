"""Disputes by year, steps by week, and the review states."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome, ReviewState
from mideditor.domain.record import Unread
from mideditor.session.log.progress_charts import entries_by_year, progress, work_by_week
from tests.session.chapters import ALASKA, TRAINER, imported, open_session


def test_entries_are_counted_in_their_start_year(tmp_path: Path) -> None:
    session = imported(tmp_path)
    years = entries_by_year(session, session.ids(), "outcome")
    assert (years.first, years.last, years.highest()) == (1963, 1964, 1)
    assert years.entries[1963] == {"Unclear": [ALASKA]}
    assert years.entries[1964] == {"Released": [TRAINER]}
    assert years.totals() == {"Released": 1, "Unclear": 1}
    assert entries_by_year(session, [], "outcome").totals() == {}
    session.close()


def test_values_that_are_not_codes_have_their_own_category(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"outcome": Unread(unread="Draw")}})
    assert entries_by_year(session, [ALASKA], "outcome").totals() == {"not read": 1}
    session.close()


def test_weeks_start_on_monday_and_do_not_count_undo(tmp_path: Path) -> None:
    now = [datetime(2026, 3, 11, 12, tzinfo=UTC)]
    with imported(tmp_path) as before:
        path = before.path
    session = open_session(path, clock=lambda: now[0])
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="so")
    session.edit(ChangeKind.REVIEW, {ALASKA: {"review": ReviewState.CODED}})
    session.undo()
    now[0] = datetime(2026, 3, 26, 12, tzinfo=UTC)
    session.author = "Ben"
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"page": 4}})
    weeks = work_by_week(session)
    assert weeks.mondays == (date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23))
    assert weeks.coders == ("Ana", "Ben")
    assert weeks.steps[date(2026, 3, 9), "Ana"] == 2
    assert weeks.steps[date(2026, 3, 23), "Ben"] == 1
    assert weeks.highest() == 2
    assert progress(session)["imported"] == 4
    session.close()
