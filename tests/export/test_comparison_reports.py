"""Comparison reports: the same facts in every format, and no formulas or control characters."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from typing_extensions import override

from mideditor.domain.record import RecordId
from mideditor.domain.reports.comparison import Comparison, FieldComparison, Unmatched, Verdict
from mideditor.domain.reports.table_findings import TableFinding
from mideditor.export.comparison_reports import COMPARISON_FORMATS, TABLE_FORMATS

NASTY = '=1+1 <script>alert("x")</script>\n\x1b[31m'


def id_of(number: int) -> RecordId:
    """An id with the handle 00000001 for 1, and so on."""
    return number << 15


def compared(record: int, name: str, *values: str, note: str = "") -> FieldComparison:
    printed, current, published = values
    verdict = Verdict.AGREE if current == published else Verdict.DIFFER
    return FieldComparison(
        record=id_of(record),
        number=100 + record,
        title=f"MID {100 + record}",
        field=name,
        printed=printed,
        current=current,
        published=published,
        verdict=verdict,
        key="key",
        note=note,
    )


COMPARISON = Comparison(
    citation="MIDA.csv, version 4.01",
    entries=4,
    fields=(
        compared(1, "outcome", "Unclear", "Unclear", "Stalemate"),
        compared(2, "outcome", "Unclear", "Stalemate", "Stalemate"),
        compared(3, "outcome", "Released", "Released", "Released"),
        compared(4, "side_b", "365 Russia", "20 Canada", NASTY, note="Not here: Russia."),
    ),
    unpublished=(Unmatched(id_of(5), None, "May 1911, 100 Colombia / 135 Peru"),),
    missing=(Unmatched(None, 2221, "October 1970, 2 United States of America / 365 Russia"),),
    elsewhere=7,
    notices=("MIDA.csv, row 4: dispute 2 has a row already.",),
)
TEXT = """\
Outcome: printed (down) × published (across)
             5  7  8
 5 Stalemate ·  ·  ·
 7 Released  ·  1  ·
 8 Unclear   2  ·  ·
2 printed Unclear, published Stalemate: 1 left, 0 edited otherwise

MID 101 (record 00000001), outcome: differ: Unclear × Stalemate
MID 104 (record 00000004), side_b: differ: 20 Canada × =1+1 <script>alert("x")</script>  [31m (printed 365 Russia)  · Not here: Russia.
An entry without a number (record 00000005) is not published: May 1911, 100 Colombia / 135 Peru
MID 2221 is not here: October 1970, 2 United States of America / 365 Russia
4 entries beside MIDA.csv, version 4.01
Side B   1 differ
Outcome  2 agree, 1 differ
not published: 1
published of these dyads and not here: 1
published of other dyads: 7
"""  # noqa: E501
FINDING = TableFinding("side counts", NASTY, 12, 258, "numa is 23, but side A has 22 states.")


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    @override
    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_text() -> None:
    lines = COMPARISON_FORMATS["text"](COMPARISON).splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        " ".join(line.split()) for line in TEXT.splitlines()
    ]


def test_the_columns_of_the_matrix_are_aligned() -> None:
    lines = COMPARISON_FORMATS["text"](COMPARISON, only_matrices=True).splitlines()
    assert len({len(line) for line in lines[1:5]}) == 1
    assert "MID 101" not in "\n".join(lines)


def test_json() -> None:
    document = json.loads(COMPARISON_FORMATS["json"](COMPARISON))
    assert document["differences"][0] == {
        "dispute_number": 101,
        "record": id_of(1),
        "field": "outcome",
        "printed": "Unclear",
        "current": "Unclear",
        "published": "Stalemate",
        "verdict": "differ",
        "note": "",
        "key": "key",
    }
    assert document["counts"]["outcome"] == {"differ": 1, "agree": 2}
    assert document["matrices"]["outcome"][0] == {
        "printed": "Unclear",
        "published": "Stalemate",
        "count": 2,
        "left": 1,
        "edited": 0,
    }
    assert document["unpublished"][0]["record"] == id_of(5)
    assert (document["missing"][0]["number"], document["elsewhere"]) == (2221, 7)
    assert "differences" not in json.loads(
        COMPARISON_FORMATS["json"](COMPARISON, only_matrices=True)
    )


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(COMPARISON_FORMATS["csv"](COMPARISON))))
    assert [(row["dispute_number"], row["field"], row["verdict"]) for row in rows] == [
        ("101", "outcome", "differ"),
        ("104", "side_b", "differ"),
        ("", "record", "only here"),
        ("2221", "record", "only there"),
    ]
    assert rows[1]["published"] == f"'{NASTY}"
    cells = csv.DictReader(io.StringIO(COMPARISON_FORMATS["csv"](COMPARISON, only_matrices=True)))
    assert [(row["printed"], row["published"], row["count"]) for row in cells] == [
        ("Unclear", "Stalemate", "2"),
        ("Released", "Released", "1"),
    ]


def test_html_escapes_everything_and_needs_no_other_file() -> None:
    text = COMPARISON_FORMATS["html"](COMPARISON)
    page = Page(text)
    assert NASTY in page.texts
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert [value for name, value in page.attributes if name in ("src", "href")] == []
    assert "url(" not in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_html_shades_the_fault_and_leaves_its_number_readable() -> None:
    page = Page(COMPARISON_FORMATS["html"](COMPARISON, only_matrices=True))
    assert ("style", "--shade: 0.50") in page.attributes
    assert "2 / 1" in page.texts
    assert "MID 101" not in " ".join(page.texts)


def luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance, as defined by WCAG 2."""
    parts = [c / 255 for c in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_numbers_are_readable_on_the_darkest_shade(scheme: int) -> None:
    """A contrast of at least 4.5 to 1, with the colours defined in the page."""
    page = COMPARISON_FORMATS["html"](COMPARISON)

    def named(name: str) -> tuple[float, float, float]:
        value = page.split(f"--{name}: #")[1 + scheme][:6]
        red, green, blue = (int(value[n : n + 2], 16) for n in (0, 2, 4))
        return red, green, blue

    fault = [float(part) for part in page.split("--fault: ")[1].split(";")[0].split(",")]
    mixed = [0.5 * over + 0.5 * under for over, under in zip(fault, named("paper"), strict=True)]
    lights = sorted((luminance((mixed[0], mixed[1], mixed[2])), luminance(named("ink"))))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5


def test_findings_in_every_format() -> None:
    assert TABLE_FORMATS["text"]([FINDING]).count("\n") == 1
    assert "\x1b" not in TABLE_FORMATS["text"]([FINDING])
    assert json.loads(TABLE_FORMATS["json"]([FINDING]))[0]["row"] == 12
    [row] = csv.DictReader(io.StringIO(TABLE_FORMATS["csv"]([FINDING])))
    assert row["file"] == f"'{NASTY}"
    page = Page(TABLE_FORMATS["html"]([FINDING]))
    assert NASTY in page.texts
    assert "script" not in page.tags
    assert "Nothing was found." in Page(TABLE_FORMATS["html"]([])).texts
