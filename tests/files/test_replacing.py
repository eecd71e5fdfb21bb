"""Files are replaced atomically."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from mideditor.files.replacing import NotDurable, create_file, remove_unfinished, replace_file
from mideditor.files.user_error import FileError
from tests.store.disk import sync_files_alone

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def test_a_file_is_created_and_replaced_and_no_other_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "chapter.txt"
    for data in (b"first", b"", b"third\x00"):
        replace_file(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_created_only_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "chapter.txt"
    assert create_file(path, b"first")
    assert not create_file(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileError, match="no-folder"):
        create_file(tmp_path / "no-folder" / "chapter.txt", b"")


def test_one_of_many_that_create_a_file_at_once_does(tmp_path: Path) -> None:
    path = tmp_path / "chapter.txt"
    made: dict[int, bool] = {}

    def create(number: int) -> None:
        made[number] = create_file(path, str(number).encode())

    makers = [Thread(target=create, args=(number,)) for number in range(20)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    [first] = [number for number, is_made in made.items() if is_made]
    assert path.read_bytes() == str(first).encode()
    assert list(tmp_path.iterdir()) == [path]


def test_only_the_temporary_files_of_a_killed_writer_are_removed(tmp_path: Path) -> None:
    path = tmp_path / "chapter [7].txt"
    replace_file(path, b"whole")
    left = tmp_path / ".chapter [7].txt.x1y2z3.unfinished"
    others = [
        tmp_path / name for name in (".chapter [7].txt", ".a.txt.b.unfinished", "c.unfinished")
    ]
    for file in (left, *others):
        file.write_bytes(b"part")
    remove_unfinished(path)
    assert sorted(tmp_path.iterdir()) == sorted([path, *others])


@posix
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    replace_file(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "chapter.txt"
    path.write_bytes(b"old")
    path.chmod(mode)
    replace_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    link.symlink_to(target)
    for data in (b"made", b"replaced"):
        replace_file(link, data)
        assert link.is_symlink()
        assert target.read_bytes() == data


@posix
def test_a_device_or_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    replace_file(Path(os.devnull), b"gone")
    assert Path(os.devnull).is_char_device()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    replace_file(pipe, b"through the pipe")
    reader.join()
    assert read == [b"through the pipe"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", [".", "no/such/folder.txt", "file/inside.txt", "loop"])
@posix
def test_a_failed_write_names_the_file_and_changes_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileError, match="It was not written and is as it was") as caught:
        replace_file(tmp_path / name, b"data")
    assert str(tmp_path / name) in str(caught.value)
    assert sorted(tmp_path.iterdir()) == before


@posix
@pytest.mark.parametrize("write", [replace_file, create_file])
def test_a_name_that_cannot_be_synced_is_told_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], object]
) -> None:
    path = tmp_path / "chapter.txt"
    monkeypatch.setattr(os, "fsync", sync_files_alone)
    with pytest.raises(NotDurable, match=r"chapter\.txt: Input/output error\. It was written, but"):
        write(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
