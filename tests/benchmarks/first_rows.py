"""`python -m tests.benchmarks.first_rows PROJECT` opens the window and exits once rows are painted.

It runs the user's own command, and reports the time after the first paint of the table.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTableView

from tests.benchmarks.fresh import report_usage

gc.disable()  # as the command does before it imports the window

from mideditor.app import start  # noqa: E402
from tests.benchmarks.against.found import TABLE, found  # noqa: E402


def main() -> None:
    """Open the window; report and exit as soon as the table has painted rows."""
    record_table: Any = found(TABLE)
    paint = record_table.paintEvent

    def paint_and_exit(table: QTableView, event: QPaintEvent) -> None:
        paint(table, event)
        if table.model().rowCount():
            report_usage()
            os._exit(0)

    record_table.paintEvent = paint_and_exit
    start.main(sys.argv[1:])


if __name__ == "__main__":
    main()
