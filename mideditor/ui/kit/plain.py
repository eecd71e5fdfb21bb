"""User text in places where Qt would take it for markup or for a shortcut."""

from __future__ import annotations

from html import escape

_LONGEST_TIP = 2_000


def plain_tip(text: str) -> str | None:
    """A tool tip that shows ``text`` as it is, wrapped; None for no text."""
    if not text:
        return None
    shown = escape(text[:_LONGEST_TIP]).replace("\n", "<br>")
    return f"<qt><p style='white-space: normal'>{shown}</p></qt>"


def plain_caption(text: str) -> str:
    """A caption of a button in which an ampersand is an ampersand."""
    return text.replace("&", "&&")
