"""The notice when a project was not found as it was last saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tinydb import TinyDB

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.session import Session
from tests.session.chapters import ALASKA, TRAINER, imported
from tests.store.steps import backups_of, journal_of

pytestmark = pytest.mark.needs_file


def edited(folder: Path) -> Session:
    """Imported and saved, then edited twice."""
    session = imported(folder)
    session.save()
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="Nobody won")
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    return session


def crashed(folder: Path) -> Path:
    session = edited(folder)
    session.abandon()
    return session.path


def notice(project: Path, *, read_only: bool = False) -> list[str]:
    with Session.open(project, "Ana", read_only=read_only) as session:
        return opening_notice(session)


def test_after_a_crash_each_record_is_named_with_its_fields(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    assert notice(project) == [
        "The editor was not closed the last time. 2 steps were put back; nothing is missing:",
        "MID 2899: Outcome",
        "MID 2220: Fatalities",
    ]
    assert notice(project) == []


def test_a_reader_of_a_locked_project_gets_no_notice(tmp_path: Path) -> None:
    session = edited(tmp_path)
    assert notice(session.path, read_only=True) == []
    session.close()
    assert notice(session.path, read_only=True) == []


def test_a_missing_file_is_not_called_damaged(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    project.unlink()
    first, *_ = notice(project)
    assert first.startswith(
        "chapter 7.mid.json was gone. It was opened from its newest backup, of "
    )
    assert first.endswith("(step 1).")


def test_a_damaged_file_is_named_with_the_backup_and_where_it_is_kept(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    project.write_bytes(project.read_bytes()[:-200])
    first, second, *_ = notice(project)
    assert first.startswith("chapter 7.mid.json was damaged. It was opened from its newest backup")
    assert first.endswith("(step 1). The damaged file is kept as chapter 7.mid.json.damaged-1.")
    assert second.startswith("The editor was not closed the last time. 2 steps were put back; noth")


def test_a_truncated_journal_is_reported_to_writers_and_readers(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    journal_of(project).write_bytes(journal_of(project).read_bytes()[:-5])
    part = "A part of the journal could not be put back; it is "
    assert notice(project, read_only=True) == [f"{part}left where it is."]
    assert notice(project) == [
        f"{part}kept as chapter 7.mid.json.journal.damaged-1.",
        "The editor was not closed the last time. 1 step was put back:",
        "MID 2899: Outcome",
    ]


def test_a_file_altered_from_outside_is_reported_to_writers_and_readers(
    tmp_path: Path,
) -> None:
    session = imported(tmp_path)
    session.close()
    shutil.rmtree(backups_of(session.path))
    with TinyDB(session.path) as database:
        database.table("records").update({"page": 943}, doc_ids=[ALASKA])
    changed = (
        "chapter 7.mid.json was changed after it was saved, by another program or a fault of the "
        "disk"
    )
    (reader,) = notice(session.path, read_only=True)
    assert reader.startswith(f"{changed}. Open it to be changed")
    (writer,) = notice(session.path)
    assert writer.startswith(f"{changed}, and there is no backup to tell what was changed.")
    assert writer.endswith("is kept as chapter 7.mid.json.outside-1.")
