"""Paints the progress charts, on the screen and into picture files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mideditor.domain.record import RecordId
from mideditor.files.bundled import bundled_path
from mideditor.session.log.progress_charts import Weeks, Years
from mideditor.ui.look.theme import Tokens

_MARGIN, _GAP = 8.0, 12.0
_SWATCH = 11.0
_MIN_COLUMN = 2.0
_MAX_COLUMN = 28.0
_TICKS = 4


@dataclass(frozen=True)
class Bar:
    """A painted segment of a column. Bars of weeks have a count but no records."""

    rect: QRectF
    category: str
    period: str
    records: Sequence[RecordId] = ()
    count: int = 0


@cache
def _colours(is_dark: bool) -> list[QColor]:
    table = tomllib.loads(bundled_path("resources", "themes", "charts.toml").read_text("utf-8"))
    return [QColor(name) for name in table["dark" if is_dark else "light"]]


def colour_of(tokens: Tokens, number: int) -> QColor:
    """The colour of a category by its index."""
    colours = _colours("dark" in tokens.name)
    return colours[number % len(colours)]


def paint_years(painter: QPainter, rect: QRectF, years: Years, tokens: Tokens) -> list[Bar]:
    """Paint the entries of each year as a column stacked by category; returns the bars."""
    metrics = QFontMetricsF(painter.font())
    totals = years.totals()
    legend = [(name, count, years.categories.index(name)) for name, count in totals.items()]
    plot = _paint_frame(painter, rect, legend, years.highest(), tokens)
    span = max(years.last - years.first + 1, 1)
    width = min(max(plot.width() / span, _MIN_COLUMN), _MAX_COLUMN)
    _paint_year_labels(painter, plot, years, width, tokens, metrics)
    bars = list(_year_bars(plot, years, width))
    for bar in bars:
        colour = colour_of(tokens, years.categories.index(bar.category))
        painter.fillRect(bar.rect.adjusted(0, 0, -1 if width > 4 else 0, 0), colour)
    return bars


def paint_weeks(painter: QPainter, rect: QRectF, weeks: Weeks, tokens: Tokens) -> list[Bar]:
    """Paint the steps of each week as a column stacked by coder; returns the bars."""
    legend = [
        (coder, sum(n for (_, who), n in weeks.steps.items() if who == coder), number)
        for number, coder in enumerate(weeks.coders)
    ]
    plot = _paint_frame(painter, rect, legend, weeks.highest(), tokens)
    width = min(plot.width() / max(len(weeks.mondays), 1), _MAX_COLUMN)
    bars = list(_week_bars(plot, weeks, width))
    for bar in bars:
        colour = colour_of(tokens, weeks.coders.index(bar.category))
        painter.fillRect(bar.rect.adjusted(0, 0, -1, 0), colour)
    if weeks.mondays:
        painter.setPen(tokens.color("text-quiet"))
        below = QRectF(plot.left(), plot.bottom() + 2, plot.width(), _GAP * 1.6)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"week of {weeks.mondays[0]:%d %b %Y}")
    return bars


def _paint_frame(
    painter: QPainter,
    rect: QRectF,
    legend: Sequence[tuple[str, int, int]],
    highest: int,
    tokens: Tokens,
) -> QRectF:
    """Paint legend, grid lines and axis labels; returns the rectangle for the columns."""
    metrics = QFontMetricsF(painter.font())
    top = _paint_legend(painter, rect, legend, tokens, metrics)
    axis_width = metrics.horizontalAdvance(str(highest)) + _GAP
    below = metrics.height() + 4
    plot = QRectF(
        rect.left() + axis_width,
        top + _MARGIN,
        max(rect.width() - axis_width - _MARGIN, 1),
        max(rect.bottom() - below - top - _MARGIN, 1),
    )
    for value in _ticks(highest):
        y = plot.bottom() - plot.height() * value / max(highest, 1)
        painter.setPen(QPen(tokens.color("border"), 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(tokens.color("text-quiet"))
        box = QRectF(rect.left(), y - metrics.height() / 2, axis_width - 6, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(value))
    return plot


def _paint_legend(
    painter: QPainter,
    rect: QRectF,
    legend: Sequence[tuple[str, int, int]],
    tokens: Tokens,
    metrics: QFontMetricsF,
) -> float:
    x, y = rect.left() + _MARGIN, rect.top()
    for name, count, number in legend:
        text = f"{name} {count}"
        width = _SWATCH + 5 + metrics.horizontalAdvance(text) + _GAP
        if x + width > rect.right() and x > rect.left() + _MARGIN:
            x, y = rect.left() + _MARGIN, y + metrics.height() + 3
        middle = y + metrics.height() / 2
        swatch = QRectF(x, middle - _SWATCH / 2, _SWATCH, _SWATCH)
        painter.fillRect(swatch, colour_of(tokens, number))
        painter.setPen(tokens.color("text"))
        painter.drawText(QPointF(x + _SWATCH + 5, y + metrics.ascent()), text)
        x += width
    return y + metrics.height()


def _year_bars(plot: QRectF, years: Years, width: float) -> Iterator[Bar]:
    unit = plot.height() / max(years.highest(), 1)
    for year, by_category in years.entries.items():
        bottom = plot.bottom()
        for category in years.categories:
            records = by_category.get(category, ())
            height = unit * len(records)
            if records:
                left = plot.left() + (year - years.first) * width
                rect = QRectF(left, bottom - height, width, height)
                yield Bar(rect, category, str(year), records, len(records))
            bottom -= height


def _week_bars(plot: QRectF, weeks: Weeks, width: float) -> Iterator[Bar]:
    unit = plot.height() / max(weeks.highest(), 1)
    for number, monday in enumerate(weeks.mondays):
        bottom = plot.bottom()
        for coder in weeks.coders:
            count = weeks.steps.get((monday, coder), 0)
            height = unit * count
            if count:
                rect = QRectF(plot.left() + number * width, bottom - height, width, height)
                yield Bar(rect, coder, f"week of {monday:%d %B %Y}", (), count)
            bottom -= height


def _paint_year_labels(
    painter: QPainter,
    plot: QRectF,
    years: Years,
    width: float,
    tokens: Tokens,
    metrics: QFontMetricsF,
) -> None:
    label_width = metrics.horizontalAdvance("0000") + _GAP
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if step * width >= label_width)
    painter.setPen(tokens.color("text-quiet"))
    for year in range(-(-years.first // step) * step, years.last + 1, step):
        x = plot.left() + (year - years.first + 0.5) * width
        left = min(x - label_width / 2, plot.right() - label_width + _GAP / 2)
        box = QRectF(left, plot.bottom() + 2, label_width, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(year))


def _ticks(highest: int) -> range:
    step = max(1, -(-highest // _TICKS))
    return range(0, highest + 1, step)
