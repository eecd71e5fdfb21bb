"""The built-in guide: one page for each part of the desk, with pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.files.bundled import bundled_path
from mideditor.ui.commands.key_words import with_keys_in_use
from mideditor.ui.commands.keys import Keys
from mideditor.ui.look.text_size import scaled

# In display order. `DeskView.help_page` says which page belongs to which part of the desk.
PAGES: dict[str, str] = {
    "start": "The first steps",
    "table": "Records, search and facets",
    "fields": "Fields and participants",
    "texts": "Narrative and coding changes",
    "kinds": "Corrections, coding changes, reasons",
    "history": "Undo, logs, review",
    "import": "Import and doubtful readings",
    "findings": "Findings and questions",
    "published": "The published data set",
    "file": "The project file and its backups",
    "keys": "Keys, palette, looks",
}


_MARGIN = 16


def page_path(name: str) -> Path:
    """The file of a page; raises NotBundled."""
    return bundled_path("resources", "help", f"{name}.md")


class HelpPage(QTextBrowser):
    """A page that scales wide pictures down to the width of its text."""

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        found = super().loadResource(kind, name)
        if kind != int(QTextDocument.ResourceType.ImageResource.value):
            return found
        image = QImage.fromData(found)
        width = self.viewport().width() - 3 * _MARGIN
        smooth = Qt.TransformationMode.SmoothTransformation
        return image.scaledToWidth(width, smooth) if image.width() > width > 0 else image


class HelpWindow(QDialog):
    """A non-modal window; Esc closes it. ``keys`` are the keys that the user changed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.keys: Keys = {}
        self.setWindowTitle("Help")
        self.list = QListWidget()
        self.list.setAccessibleName("Pages of the guide")
        self.list.addItems(list(PAGES.values()))
        self.list.setFixedWidth(scaled(260))
        self.list.setSpacing(2)
        self.page = HelpPage()
        self.page.setAccessibleName("Page")
        self.page.setObjectName("helpPage")
        self.page.setOpenLinks(False)
        self.page.document().setDocumentMargin(_MARGIN)
        self.page.setSearchPaths([str(page_path("start").parent)])
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.close)
        content = QHBoxLayout()
        content.setSpacing(12)
        content.addWidget(self.list)
        content.addWidget(self.page, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(content, 1)
        layout.addWidget(close)
        self.resize(scaled(980), scaled(680))
        self.list.currentRowChanged.connect(self._show_row)
        self.page.anchorClicked.connect(self._open_link)

    def show_page(self, name: str) -> None:
        """Show a page of the guide."""
        row = list(PAGES).index(name)
        if self.list.currentRow() == row:
            self._show_row(row)
        self.list.setCurrentRow(row)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show_row(self, row: int) -> None:
        name = list(PAGES)[row]
        text = page_path(name).read_text(encoding="utf-8")
        self.page.setMarkdown(with_keys_in_use(text, self.keys))

    def _open_link(self, link: QUrl) -> None:
        """Follow a link to another page; other links are ignored."""
        name = Path(link.path()).stem
        if name in PAGES:
            self.list.setCurrentRow(list(PAGES).index(name))
