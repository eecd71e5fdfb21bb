"""Bytes of a text file to text: the encoding found out, invisible differences levelled.

What is levelled cannot be seen on paper (line endings, no-break spaces, ligatures, accents in two
parts); each kind is reported once. Line numbers stay as an editor counts them. A soft hyphen at a
line's end is left standing: it tells the reader that the word goes on.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

SOFT_HYPHEN = "\u00ad"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
_ODD_SPACES = re.compile("[\u00a0\u2007\u202f]")
_NOTHING = re.compile("[\u200b\ufeff]")
_INNER_SOFT_HYPHEN = re.compile(f"{SOFT_HYPHEN}(?![ \t]*(?:\n|\\Z))")
_BREAK_INSIDE_A_LINE = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CP1252_HOLES = b"\x81\x8d\x8f\x90\x9d"
_TOO_MANY_CONTROLS = 0.01
_SAMPLE = 65_536


class NotText(ValueError):
    """Bytes that are no text."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This file is not plain text: {why}. "
            "Save or extract it as plain text (UTF-8) and import that."
        )


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it is read, with what had to be levelled to read it."""

    text: str
    encoding: str
    notices: tuple[str, ...]


def decode(data: bytes) -> Decoded:
    """The text of a file: UTF-8, UTF-16 or -32, else Windows-1252. Raises NotText."""
    encoding = _encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"it begins like {encoding}, but byte {error.start} does not fit") from None
    _refuse_controls(text)
    return _levelled(text, encoding.removesuffix("-sig"))


def _encoding_of(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data:
        return _utf16_without_mark(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if not any(hole in data for hole in _CP1252_HOLES) else "latin-1"
    return "utf-8"


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    if len(data) % 2 == 0:
        for first_byte, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            zeros = sample[first_byte::2].count(0)
            others = sample[1 - first_byte :: 2].count(0)
            if zeros > 0.7 * pairs and others < 0.02 * pairs:
                return encoding
    raise NotText("it holds zero bytes, as programs, pictures and PDF files do")


def _refuse_controls(text: str) -> None:
    sample = text[:_SAMPLE]
    if "\x00" in text:
        raise NotText("it holds zero characters")
    if len(_CONTROL.findall(sample)) > _TOO_MANY_CONTROLS * len(sample):
        raise NotText("it holds many control characters")
    if text.startswith("%PDF-"):
        raise NotText("it is a PDF file")


def _levelled(text: str, encoding: str) -> Decoded:
    notices = []
    if encoding in ("cp1252", "latin-1"):
        notices.append("Read as Windows-1252: the file is not valid UTF-8.")
    for level, notice in _LEVELS:
        levelled = level(text)
        if levelled != text:
            notices.append(notice)
            text = levelled
    return Decoded(text, encoding, tuple(notices))


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _breaks_inside_lines(text: str) -> str:
    if not _BREAK_INSIDE_A_LINE.search(text):
        return text
    at_the_edge = re.sub("(?:(?<=\n)|\\A)[\x0b\x0c\x85]+|[\x0b\x0c\x85]+(?=\n|\\Z)", "", text)
    return _BREAK_INSIDE_A_LINE.sub(" ", at_the_edge)


_LEVELS: tuple[tuple[Callable[[str], str], str], ...] = (
    (_line_ends, "Line endings of Windows or old Mac were read as plain ones."),
    (_breaks_inside_lines, "Form feeds and other breaks inside lines were left out."),
    (lambda text: _ODD_SPACES.sub(" ", text), "No-break spaces were read as spaces."),
    (lambda text: _NOTHING.sub("", text), "Zero-width spaces were left out."),
    (lambda text: _INNER_SOFT_HYPHEN.sub("", text), "Soft hyphens inside lines were left out."),
    (lambda text: text.translate(_LIGATURES), "Ligatures (ﬁ, ﬂ …) were read as letters."),
    (lambda text: unicodedata.normalize("NFC", text), "Accents in two parts were put together."),
)
