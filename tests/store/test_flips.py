"""No flipped bit of a project goes by unseen, and none stops the program."""

from __future__ import annotations

from pathlib import Path

from tests.store.flips import FILES, flips

TIMES, SEED = 300, 20260314


def test_flipped_bits_are_harmless_healed_or_told(tmp_path: Path) -> None:
    """`python -m tests.store.flips 1000 SEED` prints how often each outcome was."""
    found = flips(TIMES, SEED, tmp_path)
    assert [what for what in found if "WRONG" in what] == []
    assert found.total() == 2 * TIMES
    for what in FILES:
        assert any(outcome.startswith(f"{what}, writer: ") for outcome in found)
    healed = found["project, writer: as before, the flipped file kept aside"]
    assert healed > TIMES / len(FILES) * 0.8
