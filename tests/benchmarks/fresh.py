"""Fresh processes: how long they take from the command on, and their peak memory.

They run without a display, in an environment of their own, with modules that are already compiled.
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
class Usage:
    """What a process used: seconds of wall time and of CPU time, and bytes of peak memory."""

    wall: float
    cpu: float
    memory: float


def isolate_environment(folder: Path) -> None:
    """Give this process and its children an environment of their own in ``folder``."""
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


def fresh(script: str, *arguments: object) -> Usage:
    """Run a script in a fresh process; what it reports by `UsageTimer.report`."""
    return _run(["-c", script], arguments)


def fresh_module(module: str, *arguments: object) -> Usage:
    """Run a module in a fresh process; wall time counts from the command on."""
    started = time.time()
    usage = _run(["-m", module], arguments)
    return Usage(usage.wall - started, usage.cpu, usage.memory)


def wall_time_of(*arguments: str) -> float:
    """The wall time of a Python process with these arguments, from start to end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, cwd=ROOT, check=True)
    return time.perf_counter() - started


def _run(options: list[str], arguments: tuple[object, ...]) -> Usage:
    command = [sys.executable, *options, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    wall, cpu, memory = map(float, done.stdout.split())
    return Usage(wall, cpu, memory)


class UsageTimer:
    """Measures, in a fresh process, what it uses from now on."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def report(self) -> None:
        """Print the usage since then, for `fresh`."""
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        print(wall, cpu, peak_memory(), flush=True)  # noqa: T201


def report_usage() -> None:
    """Print the time of day, the CPU time since the process started, and its peak memory."""
    print(time.time(), time.process_time(), peak_memory(), flush=True)  # noqa: T201


def peak_memory() -> int:
    """The peak memory of this process in bytes.

    On Linux getrusage inherits the peak of the parent process, so /proc is read instead.
    """
    if sys.platform == "linux":
        found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
        assert found is not None
        return int(found[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
