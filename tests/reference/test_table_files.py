"""Which selected file is which table, by its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.files.user_error import FileError
from mideditor.reference.table_files import WrongTables, read_table_files
from mideditor.session.work import run_now
from tests.reference.tables import DISPUTES, PARTICIPANTS, written


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return {
        "disputes": written(tmp_path, "a.csv", DISPUTES),
        "participants": written(tmp_path, "b.csv", PARTICIPANTS),
    }


@pytest.mark.parametrize("order", [("disputes", "participants"), ("participants", "disputes")])
def test_the_order_of_the_files_does_not_matter(
    files: dict[str, Path], order: tuple[str, str]
) -> None:
    tables = run_now(read_table_files([files[name] for name in order]))
    assert tables.disputes.path.name == "a.csv"
    assert tables.participants is not None
    assert tables.participants.path.name == "b.csv"


def test_disputes_alone_are_enough(files: dict[str, Path]) -> None:
    assert run_now(read_table_files([files["disputes"]])).participants is None


def test_each_file_is_a_step_of_the_progress(files: dict[str, Path]) -> None:
    assert list(read_table_files(list(files.values()))) == [(0, 2), (1, 2), (2, 2)]


def test_files_that_are_not_a_pair_of_tables(files: dict[str, Path], tmp_path: Path) -> None:
    again = written(tmp_path, "again.csv", DISPUTES)
    with pytest.raises(WrongTables, match=r"a\.csv and again\.csv are tables of disputes"):
        run_now(read_table_files([files["disputes"], again]))
    with pytest.raises(WrongTables, match=r"b\.csv: the table of disputes is lacking"):
        run_now(read_table_files([files["participants"]]))
    with pytest.raises(FileError):
        run_now(read_table_files([tmp_path / "none.csv"]))
