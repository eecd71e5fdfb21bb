"""The file that the user chose for an export, report or picture, checked before any work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from mideditor.files.outputs import Output
from mideditor.files.user_error import UserError
from mideditor.session.project.exporting import export_output
from mideditor.ui.desk_view import DeskView

PICTURES = {".png": b"PNG", ".jpg": b"JPG", ".jpeg": b"JPG"}
"""Picture formats by file extension."""


def chosen_output(view: DeskView, target: Path, reading: Iterable[Path] = ()) -> Output | None:
    """The output at a path; None where it may not be written, which is shown to the user.

    ``reading`` are the files beside the project that the output is made from.
    """
    try:
        return export_output(target, project=view.desk.session.path, reading=reading)
    except UserError as error:
        view.desk.show_error(str(error))
        return None


class UnknownPicture(UserError):
    """The file extension of a picture names no format."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} has no ending that says what picture it is: give it .png.")


def picture_bytes(picture: QImage, path: Path) -> bytes:
    """A picture in the format that the extension of its path names; raises UnknownPicture."""
    if path.suffix.lower() not in PICTURES:
        raise UnknownPicture(path)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, PICTURES[path.suffix.lower()]).write(picture)
    return bytes(buffer.data().data())
