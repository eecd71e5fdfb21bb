"""A sample of the random work that `python -m tests.session.random_work 20000` does at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.random_work import RandomWork


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_records_are_always_what_the_log_says(tmp_path: Path, seed: int) -> None:
    work = RandomWork(tmp_path, seed)
    work.run(150)
    work.session.close()
