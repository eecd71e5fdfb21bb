"""An SVG plot of cost against size, on logarithmic scales, with one line per measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from tests.benchmarks.stopwatch import Measured, format_amount

Points = Sequence[tuple[int, float]]
"""Numbers of records, and seconds."""

# By measure name: label and colour. The colours follow Okabe and Ito, safe for the colour-blind,
# and are dark enough for text on white.
SERIES: Mapping[str, tuple[str, str]] = {
    "save, beside the window’s work": ("save", "#7a4b00"),
    "window with rows, from the command": ("window with rows", "#000000"),
    "open a project": ("open", "#0060a8"),
    "filter by “quarantine”": ("filter by a word", "#b03a6f"),
    "sort by the dearest column": ("sort", "#00775a"),
    "count every facet": ("count facets", "#a34700"),
    "one durable edit": ("one durable edit", "#5b3fb0"),
}

_WIDTH, _HEIGHT = 860, 520
_LEFT, _TOP, _RIGHT, _BOTTOM = 84, 78, 206, 58
_LABEL_GAP = 19
"""Pixels between two labels."""


class Scale:
    """A logarithmic scale that maps numbers to pixels."""

    def __init__(self, least: float, most: float, first: float, last: float) -> None:
        self._least, self._span = log10(least), log10(most) - log10(least)
        self._first, self._length = first, last - first

    def __call__(self, number: float) -> float:
        """The position of a number in pixels."""
        share = (log10(number) - self._least) / self._span if self._span else 0.5
        return self._first + self._length * share


def growth(rows: Iterable[Measured]) -> dict[str, Points]:
    """The points of each line by measure name; measures without points are left out."""
    points: dict[str, list[tuple[int, float]]] = {what: [] for what in SERIES}
    for row in rows:
        if row.what in points and row.ours > 0:
            points[row.what].append((row.size, row.ours))
    return {what: sorted(pairs) for what, pairs in points.items() if pairs}


def draw_plot(lines: Mapping[str, Points]) -> str:
    """The plot of these lines as an SVG file; "" if there is nothing to draw."""
    if not lines:
        return ""
    sizes = sorted({size for points in lines.values() for size, _ in points})
    times = [seconds for points in lines.values() for _, seconds in points]
    lowest, highest = 10.0 ** floor(log10(min(times))), 10.0 ** ceil(log10(max(times)))
    across = Scale(sizes[0], sizes[-1], _LEFT, _WIDTH - _RIGHT)
    down = Scale(lowest, highest, _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="Inter, Helvetica, Arial, sans-serif" '
        'font-size="13" fill="#333" role="img">',
        "<title>How long things take, by number of records</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" rx="8" fill="#fff"/>',
        '<text x="24" y="34" font-size="17" font-weight="600" fill="#111">'
        "How cost grows with size</text>",
        '<text x="24" y="54" fill="#555">Both scales by powers of ten. '
        "What costs the same for each record runs along the dotted line</text>",
        *_grid(lowest, highest, down),
        *_ticks(sizes, across),
        *_proportion(across, down, sizes, (lowest, highest)),
        *_lines(lines, across, down),
        *_labels(lines, down),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid(lowest: float, highest: float, down: Scale) -> Iterable[str]:
    for power in range(round(log10(lowest)), round(log10(highest)) + 1):
        y = down(10.0**power)
        yield (
            f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#e3e3e3"/>'
            f'<text x="{_LEFT - 10}" y="{y + 4.5:.1f}" text-anchor="end" fill="#555">'
            f"{_power(power)}</text>"
        )


def _power(power: int) -> str:
    return f"{10**power} s" if power >= 0 else f"{10.0 ** (power + 3):g} ms"


def _ticks(sizes: Sequence[int], across: Scale) -> Iterable[str]:
    below = _HEIGHT - _BOTTOM
    for size in sizes:
        x = across(size)
        yield (
            f'<path d="M{x:.1f} {below}v6" stroke="#999"/>'
            f'<text x="{x:.1f}" y="{below + 22}" text-anchor="middle" fill="#555">{size:,}</text>'
        )
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    yield f'<text x="{middle}" y="{below + 44}" text-anchor="middle" fill="#555">records</text>'


def _proportion(
    across: Scale, down: Scale, sizes: Sequence[int], bounds: tuple[float, float]
) -> Iterable[str]:
    """The dotted line of a cost proportional to the number of records, if it fits in the plot."""
    lowest, highest = bounds
    begin = lowest * 2
    end = begin * sizes[-1] / sizes[0]
    if end < highest:
        yield (
            f'<path d="M{across(sizes[0]):.1f} {down(begin):.1f}L{across(sizes[-1]):.1f} '
            f'{down(end):.1f}" stroke="#777" stroke-width="1.5" stroke-dasharray="0.1 5" '
            'stroke-linecap="round"/>'
        )


def _lines(lines: Mapping[str, Points], across: Scale, down: Scale) -> Iterable[str]:
    for what, points in lines.items():
        color = SERIES[what][1]
        places = [(across(size), down(seconds)) for size, seconds in points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        yield f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>'
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}"/>'


def _labels(lines: Mapping[str, Points], down: Scale) -> Iterable[str]:
    """Labels at the ends of the lines, each with the last time, moved so that none overlap."""
    ends = {what: down(points[-1][1]) for what, points in lines.items()}
    for (what, end), y in zip(
        sorted(ends.items(), key=lambda item: item[1]), spread(sorted(ends.values())), strict=True
    ):
        words, color = SERIES[what]
        text = f"{words} {format_amount(lines[what][-1][1], 's')}"
        x = _WIDTH - _RIGHT
        yield (
            f'<path d="M{x + 6} {end:.1f}L{x + 14} {y:.1f}" stroke="{color}" stroke-opacity="0.5"/>'
            f'<text x="{x + 18}" y="{y + 4.5:.1f}" fill="{color}">{escape(text)}</text>'
        )


def spread(places: Sequence[float], gap: float = _LABEL_GAP) -> list[float]:
    """Move ascending positions as little as possible to leave ``gap`` between neighbours."""
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        while len(groups) > 1 and _top(groups[-1], gap) < _bottom(groups[-2], gap) + gap:
            last = groups.pop()
            groups[-1] += last
    return [_top(group, gap) + number * gap for group in groups for number in range(len(group))]


def _top(group: Sequence[float], gap: float) -> float:
    """The first position of a group centred on the mean of its original positions."""
    return sum(group) / len(group) - (len(group) - 1) * gap / 2


def _bottom(group: Sequence[float], gap: float) -> float:
    return _top(group, gap) + (len(group) - 1) * gap
