"""The parts that a record has in print, in printed order: their labels, and how they are found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part of a printed record, which holds one field or several.

    ``spellings`` are its label without the colon: first as the writer prints it, then in the other
    forms in which it occurs. A part without a label is known by its shape. ``own_lines`` is False
    for a part that several records share.
    """

    name: str
    spellings: tuple[str, ...] = ()
    own_lines: bool = True

    @property
    def label(self) -> str:
        """The label as printed, with its colon; "" if the part has none."""
        return f"{self.spellings[0]}:" if self.spellings else ""


HEADING = Part("heading", own_lines=False)
MID_LINE = Part("mid_number")
REFERENCE = Part("reference")
NUMBER = Part("dispute_number", ("Dispute Number",))
DATES = Part("dates", ("Date(s)", "Date (s)", "Dates", "Date"))
PARTICIPANTS = Part("participants", ("Participants",))
OUTCOME = Part("outcome", ("Outcome (and Settlement)", "Outcome"))
FATALITIES = Part("fatalities", ("Fatalities",))
NARRATIVE = Part("narrative", ("Narrative",))
CODING_CHANGES = Part("coding_changes", ("Coding changes",))
