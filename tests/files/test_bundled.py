"""Finding the files that ship with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.files.bundled import NotBundled, bundled_path
from mideditor.files.user_error import UserError


def _write(root: Path, text: str) -> Path:
    file = root / "resources" / "words.txt"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_package_folder_of_a_wheel_comes_first(tmp_path: Path) -> None:
    package, checkout = tmp_path / "mideditor", tmp_path
    inside = _write(package, "from the wheel")
    _write(checkout, "from the checkout")
    assert bundled_path("resources", "words.txt", roots=(package, checkout)) == inside


def test_a_checkout_has_them_beside_the_package(tmp_path: Path) -> None:
    package, checkout = tmp_path / "mideditor", tmp_path
    beside = _write(checkout, "from the checkout")
    assert bundled_path("resources", "words.txt", roots=(package, checkout)) == beside


def test_a_folder_is_found_too(tmp_path: Path) -> None:
    _write(tmp_path, "")
    assert bundled_path("resources", roots=(tmp_path,)) == tmp_path / "resources"


def test_a_missing_file_is_named_with_both_places_and_a_remedy(tmp_path: Path) -> None:
    package, checkout = tmp_path / "mideditor", tmp_path
    with pytest.raises(NotBundled) as caught:
        bundled_path("data", "nowhere.txt", roots=(package, checkout))
    message = str(caught.value)
    assert str(package / "data" / "nowhere.txt") in message
    assert str(checkout / "data" / "nowhere.txt") in message
    assert "Install mideditor again" in message
    assert isinstance(caught.value, UserError)


@pytest.mark.parametrize("parts", [("resources", "states.csv"), ("data", "sample-chapter.txt")])
def test_the_bundled_files_exist(parts: tuple[str, ...]) -> None:
    assert bundled_path(*parts).is_file()
