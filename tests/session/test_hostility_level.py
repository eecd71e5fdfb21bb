"""The hostility level, a field that is not printed: everything that follows from its row alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, HostilityLevel
from mideditor.domain.fields import FIELDS
from mideditor.domain.record import Entry, document_of
from mideditor.domain.reports.comparison import FieldComparison
from mideditor.domain.typed_values import NotUnderstood
from mideditor.reference.published_rules import table_findings
from mideditor.reference.state_list import bundled_states
from mideditor.session.checks.checks import Checks
from mideditor.session.edits.bulk_edit import common_fields, set_for_all
from mideditor.session.edits.field_edit import (
    edit_fields,
    last_change,
    original_text,
    revert,
    typed_value,
)
from mideditor.session.log.logbook import log_lines
from mideditor.session.log.record_versions import restore_version, versions_of
from mideditor.session.project.exporting import export
from mideditor.session.project.verifying import faults
from mideditor.session.published.published_comparison import compare
from mideditor.session.session import Session
from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.texts.marking_evidence import fields_with_evidence, toggle
from mideditor.session.work import run_now
from tests.reference.tables import DISPUTES, tables_of
from tests.session.chapters import (
    ALASKA,
    FRAGMENT,
    REFERENCE,
    TRAINER,
    field_changes,
    imported,
    reopened,
)

NAME = "hostility_level"
DISPLAY = HostilityLevel.DISPLAY


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with imported(tmp_path) as opened:
        yield opened


def code(session: Session, text: str = "display of force", record: int = TRAINER) -> None:
    value = typed_value(session, record, NAME, text)
    values = {NAME: value}
    edit_fields(session, record, values, ChangeKind.CODING, reason="p. 1", citation="MIDA 5.0")


def exported(session: Session, name: str) -> str:
    return run_now(export(session, name)).decode("utf-8")


class TestStored:
    def test_a_record_without_it_is_stored_as_before(self) -> None:
        assert NAME not in document_of(Entry())

    def test_it_is_stored_where_it_is_set_and_read_again(self, session: Session) -> None:
        code(session)
        assert session.documents()[TRAINER][NAME] == "Display of force"
        assert NAME not in session.documents()[ALASKA]
        again = reopened(session)
        assert getattr(again.record(TRAINER), NAME) is DISPLAY
        assert list(faults(again)) == []
        again.close()

    def test_it_is_in_the_json_export_where_it_is_set_and_never_in_the_text(
        self, session: Session
    ) -> None:
        text, before = exported(session, "text"), exported(session, "json")
        code(session)
        assert exported(session, "text") == text
        found = {one["id"]: one.get(NAME) for one in json.loads(exported(session, "json"))}
        assert found == {FRAGMENT: None, ALASKA: None, TRAINER: "Display of force", REFERENCE: None}
        session.undo()
        assert exported(session, "json") == before


class TestEdits:
    def test_typing_knows_the_words_of_the_codebook(self, session: Session) -> None:
        assert [typed_value(session, TRAINER, NAME, text) for text in ("war", "")] == [
            HostilityLevel.WAR,
            None,
        ]
        with pytest.raises(ValueError, match="Threat to use force · Display of force"):
            typed_value(session, TRAINER, NAME, "skirmish")
        with pytest.raises(NotUnderstood, match="A cross-reference has no field"):
            typed_value(session, REFERENCE, NAME, "War")

    def test_a_coding_change_is_logged_and_prints_no_sentence(self, session: Session) -> None:
        printed = session.printed_changes(TRAINER)
        code(session)
        assert session.printed_changes(TRAINER) == printed
        assert session.history.was_coded(TRAINER)
        line = list(log_lines(session))[-1]
        assert (line.kind, line.label, line.old, line.new, line.citation) == (
            "coding",
            "Hostility level",
            "",
            "Display of force",
            "MIDA 5.0",
        )

    def test_beside_a_coding_change_that_is_printed(self, session: Session) -> None:
        code(session)
        session.edit(ChangeKind.CODING, {TRAINER: {"fatalities": Fatalities.TO_25}}, reason="p. 2")
        sentences = [sentence.text for sentence in session.printed_changes(TRAINER)]
        assert sentences == [
            "Settlement changed from Imposed.",
            "Fatalities changed from None.",
        ]

    def test_it_is_taken_back_and_restored(self, session: Session) -> None:
        code(session)
        assert (last_change(session, TRAINER, NAME), original_text(session, TRAINER, NAME)) == (
            ChangeKind.CODING,
            "",
        )
        assert list(session.changed_fields(TRAINER)) == [NAME]
        revert(session, TRAINER, NAME)
        assert NAME not in session.documents()[TRAINER]
        restore_version(session, TRAINER, versions_of(session, TRAINER)[1], "It was right")
        assert getattr(session.record(TRAINER), NAME) is DISPLAY

    def test_many_records_at_once(self, session: Session) -> None:
        entries = [ALASKA, TRAINER]
        assert NAME in [row.name for row in common_fields(session, entries)]
        assert NAME not in [row.name for row in common_fields(session, [TRAINER, REFERENCE])]
        work = set_for_all(
            session, ChangeKind.CODING, entries, FIELDS[NAME], DISPLAY, reason="p. 1"
        )
        step = run_now(work)
        assert step is not None
        assert [(one.record, one.field, one.new) for one in field_changes(step)] == [
            (ALASKA, NAME, "Display of force"),
            (TRAINER, NAME, "Display of force"),
        ]

    def test_words_are_marked_as_evidence_for_it(self, session: Session) -> None:
        assert NAME in fields_with_evidence(session.record(TRAINER))
        toggle(session, TRAINER, NAME, 0, 9)
        (evidence,) = session.record(TRAINER).evidence
        assert (evidence.field, evidence.quote) == (NAME, "A trainer")


class TestTable:
    def test_the_last_column_is_hidden_at_first(self, session: Session) -> None:
        code(session)
        rows = RecordRows(session, Checks(session))
        column = RECORD_COLUMNS[9]
        assert (column.name, column.title, column.hidden) == (NAME, "Hostility level", True)
        assert [column.text(rows.row(record)) for record in session.ids()] == [
            "",
            "",
            "Display of force",
            "",
        ]
        assert [one.name for one in RECORD_COLUMNS if one.hidden] == [NAME]

    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("hostility:display", [TRAINER]),
            ('hostility:"display of force"', [TRAINER]),
            ('"display of force"', [TRAINER]),
            ('coded:"hostility level"', [TRAINER]),
            ('changed:"hostility level"', [TRAINER]),
            ("hostility:war", []),
            ("kind:entry hostility:none", [ALASKA]),
        ],
    )
    def test_search(self, session: Session, line: str, found: list[int]) -> None:
        code(session)
        assert run_now(RecordRows(session, Checks(session)).find(line)) == found

    def test_its_facet(self, session: Session) -> None:
        rows = RecordRows(session, Checks(session))
        assert run_now(rows.count_facets(""))["hostility"].values == []
        code(session)
        (value,) = run_now(rows.count_facets(""))["hostility"].values
        assert (value.value, value.count) == ("Display of force", 1)


class TestPublished:
    @staticmethod
    def with_levels(*levels: int) -> str:
        heading, *rows = DISPUTES.splitlines()
        cells = [f"{row},{level}" for row, level in zip(rows, levels, strict=True)]
        return "\n".join([f"{heading},hostlev", *cells]) + "\n"

    def compared(self, session: Session, folder: Path, disputes: str) -> list[FieldComparison]:
        found = run_now(compare(session, tables_of(folder, disputes))).fields
        return [one for one in found if one.field == NAME]

    @pytest.mark.parametrize(
        ("level", "published", "verdict", "note"),
        [
            (3, "Display of force", "agree", ""),
            (4, "Use of force", "differ", ""),
            (-9, "", "only here", ""),
            (7, "", "only here", "The code 7 of row 3 is not in the codebook."),
        ],
    )
    def test_it_is_compared_where_it_is_set(
        self,
        session: Session,
        tmp_path: Path,
        level: int,
        published: str,
        verdict: str,
        note: str,
    ) -> None:
        code(session)
        (one,) = self.compared(session, tmp_path, self.with_levels(3, level, 3))
        assert (one.record, one.published, one.verdict, one.note) == (
            TRAINER,
            published,
            verdict,
            note,
        )

    def test_it_is_not_compared_where_it_is_not_set_or_not_published(
        self, session: Session, tmp_path: Path
    ) -> None:
        assert self.compared(session, tmp_path, self.with_levels(3, 4, 5)) == []
        code(session)
        assert self.compared(session, tmp_path, DISPUTES) == []

    def test_a_number_that_is_not_in_the_codebook_is_a_finding(self, tmp_path: Path) -> None:
        tables = tables_of(tmp_path, self.with_levels(3, 7, -9), None)
        found = table_findings(tables, bundled_states())
        messages = [one.message for one in found if "codebook" in one.message]
        assert messages == ["hostility_level 7 is not in the codebook."]
