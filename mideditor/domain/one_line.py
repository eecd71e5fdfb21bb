"""Texts in one line, for lists and notes."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The words of a text with single spaces between them, without line breaks."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """A text of up to ``most`` characters; the rest of a longer one is an ellipsis."""
    return text if len(text) <= most else f"{text[:most]}…"
