"""Decodes the bytes of a text file: detects the encoding and normalises invisible differences.

Only differences that do not show in print are normalised (line endings, no-break spaces,
ligatures, decomposed accents), and each kind is reported once. Line numbers stay as a text editor
counts them. A soft hyphen at the end of a line is kept: it shows that the word continues.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

SOFT_HYPHEN = "\u00ad"

_BYTE_ORDER_MARKS = (
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
_ZERO_WIDTH = re.compile("[\u200b\ufeff]")
_INNER_SOFT_HYPHEN = re.compile(f"{SOFT_HYPHEN}(?![ \t]*(?:\n|\\Z))")
_INLINE_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_MAX_CONTROL_SHARE = 0.01
_SAMPLE_SIZE = 65_536


class NotText(ValueError):
    """The bytes are not text."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This file is not plain text: {why}. "
            "Save or extract it as plain text (UTF-8) and import that."
        )


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, with a notice for each kind of normalisation that changed it."""

    text: str
    encoding: str
    notices: tuple[str, ...]


def decode(data: bytes) -> Decoded:
    """Decode a file as UTF-8, UTF-16 or UTF-32, or failing that as Windows-1252. Raises NotText."""
    encoding = _detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"it begins like {encoding}, but byte {error.start} does not fit") from None
    _check_is_text(text)
    return _normalised(text, encoding.removesuffix("-sig"))


def _detect_encoding(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data:
        return _detect_utf16_without_mark(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if not any(byte in data for byte in _UNDEFINED_IN_CP1252) else "latin-1"
    return "utf-8"


def _detect_utf16_without_mark(data: bytes) -> str:
    sample = data[:_SAMPLE_SIZE]
    pairs = len(sample) // 2
    if len(data) % 2 == 0:
        for first_byte, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            zeros = sample[first_byte::2].count(0)
            others = sample[1 - first_byte :: 2].count(0)
            if zeros > 0.7 * pairs and others < 0.02 * pairs:
                return encoding
    raise NotText("it holds zero bytes, as programs, pictures and PDF files do")


def _check_is_text(text: str) -> None:
    sample = text[:_SAMPLE_SIZE]
    if "\x00" in text:
        raise NotText("it holds zero characters")
    if len(_CONTROL.findall(sample)) > _MAX_CONTROL_SHARE * len(sample):
        raise NotText("it holds many control characters")
    if text.startswith("%PDF-"):
        raise NotText("it is a PDF file")


def _normalised(text: str, encoding: str) -> Decoded:
    notices = []
    if encoding in ("cp1252", "latin-1"):
        notices.append("Read as Windows-1252: the file is not valid UTF-8.")
    for normalise, notice in _NORMALISATIONS:
        normalised = normalise(text)
        if normalised != text:
            notices.append(notice)
            text = normalised
    return Decoded(text, encoding, tuple(notices))


def _normalise_line_endings(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _remove_inline_breaks(text: str) -> str:
    if not _INLINE_BREAK.search(text):
        return text
    trimmed = re.sub("(?:(?<=\n)|\\A)[\x0b\x0c\x85]+|[\x0b\x0c\x85]+(?=\n|\\Z)", "", text)
    return _INLINE_BREAK.sub(" ", trimmed)


_NORMALISATIONS: tuple[tuple[Callable[[str], str], str], ...] = (
    (_normalise_line_endings, "Line endings of Windows or old Mac were read as plain ones."),
    (_remove_inline_breaks, "Form feeds and other breaks inside lines were left out."),
    (lambda text: _ODD_SPACES.sub(" ", text), "No-break spaces were read as spaces."),
    (lambda text: _ZERO_WIDTH.sub("", text), "Zero-width spaces were left out."),
    (lambda text: _INNER_SOFT_HYPHEN.sub("", text), "Soft hyphens inside lines were left out."),
    (lambda text: text.translate(_LIGATURES), "Ligatures (ﬁ, ﬂ …) were read as letters."),
    (lambda text: unicodedata.normalize("NFC", text), "Accents in two parts were put together."),
)
