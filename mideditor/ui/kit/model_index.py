"""Types of model indexes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex

NO_INDEX = QModelIndex()
"""The invalid index, the parent of top-level rows."""
