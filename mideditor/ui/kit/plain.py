"""Escapes user text where Qt would read it as markup or as a mnemonic."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_LONGEST_TIP = 2_000


def plain_tip(text: str) -> str | None:
    """A tool tip that shows ``text`` literally and wraps it; None for empty text."""
    if not text:
        return None
    shown = escape(text[:_LONGEST_TIP]).replace("\n", "<br>")
    return f"<qt><p style='white-space: normal'>{shown}</p></qt>"


def plain_caption(text: str) -> str:
    """A caption of a button or menu entry in which an ampersand stays an ampersand."""
    return text.replace("&", "&&")


def captions_with_keys(labels: Sequence[str]) -> list[str]:
    """The captions of a menu, each with a letter of its own to choose it by, as far as there are.

    The letter is the first of a word where it can be.
    """
    taken: set[str] = set()
    captions: list[str] = []
    for label in labels:
        starts = [at for at in range(len(label)) if at == 0 or label[at - 1] == " "]
        free = [at for at in (*starts, *range(len(label))) if _is_free(label[at], taken)]
        at = free[0] if free else len(label)
        taken.add(label[at : at + 1].casefold())
        captions.append(
            f"{plain_caption(label[:at])}{'&' if free else ''}{plain_caption(label[at:])}"
        )
    return captions


def _is_free(letter: str, taken: set[str]) -> bool:
    return letter.isalpha() and letter.casefold() not in taken
