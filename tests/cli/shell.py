"""Runs the command line in a process of its own, or faster in this process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from mideditor.cli.group import mideditor

ROOT = Path(__file__).parents[2]


def in_shell(*arguments: str | Path, exit_code: int = 0) -> str:
    """Run mideditor in a process of its own and return its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "mideditor", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == exit_code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def call(*arguments: str | Path) -> Result:
    """Run a command in this process; unexpected errors are raised."""
    return CliRunner().invoke(mideditor, [str(a) for a in arguments], catch_exceptions=False)


def succeed(*arguments: str | Path) -> str:
    """Run a command that must succeed and return its standard output."""
    result = call(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout
