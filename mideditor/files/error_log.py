"""Logs unexpected errors to a file and words the message for the user."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

import platformdirs


def keep_details(error: BaseException) -> str:
    """Append the traceback to the error log and return the message to show.

    The message leaves out the log's path if the log could not be written.
    """
    message = (
        f"Something went wrong that should not have ({type(error).__name__}: {error}). "
        "Every committed edit is on disk."
    )
    path = platformdirs.user_log_path("mideditor") / "errors.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="replace") as log:
            log.write(f"{datetime.now(UTC).isoformat()}\n")
            log.writelines(traceback.format_exception(error))
    except OSError:
        return message
    return f"{message} Please report it with what stands in {path}."
