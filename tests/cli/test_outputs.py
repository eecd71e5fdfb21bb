"""No command writes its report over a project, what belongs to it, or what it reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from tinydb import TinyDB

from mideditor.domain.changes import ChangeKind
from mideditor.files.bundled import bundled_path
from mideditor.files.project_name import BESIDE
from mideditor.files.user_error import FileError
from mideditor.session.project.opening import open_or_read
from mideditor.session.session import Session
from tests.cli.shell import ROOT, call, succeed
from tests.reference.tables import DISPUTES, PARTICIPANTS, written
from tests.session.chapters import CHAPTER

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")

TABLES = ["--disputes", "MIDA.csv", "--participants", "MIDB.csv"]

WRITERS: dict[str, list[str]] = {
    "export": ["export", "p.mid.json", "--to"],
    "export json": ["export", "p.mid.json", "--format", "json", "--to"],
    "check": ["check", "p.mid.json", "--states", "states.csv", "--to"],
    "check --fix": ["check", "p.mid.json", "--fix", "repeated words", "--why", "Misprint", "--to"],
    "compare": ["compare", "p.mid.json", *TABLES, "--to"],
    "compare --take": [
        *["compare", "p.mid.json", *TABLES, "--take", "outcome", "--kind", "coding"],
        *["--why", "As published", "--to"],
    ],
    "check the tables": ["compare", *TABLES, "--check-tables", "--to"],
    "import": ["import", "p.mid.json", "more.txt", "--report"],
    "import into a new project": ["import", "new.mid.json", "more.txt", "--report"],
}

PROJECTS = (
    "p.mid.json",
    "folder/../p.mid.json",
    "p-link.txt",
    "p-hard.txt",
    "p-twice.txt",
    "p.mid.json.journal",
    "p.mid.json.lock",
    "p.mid.json.holder",
    "p.mid.json.backups/new.txt",
    "a backup",
    "backup-link.txt",
    "journal-hard.txt",
    "other.mid.json",
    "other.txt",
    "other.txt.journal",
    "other.txt.lock",
    "other.txt.backups/new.txt",
    "tinydb.json",
    "link-to-nothing",
    "folder",
    "no/such/folder.txt",
    "p.mid.json/inside.txt",
    "loop",
)
"""What no command may replace, whatever it does."""

READ = [
    ("check", "states.csv"),
    ("compare", "MIDA.csv"),
    ("compare", "MIDB.csv"),
    ("compare", "MIDA-link.csv"),
    ("compare", "folder/../MIDA.csv"),
    ("check the tables", "MIDA.csv"),
    ("check the tables", "MIDA-link.csv"),
    ("import", "more.txt"),
    ("import", "more-link.txt"),
    ("import into a new project", "new.mid.json"),
    ("import into a new project", "folder/../new.mid.json"),
    ("import into a new project", "new.mid.json.journal"),
    ("import into a new project", "new.mid.json.lock"),
    ("import into a new project", "new.mid.json.backups"),
]
"""What one command may not replace since it reads or makes it."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: two projects, of which one was left by a killed editor, and sources."""
    monkeypatch.chdir(tmp_path)
    texts = {"chapter.txt": CHAPTER, "MIDA.csv": DISPUTES, "MIDB.csv": PARTICIPANTS}
    for name, text in texts.items():
        written(tmp_path, name, text)
    written(tmp_path, "more.txt", CHAPTER.replace("2899", "2898"))
    shutil.copy(bundled_path("resources", "states.csv"), "states.csv")
    succeed("import", "p.mid.json", "chapter.txt")
    shutil.copy("p.mid.json", "other.mid.json")
    shutil.copy("p.mid.json", "other.txt")
    shutil.copy("p.mid.json", "tinydb.json")
    with TinyDB("tinydb.json", indent=4) as database:
        database.table("notes").insert({"text": "a table of the user’s own"})
    with Session.open(Path("p.mid.json"), "Ana") as session:
        session.edit(ChangeKind.CORRECTION, {session.ids()[0]: {"page": 7}}, reason="Misread")
        journal = Path("p.mid.json.journal").read_bytes()
    Path("p.mid.json.journal").write_bytes(journal)
    for name, target in {
        "p-link.txt": "p.mid.json",
        "p-twice.txt": "p-link.txt",
        "backup-link.txt": str(backup(tmp_path)),
        "link-to-nothing": "nothing.mid.json",
        "MIDA-link.csv": "MIDA.csv",
        "more-link.txt": "more.txt",
        "loop": "loop",
    }.items():
        Path(name).symlink_to(target)
    Path("p-hard.txt").hardlink_to("p.mid.json")
    Path("journal-hard.txt").hardlink_to("p.mid.json.journal")
    Path("folder").mkdir()
    return tmp_path


