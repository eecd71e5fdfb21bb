"""A committed step survives SIGKILL at any moment, and what is on disk is always readable."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from mideditor.domain.steps import Step, first_broken_link
from mideditor.store.project_store import ProjectStore
from tests.store.steps import files_of, numbers

ROOT = Path(__file__).parents[2]
KILLS = 30


def steps_until_killed(project: Path, patience: int) -> int:
    """Let a writer work until it has told of ``patience`` steps, and kill it; the last it told."""
    command = [sys.executable, "-m", "tests.store.writer", str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(patience)]
        writer.kill()
        told += writer.stdout.readlines()
    assert writer.returncode != 0
    return int([line for line in told if line.endswith(b"\n")][-1])


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")
def test_every_step_that_was_told_is_there_after_each_of_many_kills(tmp_path: Path) -> None:
    chance = random.Random(20260314)
    project = tmp_path / "chapter 7.mid.json"
    for _ in range(KILLS):
        last_told = steps_until_killed(project, chance.randint(1, 12))
        found = numbers(project)
        assert found == list(range(1, len(found) + 1))
        assert len(found) >= last_told
    store = ProjectStore.open(project)
    assert store.contents.records[1]["page"] == len(store.contents.log)
    assert (
        first_broken_link([Step.model_validate(step) for step in store.contents.log.values()])
        is None
    )
    store.close()
    with TinyDB(project) as database:
        assert len(database.table("log")) == len(store.contents.log)
    assert files_of(tmp_path) == [project.name]
