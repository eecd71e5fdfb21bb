"""The size of the text, in per cent of the normal one, and how what has pixels follows it.

The size in use is that of the application's font, so nobody has to be told it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

NORMAL_POINTS = 10.0
NORMAL, SMALLEST, LARGEST, STEP = 100, 80, 200, 10


def within_bounds(percent: int) -> int:
    """The nearest size that can be had."""
    return min(max(percent, SMALLEST), LARGEST)


def text_scale() -> float:
    """How many times the normal size the text has now."""
    return QApplication.font().pointSizeF() / NORMAL_POINTS


def scaled(length: float) -> int:
    """A length in pixels at the normal size, as it is at the present one."""
    return round(length * text_scale())


class FollowTextSize(QObject):
    """Calls ``shape`` after the font of a widget has changed, and now if its text is not normal.

    ``shape`` is given how many times larger the text is than at the time before, at first than
    at the normal size.
    """

    def __init__(self, widget: QWidget, shape: Callable[[float], object]) -> None:
        super().__init__(widget)
        self._shape = shape
        self._scale = 1.0
        widget.installEventFilter(self)
        if text_scale() != self._scale:
            self._follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.FontChange:
            return False
        watched.event(event)  # before us: a text edit takes its widget's font for its document
        self._follow()
        return True

    def _follow(self) -> None:
        scale = text_scale()
        times, self._scale = scale / self._scale, scale
        self._shape(times)
