"""Other programs, where installed, that open the same records."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from tests.benchmarks.stopwatch import Measured

_DISPLAY = ":87"
_TOOLS = ("Xvfb", "xdotool")
_TIMEOUT = 90.0
_COLUMNS = (
    "dispute_number",
    "kind",
    "start_date",
    "end_date",
    "outcome",
    "settlement",
    "narrative",
)


@dataclass(frozen=True)
class Peer:
    """A program, the options before the file name, and the type of file that it opens."""

    name: str
    program: str
    options: tuple[str, ...]
    ending: str


PEERS = (
    Peer("DB Browser for SQLite", "sqlitebrowser", ("-t", "records"), "sqlite"),
    Peer(
        "LibreOffice Calc",
        "soffice",
        ("--norestore", "--nologo", "--calc", "--infilter=CSV:44,34,76"),
        "csv",
    ),
)


def absent() -> list[str]:
    """The programs that are missing to measure all peers."""
    programs = [peer.program for peer in PEERS]
    return [program for program in (*programs, *_TOOLS) if shutil.which(program) is None]


def peer_measures(projects: Mapping[int, Path], windows: Mapping[int, float]) -> Iterator[Measured]:
    """How long each program takes until its window title shows the file name.

    ``projects`` are project files by number of records, ``windows`` the wall times in which
    mideditor shows its rows.
    """
    if any(shutil.which(tool) is None for tool in _TOOLS):
        return
    with _screen():
        for size, path in projects.items():
            files = _export_files(path)
            for peer in PEERS:
                if shutil.which(peer.program) is not None:
                    seconds = _time_to_window(peer, files[peer.ending])
                    what, baseline = f"{peer.name} opens them", "our window with rows"
                    yield Measured(what, size, seconds, baseline, windows.get(size, 0.0))


@contextmanager
def _screen() -> Iterator[None]:
    command = ["Xvfb", _DISPLAY, "-screen", "0", "1280x800x24"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as screen:
        try:
            time.sleep(1)
            yield
        finally:
            screen.terminate()


def _time_to_window(peer: Peer, path: Path) -> float:
    """Wall time in seconds until the window appears, or the timeout if it does not."""
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    environment["DISPLAY"] = _DISPLAY
    started = time.perf_counter()
    with subprocess.Popen(
        [peer.program, *peer.options, str(path)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        search = ["xdotool", "search", "--onlyvisible", "--name", path.name]
        while time.perf_counter() - started < _TIMEOUT:
            found = subprocess.run(search, env=environment, capture_output=True, check=False)
            if found.stdout.strip():
                break
            time.sleep(0.01)
        seconds = time.perf_counter() - started
        os.killpg(process.pid, signal.SIGKILL)
    return seconds


def _export_files(project: Path) -> dict[str, Path]:
    """The project's records as a CSV file and an SQLite database, by file extension."""
    documents = orjson.loads(project.read_bytes())["records"]
    rows = [
        [number, *(_cell(document.get(name)) for name in _COLUMNS)]
        for number, document in documents.items()
    ]
    stem = project.parent / f"records-{len(rows)}"
    paths = {ending: stem.with_suffix(f".{ending}") for ending in ("csv", "sqlite")}
    with paths["csv"].open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", *_COLUMNS))
        writer.writerows(rows)
    with closing(sqlite3.connect(paths["sqlite"])) as database, database:
        database.execute(f"CREATE TABLE records (id INTEGER PRIMARY KEY, {', '.join(_COLUMNS)})")
        marks = ", ".join("?" * (1 + len(_COLUMNS)))
        database.executemany(f"INSERT INTO records VALUES ({marks})", rows)
    return paths


def _cell(value: object) -> str:
    if value is None:
        return ""
    return "\n\n".join(value) if isinstance(value, list) else str(value)
