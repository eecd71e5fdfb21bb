"""Escapes user text where Qt would read it as markup or as a mnemonic."""

from __future__ import annotations

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
