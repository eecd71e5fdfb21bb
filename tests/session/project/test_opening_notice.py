"""What is told when a project was not found as it was left."""

from __future__ import annotations

import shutil
from pathlib import Path

from tinydb import TinyDB

from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.steps import StepKind
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.session import Session
from tests.session.chapters import ALASKA, TRAINER, imported
from tests.store.steps import backups_of, journal_of


def edited(folder: Path) -> Session:
    """Imported and saved, with two edits since."""
    session = imported(folder)
    session.save()
    session.edit(StepKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="Nobody won")
    session.edit(StepKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    return session


def crashed(folder: Path) -> Path:
    session = edited(folder)
    session.abandon()
    return session.path


def told(project: Path, *, read_only: bool = False) -> list[str]:
    with Session.open(project, "Ana", read_only=read_only) as session:
        return opening_notice(session)


def test_after_a_crash_each_record_is_named_with_its_fields(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    assert told(project) == [
        "The editor was not closed the last time. 2 steps were put back; nothing is missing:",
        "MID 2899: Outcome",
        "MID 2220: Fatalities",
    ]
    assert told(project) == []


def test_a_reader_of_what_another_has_open_is_told_nothing(tmp_path: Path) -> None:
    session = edited(tmp_path)
    assert told(session.path, read_only=True) == []
    session.close()
    assert told(session.path, read_only=True) == []


def test_a_file_that_is_gone_is_not_called_damaged(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    project.unlink()
    first, *_ = told(project)
    assert first.startswith(
        "chapter 7.mid.json was gone. It was opened from its newest backup, of "
    )
    assert first.endswith("(step 1).")


def test_a_damaged_file_is_named_with_the_backup_and_where_it_is_kept(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    project.write_bytes(project.read_bytes()[:-200])
    first, second, *_ = told(project)
    assert first.startswith("chapter 7.mid.json was damaged. It was opened from its newest backup")
    assert first.endswith("(step 1). The damaged file is kept as chapter 7.mid.json.damaged-1.")
    assert second.startswith("The editor was not closed the last time. 2 steps were put back; noth")


def test_a_journal_cut_short_is_told_to_a_writer_and_to_a_reader(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    journal_of(project).write_bytes(journal_of(project).read_bytes()[:-5])
    part = "A part of the journal could not be put back; it is "
    assert told(project, read_only=True) == [f"{part}left where it is."]
    assert told(project) == [
        f"{part}kept as chapter 7.mid.json.journal.damaged-1.",
        "The editor was not closed the last time. 1 step was put back:",
        "MID 2899: Outcome",
    ]


def test_a_file_altered_by_nobody_knows_whom_is_told_to_a_writer_and_to_a_reader(
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
    (reader,) = told(session.path, read_only=True)
    assert reader.startswith(f"{changed}. Open it to be changed")
    (writer,) = told(session.path)
    assert writer.startswith(f"{changed}, and there is no backup to tell what was changed.")
    assert writer.endswith("is kept as chapter 7.mid.json.outside-1.")