def backup(folder: Path) -> Path:
    return next((folder / "p.mid.json.backups").iterdir())


def state(folder: Path) -> dict[str, object]:
    """Everything below a folder: what it is, when it was changed and what it holds."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
        if path != folder / "folder"
    }


def assert_refused(folder: Path, writer: str, target: str) -> None:
    before = state(folder)
    result = call(*WRITERS[writer], target)
    assert result.exit_code == 2
    assert target in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert state(folder) == before


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("target", PROJECTS)
def test_no_report_takes_the_place_of_a_project(folder: Path, writer: str, target: str) -> None:
    assert_refused(folder, writer, str(backup(folder)) if target == "a backup" else target)


@pytest.mark.parametrize(("writer", "target"), READ)
def test_no_report_takes_the_place_of_what_is_read(folder: Path, writer: str, target: str) -> None:
    assert_refused(folder, writer, target)


WRITE = [name for name in WRITERS if name not in ("check --fix", "compare --take")]


@pytest.mark.parametrize("writer", WRITE)
def test_an_earlier_report_is_replaced(folder: Path, writer: str) -> None:
    for content in ("", "an earlier report", "[]", "{}"):
        Path("report.json").write_text(content, encoding="utf-8")
        assert call(*WRITERS[writer], "report.json").exit_code in (0, 1)
        assert Path("report.json").read_text(encoding="utf-8") != content or content == ""


@pytest.mark.parametrize("writer", WRITE)
def test_a_pipe_is_written_into(folder: Path, writer: str) -> None:
    os.mkfifo("pipe")
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(Path("pipe").read_bytes()))
    reader.start()
    result = call(*WRITERS[writer], "pipe")
    reader.join()
    assert result.exit_code in (0, 1)
    assert Path("pipe").is_fifo()
    call(*WRITERS[writer], "plain")
    assert len(read) == 1
    if not writer.startswith("import"):
        assert read == [Path("plain").read_bytes()]


def test_an_export_to_standard_output_is_appended_where_it_is_appended(folder: Path) -> None:
    Path("log.txt").write_text("earlier\n", encoding="utf-8")
    command = [sys.executable, "-m", "mideditor", "export", "p.mid.json", "--to", "/dev/stdout"]
    with Path("log.txt").open("a", encoding="utf-8") as log:
        subprocess.run(command, stdout=log, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    exported = succeed("export", "p.mid.json", "--to", "-")
    assert Path("log.txt").read_text(encoding="utf-8") == f"earlier\n{exported}"


@pytest.mark.parametrize("command", [["log"], ["export", "--to", "-"], ["check"], ["import"]])
def test_nothing_is_appended_to_the_project_itself(folder: Path, command: list[str]) -> None:
    before = Path("p.mid.json").read_bytes()
    name, *options = command
    texts = ["more.txt"] if name == "import" else []
    arguments = [sys.executable, "-m", "mideditor", name, "p.mid.json", *texts, *options]
    with Path("p.mid.json").open("ab") as standard_output:
        done = subprocess.run(
            arguments,
            stdout=standard_output,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"p.mid.json is where the standard output goes" in done.stderr
    assert Path("p.mid.json").read_bytes() == before


@pytest.mark.parametrize("project", ["no-folder/../p.mid.json", "chapter.txt/../p.mid.json"])
def test_no_project_is_made_in_the_place_of_another_by_a_path_that_leads_nowhere(
    folder: Path, project: str
) -> None:
    before = state(folder)
    result = call("import", project, "more.txt")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert project in result.stderr
    assert state(folder) == before
    with pytest.raises(FileError, match="Nothing was written"):
        open_or_read(Path(project), "Ana", create=True)
    assert state(folder) == before


def test_whatever_an_open_project_keeps_on_disk_is_refused(folder: Path) -> None:
    succeed("import", "book", "chapter.txt")
    with Session.open(Path("book"), "Ana") as session:
        session.edit(ChangeKind.CORRECTION, {session.ids()[0]: {"page": 7}}, reason="Misread")
        kept = [path for path in folder.rglob("*") if "book" in str(path.relative_to(folder))]
        assert {path.name.removeprefix("book") for path in kept} >= {"", *BESIDE}
        for path in kept:
            for writer in ("export", "check the tables"):
                assert_refused(folder, writer, str(path))
