"""The system libraries of Qt: looked for, installed where that is possible, else explained."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "requirements" / "libraries.py"


@pytest.fixture
def libraries() -> ModuleType:
    spec = importlib.util.spec_from_file_location("libraries", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_libraries_that_are_there_are_found(libraries: ModuleType) -> None:
    if sys.platform == "linux":
        assert libraries.is_there("libc.so.6")
    assert not libraries.is_there("libnothing-of-the-kind.so.1")


def test_a_window_needs_all_that_drawing_needs(libraries: ModuleType) -> None:
    drawing, window = libraries.NEEDS["drawing"], libraries.NEEDS["window"]
    assert drawing.items() < window.items()


@pytest.fixture
def bare(libraries: ModuleType, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """A system without libxkbcommon; what is added is there from then on."""
    there: set[str] = set(libraries.DRAWING) - {"libxkbcommon.so.0"}
    monkeypatch.setattr(libraries, "is_there", lambda name: name in there)
    monkeypatch.setattr(libraries.sys, "platform", "linux")
    return there


def test_missing_ones_are_installed_where_nobody_has_to_be_asked(
    libraries: ModuleType, bare: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[list[str]] = []

    def install(command: list[str], packages: list[str]) -> None:
        wanted.append([*command, *packages])
        bare.add("libxkbcommon.so.0")

    monkeypatch.setattr(libraries, "installer", lambda: ["apt-get"])
    monkeypatch.setattr(libraries, "install", install)
    assert libraries.main("drawing") == 0
    assert wanted == [["apt-get", "libxkbcommon0"]]


def test_elsewhere_it_says_what_is_missing_and_how_to_get_it(
    libraries: ModuleType,
    bare: set[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(libraries, "installer", lambda: None)
    assert libraries.main("drawing") == 1
    said = capsys.readouterr().err
    assert "libxkbcommon.so.0" in said
    assert "sudo apt-get install libxkbcommon0" in said


def test_an_installation_that_does_not_help_is_told(
    libraries: ModuleType, bare: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "installer", lambda: ["apt-get"])
    monkeypatch.setattr(libraries, "install", lambda command, packages: None)
    assert libraries.main("drawing") == 1
