"""How project files are named."""

from __future__ import annotations

PROJECT_SUFFIX = ".mid.json"
