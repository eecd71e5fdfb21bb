"""Errors of the program itself: their details go to a file, the user gets one sentence."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

import platformdirs


def keep_details(error: BaseException) -> str:
    """Append the traceback to the error log; the sentence that tells the user of it.

    Where even that file cannot be written, the sentence does without it.
    """
    sentence = (
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
        return sentence
    return f"{sentence} Please report it with what stands in {path}."
