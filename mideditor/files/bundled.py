"""Finds the files that ship with the program, in a checkout and in an installed wheel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mideditor.files.user_error import UserError

_PACKAGE = Path(__file__).resolve().parents[1]

ROOTS = (_PACKAGE, _PACKAGE.parent)
"""Where ``resources/`` and ``data/`` may stand: in the wheel's package, beside a checkout's."""


class NotBundled(UserError):
    """A file of the program's own that is in none of the places where it may stand."""

    def __init__(self, tried: Sequence[Path]) -> None:
        places = " nor ".join(map(str, tried))
        super().__init__(
            f"A file that belongs to mideditor is missing: it is neither {places}. "
            "Install mideditor again; your own projects are not touched by that."
        )


def bundled_path(*parts: str, roots: Sequence[Path] = ROOTS) -> Path:
    """The path of a file or folder that ships with us: ``bundled_path("resources", "states.csv")``.

    The first of ``roots`` that has it wins. Raises NotBundled.
    """
    candidates = [root.joinpath(*parts) for root in roots]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise NotBundled(candidates)
