"""What all command handlers share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mideditor.ui.dialogs import Dialogs
from mideditor.ui.kit.scheduler import Scheduler
from mideditor.ui.look.theme import Theme
from mideditor.ui.settings import Settings


@dataclass(frozen=True)
class CommandContext:
    """What handlers use besides the open project; ``say`` shows a line in the status bar."""

    theme: Theme
    dialogs: Dialogs
    scheduler: Scheduler
    settings: Settings
    say: Callable[[str], None]
