"""The set-up: the lock file matches pyproject.toml, and the tests are isolated from the user."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import platformdirs
import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QStandardPaths

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def declared_requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


def pinned_requirements() -> list[Requirement]:
    return [Requirement(line.rstrip("\\ ")) for line in LOCK.splitlines() if re.match(r"\w", line)]


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("text", declared_requirements())
def test_the_lock_pins_each_requirement_of_pyproject(text: str, python: str) -> None:
    requirement = Requirement(text)
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    if requirement.marker is not None and not requirement.marker.evaluate(environment):
        return
    pins = [
        next(iter(pin.specifier)).version
        for pin in pinned_requirements()
        if pin.name.lower() == requirement.name.lower()
        and (pin.marker is None or pin.marker.evaluate(environment))
    ]
    assert len(pins) == 1, "run `make lock`"
    assert requirement.specifier.contains(pins[0]), "run `make lock`"


def test_the_lock_has_hashes_and_no_addresses() -> None:
    pins = [line for line in LOCK.splitlines() if re.match(r"\w", line)]
    assert all(line.endswith("\\") for line in pins)
    assert "://" not in LOCK
    assert "file:" not in LOCK


@pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for make on Linux and macOS")
@pytest.mark.parametrize("name", ["display", "system-libraries", "run"])
def test_the_set_up_scripts_parse(name: str) -> None:
    shell = shutil.which("bash" if name == "run" else "sh")
    assert shell is not None
    subprocess.run([shell, "-n", str(ROOT / ".ci" / name)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep these folders elsewhere")
def test_tests_stay_out_of_the_user_s_folders() -> None:
    home = Path(os.environ["HOME"])
    assert home.name == "home"
    root = home.parent
    assert Path.home() == home
    assert platformdirs.user_config_path("x").is_relative_to(root)
    assert platformdirs.user_state_path("x").is_relative_to(root)
    config = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.ConfigLocation)
    assert Path(config).is_relative_to(root)
