"""No export, report or picture takes the place of a project or of what is read for it."""

from __future__ import annotations

import ast
import gzip
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from mideditor.files.outputs import AlreadyThere, BadOutput, Output, check_new_project, output_to
from mideditor.files.replacing import create_file, replace_file
from mideditor.files.user_error import FileError, UserError

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")

ROOT = Path(__file__).parents[2]
PROJECT = '{"meta": {"1": {"format": "mideditor project", "version": 2}}, "records": {}}'
JOURNAL = '1f2e3d4c {"step":{"number":1}}\n'


def files(folder: Path) -> dict[str, object]:
    """Every file below a folder, with its contents and whether it is a link."""
    return {
        str(path.relative_to(folder)): (
            path.is_symlink(),
            path.read_bytes() if path.is_file() else path.lstat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
    }


# What a file holds that is a project under another name, and how it is made.
PROJECTS: dict[str, bytes] = {
    "as the editor writes it": PROJECT.encode(),
    "indented": json.dumps(json.loads(PROJECT), indent=8).encode(),
    "tables in another order": ('{"log": {"1": "' + "x" * 3_000_000 + '"},' + PROJECT[1:]).encode(),
    "format across a border of reading": b"{" + b" " * ((1 << 20) - 40) + PROJECT[1:].encode(),
    "with a byte order mark": PROJECT.encode("utf-8-sig"),
    "UTF-16": PROJECT.encode("utf-16"),
    "UTF-16 without a mark": PROJECT.encode("utf-16-be"),
    "torn": PROJECT[:60].encode(),
    "a backup": gzip.compress(PROJECT.encode()),
    "a journal": JOURNAL.encode(),
}


@pytest.mark.parametrize("content", PROJECTS.values(), ids=PROJECTS)
def test_a_project_is_recognised_by_what_it_holds(tmp_path: Path, content: bytes) -> None:
    target = tmp_path / "report.txt"
    target.write_bytes(content)
    with pytest.raises(BadOutput, match=r"report\.txt is a mideditor project.*another name"):
        output_to(target)
    assert target.read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dispute Number: 1",
        b'[{"id": 1, "narrative": "\\"format\\": \\"mideditor project\\""}]',
        b'{"entries": 2, "why": "\\"format\\": \\"mideditor project\\""}',
        gzip.compress(b"a text", mtime=0),
        b"\x1f\x8bcut",
        b"\xff\xfe",
    ],
)
def test_an_earlier_export_is_replaced(tmp_path: Path, content: bytes) -> None:
    target = tmp_path / "report.json"
    target.write_bytes(content)
    output_to(target).write(b"new")
    assert target.read_bytes() == b"new"


