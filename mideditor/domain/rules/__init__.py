"""The rules of the checks, one function each, and the findings that they report.

To add a rule, write a function from `RuleContext` to `Problem` objects in the module for its
subject, and add a row to `RULES` in ``table.py``. The first paragraph of the function's docstring
is shown to the user.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How serious a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class Fix:
    """A certain fix for a finding: a label for a button, and the new values of fields."""

    label: str
    values: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule reports about one field of a record; ``quote`` is the part of the field's text.

    ``about`` are the values that the message is about, as text. Rule, field and these values make
    up the ``key``: a finding accepted under that key stays hidden until one of the values changes.
    """

    rule: str
    field: str
    severity: Severity
    message: str
    quote: str = ""
    fix: Fix | None = None
    about: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """An identifier that stays the same as long as the finding is about the same values."""
        return " | ".join((self.rule, self.field, *self.about))
