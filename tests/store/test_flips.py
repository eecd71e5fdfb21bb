"""No flipped bit of a project goes unnoticed, and none crashes the program."""

from __future__ import annotations

from pathlib import Path

from tests.store.flips import FILES, flips

TIMES, SEED = 300, 20260314


def test_flipped_bits_are_harmless_repaired_or_reported(tmp_path: Path) -> None:
    """`python -m tests.store.flips 1000 SEED` prints the count of each outcome."""
    found = flips(TIMES, SEED, tmp_path)
    assert [what for what in found if "WRONG" in what] == []
    assert found.total() == 2 * TIMES
    for what in FILES:
        assert any(outcome.startswith(f"{what}, writer: ") for outcome in found)
    repaired = found["project, writer: as before, the flipped file set aside"]
    assert repaired > TIMES / len(FILES) * 0.8