NAMES = (
    "other.mid.json",
    "OTHER.MID.JSON",
    "other.mid.json.journal",
    "other.mid.json.lock",
    "other.mid.json.Holder",
    "other.mid.json.backups",
    "other.mid.json.backups/x.txt",
    "other.mid.json.backups/x.lock",
    "other.mid.json.backups.ahead-1/x.gz",
    "other.mid.json.damaged-1",
    "other.mid.json.outside-12",
    "other.mid.json.journal.damaged-1",
    "book.journal",
    "book.lock",
    "book.holder",
    "book.backups",
    "book.damaged-1",
    "./folder/../book.lock",
    "folder-link/book.lock",
    "lost",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("there", [False, True])
@posix
def test_what_a_project_keeps_beside_it_is_recognised_by_its_name(
    tmp_path: Path, name: str, there: bool
) -> None:
    (tmp_path / "book").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "lost.journal").write_text(JOURNAL, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder-link").symlink_to(tmp_path)
    target = tmp_path / name
    if there:
        target.parent.mkdir(exist_ok=True)
        target.write_text("a text", encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(BadOutput) as caught:
        output_to(target)
    assert str(target) in str(caught.value)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["p.mid.json.txt", "mid.json", "book.lock", "a.journal", "x.backups", "a.damaged-1"]
)
def test_names_that_only_look_alike_are_written(tmp_path: Path, name: str) -> None:
    for _ in range(2):
        output_to(tmp_path / name, project=tmp_path / "p.mid.json").write(b"text")
    assert (tmp_path / name).read_bytes() == b"text"


LINKS: dict[str, Callable[[Path, Path], object]] = {
    "the file itself": lambda link, _target: link,
    "a symbolic link": lambda link, target: link.symlink_to(target),
    "a relative link": lambda link, target: link.symlink_to(target.name),
    "a hard link": lambda link, target: link.hardlink_to(target),
    "a link to a link": lambda link, target: _linked_twice(link, target),
}


def _linked_twice(link: Path, target: Path) -> None:
    middle = link.with_name("middle")
    middle.symlink_to(target)
    link.symlink_to(middle)


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize(
    "name", ["book", "book.lock", "book.journal", "chapter.txt", "MIDA.csv", "other"]
)
@posix
def test_links_lead_to_the_file_that_is_kept(tmp_path: Path, kind: str, name: str) -> None:
    for one in ("book", "book.lock", "book.journal", "chapter.txt", "MIDA.csv"):
        (tmp_path / one).write_text(one, encoding="utf-8")
    (tmp_path / "other").write_text(PROJECT, encoding="utf-8")
    target = tmp_path / (name if kind == "the file itself" else "report")
    LINKS[kind](target, tmp_path / name)
    before = files(tmp_path)
    with pytest.raises(BadOutput, match=target.name):
        output_to(
            target,
            project=tmp_path / "book",
            reading=[tmp_path / "chapter.txt", tmp_path / "MIDA.csv"],
        )
    assert files(tmp_path) == before


@posix
def test_a_link_to_nothing_that_would_make_a_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report").symlink_to(tmp_path / "new.mid.json")
    with pytest.raises(BadOutput):
        output_to(tmp_path / "report")


@pytest.mark.parametrize("name", ["new.mid.json", "new", "NEW", "./new"])
def test_a_project_that_is_only_to_be_made_is_kept_free(tmp_path: Path, name: str) -> None:
    project = tmp_path / ("new.mid.json" if "mid" in name else "new")
    with pytest.raises(BadOutput, match="is the project itself"):
        output_to(tmp_path / name, project=project)
    with pytest.raises(BadOutput, match="belongs to the project"):
        output_to(tmp_path / f"{name}.journal", project=project)


def test_names_are_checked_through_the_case_of_letters_where_the_system_knows_none(
    tmp_path: Path,
) -> None:
    (tmp_path / "chapter.txt").write_bytes(b"text")
    target = tmp_path / "CHAPTER.TXT"
    if target.exists():
        with pytest.raises(BadOutput):
            output_to(target, reading=[tmp_path / "chapter.txt"])
    else:
        output_to(target, reading=[tmp_path / "chapter.txt"]).write(b"other")
    assert (tmp_path / "chapter.txt").read_bytes() == b"text"


def test_what_has_changed_since_the_first_check_is_seen_when_it_is_written(tmp_path: Path) -> None:
    output = output_to(tmp_path / "report")
    (tmp_path / "report").write_text(PROJECT, encoding="utf-8")
    with pytest.raises(BadOutput):
        output.write(b"report")
    assert (tmp_path / "report").read_text(encoding="utf-8") == PROJECT


@pytest.mark.parametrize("name", ["no/such/report.txt", "file/report.txt", ".", "x" * 300])
def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"text")
    before = files(tmp_path)
    with pytest.raises(UserError, match="Nothing was written") as caught:
        output_to(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
    assert files(tmp_path) == before


@posix
def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    output_to(pipe).write(b"through the pipe")
    reader.join()
    assert (read, pipe.is_fifo()) == ([b"through the pipe"], True)
    output_to(Path(os.devnull)).write(b"gone")
    assert Path(os.devnull).is_char_device()


@posix
def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        with pytest.raises(BadOutput, match="socket is no ordinary file"):
            output_to(Path("socket"))
    assert Path("socket").is_socket()


WRITE = (
    "import sys; from pathlib import Path; from mideditor.files.outputs import output_to;"
    "print('before'); output_to(Path(sys.argv[1])).write(b'report\\n'); print('after')"
)


@posix
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "link"])
def test_standard_output_is_written_to_where_it_stands(tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to("/dev/stdout")
    (tmp_path / "log.txt").write_text("earlier\n", encoding="utf-8")
    with (tmp_path / "log.txt").open("a", encoding="utf-8") as log:
        subprocess.run(
            [sys.executable, "-c", WRITE, str(tmp_path / name)], stdout=log, check=True, cwd=ROOT
        )
    assert (tmp_path / "log.txt").read_text(encoding="utf-8") == "earlier\nbefore\nreport\nafter\n"
    piped = subprocess.run(
        [sys.executable, "-c", WRITE, str(tmp_path / name)],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert piped.stdout == b"before\nreport\nafter\n"


@posix
def test_a_project_that_standard_output_goes_into_is_kept(tmp_path: Path) -> None:
    project = tmp_path / "book"
    project.write_text(PROJECT, encoding="utf-8")
    with project.open("a", encoding="utf-8") as standard_output:
        failed = subprocess.run(
            [sys.executable, "-c", WRITE.replace("print('before');", ""), "/dev/stdout"],
            stdout=standard_output,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
        )
    assert b"BadOutput" in failed.stderr
    assert project.read_text(encoding="utf-8") == PROJECT


@pytest.mark.parametrize("there", ["p", "p.mid.json", "p.journal", "p.lock", "p.backups"])
def test_a_new_project_replaces_nothing_and_adopts_nothing(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("text", encoding="utf-8")
    path = tmp_path / ("p.mid.json" if there == "p.mid.json" else "p")
    with pytest.raises(AlreadyThere, match="is there already"):
        check_new_project(path)
    check_new_project(tmp_path / "other.mid.json")


WRITERS = {
    "files/replacing.py": "it is what replaces",
    "files/outputs.py": "it is the check",
    "files/error_log.py": "the program's own log",
    "session/preferences.py": "the program's own settings",
    "session/sample.py": "a new file, and backups without a project, which are kept",
    "reference/state_list.py": "the user's state list, in the program's own settings",
    "ui/look/icons.py": "pictures for the style sheet, in the program's own cache",
}
"""The modules outside the store that replace or remove files, and which these are."""

_WRITING = {"write_bytes", "write_text", "unlink", "rmtree", "rmdir", "touch", "truncate"}
_WRITING |= {"copyfile", "copy2", "copytree", "removedirs", "replace_file", "create_file", "rename"}


def _calls(tree: ast.AST) -> Iterator[str]:
    """The names of the calls in a module that write, replace or remove a file."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        constants = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        opens = name in ("open", "fdopen") and any(
            isinstance(mode, str) and set(mode) & set("wax+") for mode in constants
        )
        saves_picture = name == "save" and any(isinstance(arg, ast.Call) for arg in node.args)
        if name in _WRITING or opens or saves_picture:
            yield name


def test_no_other_module_writes_or_removes_files() -> None:
    package = ROOT / "mideditor"
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(_calls(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert {name for name in found if not name.startswith("store/")} == WRITERS.keys()


@posix
def test_a_path_through_a_folder_that_is_not_there_leads_to_no_file(tmp_path: Path) -> None:
    (tmp_path / "MIDA.csv").write_bytes(b"table")
    (tmp_path / "link").symlink_to("no-folder/../MIDA.csv")
    for name in ("no-folder/../MIDA.csv", "link", "MIDA.csv/../MIDA.csv"):
        with pytest.raises(FileError, match="Nothing was written"):
            output_to(tmp_path / name, reading=[tmp_path / "MIDA.csv"])
        for write in (replace_file, create_file):
            with pytest.raises(FileError):
                write(tmp_path / name, b"other")
    assert (tmp_path / "MIDA.csv").read_bytes() == b"table"


def test_a_source_that_is_not_there_is_no_fault_of_the_output(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "loop").symlink_to("loop")
    for source in ("file/inside.csv", "loop", "no/such.csv"):
        for target in ("file", "new"):
            output_to(tmp_path / target, reading=[tmp_path / source])


def test_an_output_names_what_it_is_for(tmp_path: Path) -> None:
    output = Output(tmp_path / "a", tmp_path / "p", (tmp_path / "b",))
    output.check()
    with pytest.raises(FileError):
        Output(tmp_path / "no" / "a").check()
