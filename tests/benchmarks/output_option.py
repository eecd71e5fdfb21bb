"""The file that a benchmark writes, checked before it begins to measure."""

from __future__ import annotations

import argparse
from pathlib import Path

from mideditor.files.outputs import Output, output_to
from mideditor.files.user_error import UserError


def output_option(path: str) -> Output:
    """The output at a path of the command line; raises ArgumentTypeError."""
    try:
        return output_to(Path(path))
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
