"""`python -m tests.benchmarks` measures, prints a line each, and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mideditor.files.gc_tuning import collect_young_only
from mideditor.files.outputs import output_to
from mideditor.reference.state_list import bundled_states
from tests.benchmarks.at_the_desk import at_the_desk
from tests.benchmarks.check_measures import check_measures
from tests.benchmarks.fresh import isolate_environment
from tests.benchmarks.output_option import output_option
from tests.benchmarks.page import page
from tests.benchmarks.peers import absent, peer_measures
from tests.benchmarks.plot import draw_plot, growth
from tests.benchmarks.startup_measures import command_line, first_rows
from tests.benchmarks.stopwatch import BOOK, Measured, format_amount
from tests.benchmarks.store_measures import big_project, compare_edit_costs, store_measures
from tests.benchmarks.text_measures import text_measures

_TEXT = "Text in and out"
_FILE = "The project file"
_START = "From the command to the rows"
_DESK = "Table, search and window"
_CHECKS = "Checks and comparison"
_COMMANDS = "The command line"
_PEERS = "Other programs"
_PICTURE = "pictures/growth.svg"
_NOTES = {
    _CHECKS: "Of 100,000 records every fifth is checked. Nearly all are compared.",
    _DESK: (
        "Ready is what is done in the background after opening, while nobody waits. The made-up "
        "records have five findings each, a book has not even one: so much of the memory is theirs."
    ),
}


def main() -> None:
    """Measure, print and write."""
    options = _options()
    collect_young_only()  # as the program does
    started = time.perf_counter()
    themes: dict[str, list[Measured]] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        isolate_environment(Path(folder))
        for theme, measured in _measure_all(options.records, Path(folder)):
            themes.setdefault(theme, []).append(measured)
            print(f"{time.perf_counter() - started:4.0f} s {_line(measured)}", flush=True)  # noqa: T201
    rows = [row for of_theme in themes.values() for row in of_theme]
    picture = options.to.path.parent / _PICTURE
    picture.parent.mkdir(parents=True, exist_ok=True)
    output_to(picture).write(draw_plot(growth(rows)).encode("utf-8"))
    text = page(
        themes,
        _PICTURE,
        {**_NOTES, _PEERS: _not_installed()},
        minutes=f"{(time.perf_counter() - started) / 60:.1f} minutes",
        computer=f"{platform.machine()}, Python {platform.python_version()}",
        states=str(len(bundled_states())),
    )
    options.to.write(text.encode("utf-8"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[BOOK, 20_000, 100_000])
    parser.add_argument("--to", type=output_option, default="docs/benchmarks.md")
    return parser.parse_args()


def _measure_all(sizes: Sequence[int], folder: Path) -> Iterator[tuple[str, Measured]]:
    """Take every measure, with its theme."""
    yield from _with_theme(_COMMANDS, command_line())
    yield from _with_theme(_TEXT, text_measures(sizes, folder))
    projects = {size: folder / str(size) / "p.mid.json" for size in sizes}
    windows: dict[int, float] = {}
    for size, path in projects.items():
        path.parent.mkdir()
        big_project(path, size)
        yield from _with_theme(_FILE, store_measures(path, size))
        for measured in first_rows(path, size):
            yield _START, measured
            if not measured.baseline:
                windows[size] = measured.ours
        yield from _with_theme(_CHECKS, check_measures(path, size))
        yield from _with_theme(_DESK, at_the_desk(path, size))
    if len(sizes) > 1:
        yield _FILE, compare_edit_costs(projects[sizes[0]], projects[sizes[-1]])
    yield from _with_theme(_PEERS, peer_measures(projects, windows))


def _with_theme(theme: str, measures: Iterable[Measured]) -> Iterator[tuple[str, Measured]]:
    return ((theme, measured) for measured in measures)


def _line(measured: Measured) -> str:
    ratio = f"{measured.ratio:9.2f} × {measured.baseline}" if measured.ratio is not None else ""
    size = f"{measured.size:,}" if measured.size else ""
    missed = "  MISSED" if measured.met is False else ""
    ours = format_amount(measured.ours, measured.unit)
    return f"{measured.what:52} {size:>8} {ours:>9} {ratio}{missed}"


def _not_installed() -> str:
    missing = absent()
    what = "Until the window bears the name of the file, a CSV table or a database of the records."
    return f"{what} Not installed here: {', '.join(missing)}." if missing else what


if __name__ == "__main__":
    main()
