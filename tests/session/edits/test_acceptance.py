"""What records accept as it is, by keys."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Acceptance
from mideditor.session.edits.acceptance import accept_keys, reopen_keys, with_acceptances
from mideditor.session.session import Session
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, TRAINER, imported


def accepted(session: Session, record: int) -> list[tuple[str, str]]:
    """The keys that a record accepts, with the reasons."""
    return [(one.key, one.reason) for one in session.record(record).accepted]


def test_keys_of_several_records_are_one_step(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        keys = [(ALASKA, "a"), (TRAINER, "b"), (ALASKA, "c"), (ALASKA, "a")]
        step = run_now(accept_keys(session, keys, "Right so"))
        assert step is not None
        assert (step.kind, step.reason) == (ChangeKind.REVIEW, "Right so")
        assert accepted(session, ALASKA) == [("a", "Right so"), ("c", "Right so")]
        assert accepted(session, TRAINER) == [("b", "Right so")]


def test_a_new_reason_replaces_the_old_one(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        run_now(accept_keys(session, [(ALASKA, "a"), (ALASKA, "b")], "Right so"))
        run_now(accept_keys(session, [(ALASKA, "a")], "Looked up"))
        assert accepted(session, ALASKA) == [("b", "Right so"), ("a", "Looked up")]


def test_reopening_removes_only_its_keys(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        run_now(accept_keys(session, [(ALASKA, "a"), (ALASKA, "b")], "Right so"))
        run_now(reopen_keys(session, [(ALASKA, "a")], "Not so"))
        assert accepted(session, ALASKA) == [("b", "Right so")]
        assert run_now(reopen_keys(session, [(ALASKA, "a")], "Not so")) is None


def test_the_same_key_for_two_reasons_is_kept_with_both(tmp_path: Path) -> None:
    """As when two texts say the same of a field, and both are dismissed in one step."""
    with imported(tmp_path) as session:
        new = [Acceptance(key="a", reason=reason) for reason in ("one text", "another", "another")]
        values = with_acceptances(session, ALASKA, new)
        assert [one.reason for one in values["accepted"]] == ["one text", "another"]
