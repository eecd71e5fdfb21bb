"""Rules: what the checks look for, one function each, and what they have to say.

To add a rule, write a function from `Case` to `Found` in the module of its subject, and give it a
row of `RULES` in ``table.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class Fix:
    """What certainly mends a finding: a label for a button, and the new values of fields."""

    label: str
    values: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about one field of a record, and the words of it, if only some.

    ``about`` are the values it speaks of, as text. Rule, field and these values are its ``key``:
    a finding accepted under that key stays quiet until one of the values changes.
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
        """What stays the same as long as the finding says the same of the same values."""
        return " | ".join((self.rule, self.field, *self.about))
