"""The program does not crash on exit with its own data on the clipboard."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
from PySide6.QtWidgets import QApplication
from mideditor.ui.kit.clipboard import copy_to_clipboard

app = QApplication([])
for copy in {copies}:
    copy_to_clipboard(copy, "<b>" + copy + "</b>")
{then}
held = QApplication.clipboard().mimeData()
print(held.text(), held.html())
"""


@pytest.mark.parametrize(
    ("copies", "then", "printed"),
    [
        (["one"], "", "one <b>one</b>"),
        (["one", "two"], "", "two <b>two</b>"),
        (["one"], "QApplication.clipboard().setText('another')", "another "),
    ],
)
def test_the_program_exits_cleanly_after_copying(
    copies: list[str], then: str, printed: str
) -> None:
    program = PROGRAM.format(copies=copies, then=then)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.rstrip("\n")) == (0, printed), done.stderr
