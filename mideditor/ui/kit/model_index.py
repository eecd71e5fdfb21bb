"""The index of a cell in a model of Qt, of either kind."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex

NO_INDEX = QModelIndex()
"""The parent of a top row; one for all, since none is ever changed."""
