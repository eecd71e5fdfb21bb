"""Bytes to text: encodings, normalisation of invisible differences, line numbers."""

from __future__ import annotations

import pytest

from mideditor.files.decoding import NotText, decode

PLAIN = "José said “no” – twice.\nThe end.\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_every_supported_encoding_is_detected(encoding: str, found: str) -> None:
    decoded = decode(PLAIN.encode(encoding))
    assert decoded.text == PLAIN
    assert decoded.encoding == found


def test_plain_text_needs_no_notice() -> None:
    assert decode(PLAIN.encode()).notices == ()
    assert decode(b"").text == ""


def test_a_windows_encoding_is_reported() -> None:
    assert decode(PLAIN.encode("cp1252")).notices == (
        "Read as Windows-1252: the file is not valid UTF-8.",
    )


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("end\n\fAsia 701\n", "end\nAsia 701\n"),
        ("end\f\nAsia 701\n", "end\nAsia 701\n"),
        ("one\fline\n", "one line\n"),
        ("Fatalities:\u00a0None\n", "Fatalities: None\n"),
        ("of\ufb01cers took \ufb02ight", "officers took flight"),
        ("mis\u00adsiles", "missiles"),
        ("Jose\u0301", "José"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_invisible_differences_are_normalised_and_reported_once(printed: str, read: str) -> None:
    decoded = decode((printed * 3).encode())
    assert decoded.text == read * 3
    assert len(decoded.notices) == 1


def test_a_soft_hyphen_at_a_line_end_is_kept() -> None:
    assert decode("mis\u00ad\nsiles".encode()).text == "mis\u00ad\nsiles"


def test_line_numbers_do_not_change() -> None:
    printed = "one\r\n\f\r\n\u2028two\x0bthree\r\n\u00ad\r\nfour"
    assert decode(printed.encode()).text.count("\n") == printed.count("\r\n")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x00\x00",
        b"%PDF-1.7\n1 0 obj",
        bytes(range(256)),
        "broken".encode("utf-16") + b"\x00",
        b"\xef\xbb\xbf\xff\xfe\xfa",
        b"\x01\x02\x03 text",
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(NotText, match="not plain text"):
        decode(data)
