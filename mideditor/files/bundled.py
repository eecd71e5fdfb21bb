"""Finds the files that ship with the program, in a checkout and in an installed wheel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mideditor.files.user_error import UserError

_PACKAGE = Path(__file__).resolve().parents[1]

ROOTS = (_PACKAGE, _PACKAGE.parent)
"""Where ``resources/`` and ``data/`` may be: inside the package (wheel) or beside it (checkout)."""


class NotBundled(UserError):
    """A bundled file that was found in none of the places it may be in."""

    def __init__(self, tried: Sequence[Path]) -> None:
        places = " nor ".join(map(str, tried))
        super().__init__(
            f"A file that belongs to mideditor is missing: it is neither {places}. "
            "Install mideditor again; your own projects are not touched by that."
        )


def bundled_path(*parts: str, roots: Sequence[Path] = ROOTS) -> Path:
    """The path of a bundled file or folder, such as ``bundled_path("resources", "states.csv")``.

    The first of ``roots`` that has it is used. Raises NotBundled.
    """
    candidates = [root.joinpath(*parts) for root in roots]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise NotBundled(candidates)
