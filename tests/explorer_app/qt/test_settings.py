"""What is remembered, whatever became of the file that it is in."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import VERSION, Settings

INI = QSettings.Format.IniFormat
DAMAGED = (
    b"\x00\xff\x12garbage\n=\n[",
    b'[General]\nrecent="nan\\nname\\nsource", x, "1e400\\na\\nb", ""\ntheme=@Variant(garbage)\n',
    b"[General]\ngeometry=7\npanes=hello\ntrusted=@Invalid()\nmoves=12\neditor=@ByteArray(no)\n",
    b"\xff\xfe[\x00G\x00",
)


@pytest.mark.parametrize("content", DAMAGED)
@pytest.mark.qt_log_ignore("QVariant", "Trying to construct")
def test_of_a_damaged_file_is_remembered_what_can_be(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.ini").write_bytes(content)
    found = Settings(QSettings(str(tmp_path / "s.ini"), INI))
    assert isinstance(found.recent, list)
    assert found.theme in {"", "garbage"} or found.theme
    assert found.geometry("geometry").isEmpty()
    assert found.geometry("panes").isEmpty()
    found.theme = "dark"
    found.opened("flow", ("flow.py",))
    assert found.recent[0][:2] == ("flow", ("flow.py",))
    assert (found.problem, found.theme) == ("", "dark")


@pytest.mark.parametrize(
    ("told", "kept"), [("99", "99"), ("1", str(VERSION)), ("x", str(VERSION)), ("", str(VERSION))]
)
def test_a_newer_program_finds_its_own_version(tmp_path: Path, told: str, kept: str) -> None:
    store = QSettings(str(tmp_path / "s.ini"), INI)
    store.setValue("version", told)
    Settings(store)
    assert str(store.value("version")) == kept


def test_that_nothing_is_remembered_is_told(started: Explorer, tmp_path: Path) -> None:
    started.tell_settings()
    assert started.window.notice.isHidden()
    (tmp_path / "folder.ini").mkdir()
    started.settings = Settings(QSettings(str(tmp_path / "folder.ini"), INI))
    started.tell_settings()
    assert "folder.ini cannot be written" in started.window.notice.text.text()
    assert started.settings.theme == ""
    started.settings.theme = "dark"
    assert started.settings.theme == "dark"  # until the window is closed
