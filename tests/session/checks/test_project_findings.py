"""Findings collected in batches and kept up to date; filtered and grouped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.changes import ChangeKind
from mideditor.domain.partial_date import parse_date
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Severity
from mideditor.session.checks.checks import Checks
from mideditor.session.checks.finding_groups import (
    FindingFilter,
    by_record,
    by_rule,
    filter_findings,
)
from mideditor.session.checks.fixes import accept_findings
from mideditor.session.checks.project_findings import ProjectFindings
from mideditor.session.session import Session
from mideditor.session.work import run_now
from mideditor.store.project import StaleStep
from tests.session.chapters import ALASKA, FRAGMENT, TRAINER, import_text, imported, one_entry


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The chapter with repeated words in one entry, and another that ends before it starts."""
    with imported(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("It was the the coast.",)}})
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"end_date": parse_date("1963")}})
        yield session


def gathered(session: Session) -> ProjectFindings:
    gathering = ProjectFindings(session, Checks(session))
    for _ in gathering.find_all(1):
        pass
    return gathering


def names(findings: list[FindingRow]) -> list[tuple[int, str]]:
    return [(row.record, row.finding.rule) for row in findings]


ALL = [(FRAGMENT, "fragment"), (ALASKA, "repeated words"), (TRAINER, "dates in order")]


def test_findings_grow_while_records_are_checked(session: Session) -> None:
    gathering = ProjectFindings(session, Checks(session))
    assert (gathering.waiting, gathering.open_count) == (4, 0)
    counts = [(gathering.open_count, done) for done, _ in gathering.find_all(2)]
    assert counts == [(2, 2), (3, 4)]
    assert names(gathering.open()) == ALL


def test_after_an_edit_only_touched_records_wait(session: Session) -> None:
    gathering = gathered(session)
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("It was the coast.",)}})
    assert gathering.waiting <= 3, "Alaska and those that share its dyad"
    assert ALL[0] in names(gathering.open()), "known findings are still listed"
    gathering.check_next(4)
    assert names(gathering.open()) == [ALL[0], ALL[2]]
    assert gathering.open_count == 2
    session.undo()
    gathering.check_next(4)
    assert names(gathering.open()) == ALL


def test_accepted_findings_are_collected_separately(session: Session) -> None:
    gathering = gathered(session)
    row = gathering.open()[1]
    run_now(accept_findings(session, [(row.record, row.finding)], "A stammer."))
    gathering.check_next(4)
    assert names(gathering.open()) == [ALL[0], ALL[2]]
    (accepted,) = gathering.accepted()
    assert (accepted.title, accepted.reason) == ("MID 2899", "A stammer.")


def test_added_and_removed_records(session: Session, tmp_path: Path) -> None:
    gathering = gathered(session)
    text = one_entry(77).replace("two days", "two two days")
    import_text(session, tmp_path / "b.txt", text)
    gathering.check_next(9)
    assert len(gathering.open()) == gathering.open_count == 4
    session.undo()
    gathering.check_next(9)
    assert names(gathering.open()) == ALL
    assert (gathering.open_count, gathering.waiting) == (3, 0)


@pytest.mark.parametrize(
    ("wanted", "rules"),
    [
        (FindingFilter(), ["fragment", "repeated words", "dates in order"]),
        (FindingFilter(words="COAST the"), ["repeated words"]),
        (FindingFilter(words="end date"), ["dates in order"]),
        (FindingFilter(words="2899"), ["repeated words"]),
        (FindingFilter(severity=Severity.ERROR), ["dates in order"]),
        (FindingFilter(rule="fragment"), ["fragment"]),
        (FindingFilter(records={ALASKA}), ["repeated words"]),
        (FindingFilter(records=frozenset()), []),
    ],
)
def test_findings_are_filtered(session: Session, wanted: FindingFilter, rules: list[str]) -> None:
    found = filter_findings(gathered(session).open(), wanted)
    assert [row.finding.rule for row in found] == rules


def test_groups_of_rules_begin_with_errors_and_those_of_records_with_the_first(
    session: Session,
) -> None:
    findings = gathered(session).open()
    assert [group.title for group in by_rule(findings)] == [
        "dates in order",
        "fragment",
        "repeated words",
    ]
    assert [(group.title, len(group.members)) for group in by_record(findings)] == [
        ("Fragment", 1),
        ("MID 2899", 1),
        ("MID 2220", 1),
    ]


@given(places=st.lists(st.integers(0, 2), max_size=12))
def test_no_finding_is_lost_or_doubled_by_grouping(
    tmp_path_factory: pytest.TempPathFactory, places: list[int]
) -> None:
    with imported(tmp_path_factory.mktemp("groups")) as session:
        found = gathered(session).open()
        findings = [found[place % len(found)] for place in places]
        for grouped in (by_rule, by_record):
            members = [row for group in grouped(findings) for row in group.members]
            assert sorted(map(id, members)) == sorted(map(id, findings))


def test_an_edit_in_parts_is_one_step_and_stale_after_another(session: Session) -> None:
    values = {ALASKA: {"page": 7}, TRAINER: {"page": 8}}
    work = session.edit_work(ChangeKind.CORRECTION, values, reason="misread")
    assert [next(work), next(work)] == [(1, 2), (2, 2)]
    steps = len(session.history.steps)
    with pytest.raises(StopIteration):
        next(work)
    assert len(session.history.steps) == steps + 1
    late = session.edit_work(ChangeKind.CORRECTION, {ALASKA: {"page": 9}}, reason="misread")
    next(late)
    session.undo()
    with pytest.raises(StaleStep):
        next(late)
