"""The fields of the comparison as choices above a view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mideditor.domain.fields import FIELDS
from mideditor.ui.kit.choice_box import Choice


def field_choices(names: Sequence[str], open_counts: Counter[str]) -> list[Choice]:
    """The fields with their counts of open differences."""
    return [(name, _with_count(FIELDS[name].label, open_counts[name])) for name in names]


def _with_count(label: str, count: int) -> str:
    return f"{label} ({count:,})" if count else label
