"""`python -m tests.benchmarks.first_rows PROJECT` opens the window until rows are painted in it.

The command is the user's own; what is added tells the moment, after the first paint of the table.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTableView

from tests.benchmarks.fresh import tell_the_moment

gc.disable()  # as the command does before it imports the window

from mideditor.app import start  # noqa: E402
from tests.benchmarks.against.found import TABLE, found  # noqa: E402


def main() -> None:
    """Wait for the rows in the place of the user, and leave as soon as they are there."""
    record_table: Any = found(TABLE)
    paint = record_table.paintEvent

    def paint_and_leave(table: QTableView, event: QPaintEvent) -> None:
        paint(table, event)
        if table.model().rowCount():
            tell_the_moment()
            os._exit(0)

    record_table.paintEvent = paint_and_leave
    start.main(sys.argv[1:])


if __name__ == "__main__":
    main()
