"""Processes of their own: how long they take from the command on, and their peak of memory.

They are at nobody's desk: without a display, with folders that are not the user's, and with the
compiled modules that every start but the first finds.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FOLDERS = ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR")


@dataclass(frozen=True)
class Taken:
    """What a process told: seconds on the wall and of the processor, and bytes at its peak."""

    wall: float
    work: float
    memory: float


def stand_apart(folder: Path) -> None:
    """Give this process, and those that it starts, an environment of their own."""
    for name in [name for name in os.environ if name.startswith(("QT_", "XDG_", "PYTHON"))]:
        del os.environ[name]
    os.environ |= {f"XDG_{name}": str(folder / name.lower()) for name in _FOLDERS}
    os.environ |= {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "PYTHONPATH": str(ROOT),
    }
    (folder / "runtime_dir").mkdir(mode=0o700)


def fresh(script: str, *arguments: object) -> Taken:
    """What a script told by `Begun.tell`, run in a fresh process."""
    return _told(["-c", script], arguments)


def fresh_module(module: str, *arguments: object) -> Taken:
    """The same of a module; the time on the wall is from the command on."""
    begun = time.time()
    told = _told(["-m", module], arguments)
    return Taken(told.wall - begun, told.work, told.memory)


def run_through(*arguments: str) -> float:
    """The time on the wall of a Python process with these arguments, from start to end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, cwd=ROOT, check=True)
    return time.perf_counter() - begun


def _told(how: list[str], arguments: tuple[object, ...]) -> Taken:
    command = [sys.executable, *how, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    wall, work, memory = map(float, done.stdout.split())
    return Taken(wall, work, memory)


class Begun:
    """In a fresh process: a moment from which it tells how long something took."""

    def __init__(self) -> None:
        self._wall, self._work = time.perf_counter(), time.process_time()

    def tell(self) -> None:
        """Print what has passed since, for `fresh`."""
        wall, work = time.perf_counter() - self._wall, time.process_time() - self._work
        print(wall, work, peak_memory(), flush=True)  # noqa: T201


def tell_the_moment() -> None:
    """Print the time of day, the processor's time since the process began, and its memory."""
    print(time.time(), time.process_time(), peak_memory(), flush=True)  # noqa: T201


def peak_memory() -> int:
    """The most bytes that this process had in memory.

    On Linux the kernel hands getrusage the peak of the process before, so it is not asked there.
    """
    if sys.platform == "linux":
        found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
        assert found is not None
        return int(found[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
