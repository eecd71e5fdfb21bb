"""A committed step survives SIGKILL at any moment, and the files stay readable."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.kills import OLD_PROJECTS

ROOT = Path(__file__).parents[2]
KILLS, SEED = 100, 20260314


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")
def test_every_reported_step_survives_many_kills() -> None:
    """`python -m tests.store.kills 1000 SEED` runs ten times as many kills."""
    command = [sys.executable, "-m", "tests.store.kills", str(KILLS), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == f"{KILLS} kills"
    assert lines[3:] == ["0 lost", "0 unreadable", "0 left"]
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")
def test_a_migration_killed_before_any_of_its_writes_loses_nothing() -> None:
    command = [sys.executable, "-m", "tests.store.killed_migration"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == len(OLD_PROJECTS)
    assert done.returncode == 0
