"""Other programs that open the same records, where they are installed."""

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
_LONGEST = 90.0
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
    """A program, the options that come before the file, and the kind of file that it opens."""

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
    """What would have to be installed to measure all of them."""
    programs = [peer.program for peer in PEERS]
    return [program for program in (*programs, *_TOOLS) if shutil.which(program) is None]


def peer_measures(projects: Mapping[int, Path], windows: Mapping[int, float]) -> Iterator[Measured]:
    """How long each program takes until its window bears the file's name.

    ``projects`` are the project files by number of records, ``windows`` the seconds on the wall in
    which this program shows its rows.
    """
    if any(shutil.which(tool) is None for tool in _TOOLS):
        return
    with _screen():
        for size, path in projects.items():
            files = _written(path)
            for peer in PEERS:
                if shutil.which(peer.program) is not None:
                    seconds = _until_it_shows(peer, files[peer.ending])
                    what, beside = f"{peer.name} opens them", "our window with rows"
                    yield Measured(what, size, seconds, beside, windows.get(size, 0.0))


@contextmanager
def _screen() -> Iterator[None]:
    command = ["Xvfb", _DISPLAY, "-screen", "0", "1280x800x24"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as screen:
        try:
            time.sleep(1)
            yield
        finally:
            screen.terminate()


def _until_it_shows(peer: Peer, path: Path) -> float:
    """Seconds on the wall; as many as it was waited for where the window did not come."""
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    environment["DISPLAY"] = _DISPLAY
    begun = time.perf_counter()
    with subprocess.Popen(
        [peer.program, *peer.options, str(path)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        search = ["xdotool", "search", "--onlyvisible", "--name", path.name]
        while time.perf_counter() - begun < _LONGEST:
            found = subprocess.run(search, env=environment, capture_output=True, check=False)
            if found.stdout.strip():
                break
            time.sleep(0.01)
        seconds = time.perf_counter() - begun
        os.killpg(process.pid, signal.SIGKILL)
    return seconds


def _written(project: Path) -> dict[str, Path]:
    """The project's records as a CSV file and as an SQLite database, by their endings."""
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
