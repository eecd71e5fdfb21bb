"""The readable log: one line per changed field, with all its details."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.domain.partial_date import parse_date
from mideditor.domain.reports.log_line import LogLine
from mideditor.session.log.logbook import LogFilter, log_lines
from mideditor.session.session import Session
from tests.session.chapters import ALASKA, TRAINER, import_text, imported, one_entry


def worked_on(folder: Path) -> Session:
    """An import (1), two coding changes (2, 3), a correction by Ben (4), the undo of 3 (5)."""
    session = imported(folder)
    for outcome in (Outcome.STALEMATE, Outcome.COMPROMISE):
        session.edit(
            ChangeKind.CODING,
            {ALASKA: {"outcome": outcome}},
            reason=f"it was a {outcome}",
            citation="MIDA 4.01",
        )
    session.author = "Ben"
    values = {"page": 944, "end_date": parse_date("March 1964")}
    session.edit(ChangeKind.CORRECTION, {TRAINER: values}, reason="misread")
    session.undo(3)
    return session


def as_texts(lines: list[LogLine]) -> list[str]:
    return [
        f"{line.step} {line.author} {line.kind} {line.dispute_number} {line.label}: "
        f"{line.original} | {line.old} | {line.new}"
        for line in lines
    ]


def test_each_changed_field_is_a_line_with_original_old_and_new(tmp_path: Path) -> None:
    with worked_on(tmp_path) as session:
        assert as_texts(list(log_lines(session))) == [
            "1 Ana import None Records:  | 4 records not in the project | 4 records in the project",
            "2 Ana coding 2899 Outcome: Unclear | Unclear | Stalemate",
            "3 Ana coding 2899 Outcome: Unclear | Stalemate | Compromise",
            "4 Ben correction 2220 Page: 942 | 942 | 944",
            "4 Ben correction 2220 End date: March 27, 1964 | March 27, 1964 | March 1964",
            "5 Ben undo 2899 Outcome: Unclear | Compromise | Stalemate",
        ]


def test_a_line_has_time_kind_reason_citation_and_what_it_undoes(tmp_path: Path) -> None:
    with worked_on(tmp_path) as session:
        lines = list(log_lines(session))
        coding, undo = lines[1], lines[-1]
        assert coding.time.isoformat() == "2026-03-14T12:01:00+00:00"
        assert (coding.kind, coding.kind_label) == ("coding", "coding change")
        assert (coding.reason, coding.citation) == ("it was a Stalemate", "MIDA 4.01")
        assert (coding.record, coding.field, coding.undoes) == (ALASKA, "outcome", None)
        assert (undo.undoes, undo.reason) == (3, "")
        assert [line.stands for line in lines] == [True, True, False, True, True, False]


@pytest.mark.parametrize(
    ("wanted", "steps"),
    [
        (LogFilter(), [1, 2, 3, 4, 4, 5]),
        (LogFilter(dispute=2899), [2, 3, 5]),
        (LogFilter(record=TRAINER), [1, 4, 4]),
        (LogFilter(field="outcome"), [2, 3, 5]),
        (LogFilter(author="Ben"), [4, 4, 5]),
        (LogFilter(dispute=2899, author="Ben"), [5]),
        (LogFilter(dispute=9999), []),
    ],
)
def test_lines_are_filtered_by_record_number_field_or_author(
    tmp_path: Path, wanted: LogFilter, steps: list[int]
) -> None:
    with worked_on(tmp_path) as session:
        assert [line.step for line in log_lines(session, wanted)] == steps


def test_the_import_of_one_record_and_its_undo_name_the_record(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        import_text(session, tmp_path / "one.txt", one_entry(77))
        session.undo()
        assert as_texts(list(log_lines(session)))[1:] == [
            "2 Ana import None Record:  | not in the project | in the project",
            "3 Ana undo None Record:  | in the project | not in the project",
        ]
        session.redo()
        assert as_texts(list(log_lines(session, LogFilter(dispute=77))))[-1] == (
            "4 Ana redo 77 Record:  | not in the project | in the project"
        )
