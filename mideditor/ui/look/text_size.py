"""The text size, in per cent of the normal size, and how pixel sizes follow it.

The current size is read from the application's font, so it need not be passed around.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

NORMAL_POINTS = 10.0
NORMAL, SMALLEST, LARGEST, STEP = 100, 80, 200, 10


def clamp_text_size(percent: int) -> int:
    """The nearest allowed size."""
    return min(max(percent, SMALLEST), LARGEST)


def text_scale() -> float:
    """The current text size as a multiple of the normal one."""
    return QApplication.font().pointSizeF() / NORMAL_POINTS


def scaled(length: float) -> int:
    """A length in pixels at the normal text size, scaled to the current one."""
    return round(length * text_scale())


class FollowTextSize(QObject):
    """Calls ``rescale`` whenever the font of a widget changes, and once now if it is not normal.

    ``rescale`` gets the ratio of the new text size to the previous one, which is the normal size
    at first.
    """

    def __init__(self, widget: QWidget, rescale: Callable[[float], object]) -> None:
        super().__init__(widget)
        self._rescale = rescale
        self._scale = 1.0
        widget.installEventFilter(self)
        if text_scale() != self._scale:
            self._follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.FontChange:
            return False
        watched.event(event)  # first: a text edit copies its widget's font to its document
        self._follow()
        return True

    def _follow(self) -> None:
        scale = text_scale()
        ratio, self._scale = scale / self._scale, scale
        self._rescale(ratio)
