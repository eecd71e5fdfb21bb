"""The suggested reasons: each once, the newest first."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import ReviewState
from mideditor.session.edits.recent_reasons import RecentReasons
from tests.session.chapters import ALASKA, TRAINER, imported


def test_each_reason_once_and_the_newest_first(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        reasons = RecentReasons(session.history)
        assert reasons.newest_first() == [], "an import gives none"
        for page, reason in enumerate(["Misprint", "As in the source", "", "Misprint"], start=1):
            session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": page}}, reason=reason)
        assert reasons.newest_first() == ["Misprint", "As in the source"]
        step = session.edit(ChangeKind.CODING, {TRAINER: {"outcome": "Stalemate"}})
        assert step is not None
        session.explain([step], "No one gave way")
        assert reasons.newest_first() == ["No one gave way", "Misprint", "As in the source"]
        assert RecentReasons(session.history).newest_first() == reasons.newest_first()


def test_words_and_acceptances_are_not_suggested_as_reasons(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        step = session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 1}})
        assert step is not None
        session.accept([step], "Seen")
        session.add_word("Taza")
        session.edit(ChangeKind.REVIEW, {ALASKA: {"review": ReviewState.CODED}}, reason="Done")
        assert RecentReasons(session.history).newest_first() == []
