"""`hamilton-explorer` from the command line."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from explorer_app.__main__ import main
from explorer_app.desktop import install

FLOW = "def a(x: int) -> int:\n    return x\n\n\ndef b(a: int) -> int:\n    return a\n"


def run(*words: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "explorer_app", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def test_it_draws_a_picture_and_exits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    picture = tmp_path / "picture.png"
    words = ["flow.py", "--trust", "--select", "+b", "--screenshot", str(picture)]
    done = run(*words, "--size", "1200x800", "--theme", "dark", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert not (tmp_path / "settings").exists()  # it is no one's history
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1200, 800)
    assert image.pixelColor(2, 2).lightness() < 60
    words[words.index("+b")] = "x"
    done = run(*words, "--size", "1200x800", "--theme", "dark", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    above = 0, 0, 1200, 760  # the line at the bottom says how long it took
    assert image.copy(*above) != QImage(str(picture)).copy(*above)  # another question


def test_the_program_of_an_entry_is_quoted_as_desktops_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / '50% "$HOME`\\'
    folder.mkdir()
    (folder / "hamilton-explorer").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    entry, _ = install()
    [line] = [one for one in entry.read_text("utf-8").splitlines() if one.startswith("Exec=")]
    quoted = line.removeprefix('Exec="').removesuffix('" %F').replace("%%", "%")
    assert re.sub(r'\\(["`$\\])', r"\1", quoted) == str(folder / "hamilton-explorer")
    assert "%" not in line.removesuffix("%F").replace("%%", "")


@pytest.mark.skipif(sys.platform != "linux", reason="only there Qt ends the process")
def test_without_a_screen_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    done = run(folder=tmp_path)
    assert done.returncode == 2
    assert "--screenshot" in done.stderr


@pytest.mark.parametrize("trust", [["--trust"], []])
def test_what_cannot_be_opened_ends_with_a_sentence_and_a_code(
    tmp_path: Path, trust: list[str]
) -> None:
    done = run("nowhere.py", *trust, "--screenshot", "x.png", folder=tmp_path)
    assert done.returncode == 4
    message, hint = done.stderr.splitlines()
    assert "nowhere.py" in message
    assert hint.startswith("Hint: ")
    assert not (tmp_path / "x.png").exists()


def test_a_size_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    sys.argv[1:], before = ["--size", "12"], sys.argv[1:]
    try:
        with pytest.raises(SystemExit) as end:
            main()
    finally:
        sys.argv[1:] = before
    assert end.value.code == 2
    assert "1440x900" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import importlib.util, sys\n"
        "import explorer_app.__main__ as m\n"
        "m.find_spec = lambda name: None\n"
        "sys.argv[1:] = []\n"
        "m.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert 'pip install "hamilton-ol[explorer]"' in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_ctrl_c_in_the_terminal_ends_it_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    words = [sys.executable, "-m", "explorer_app"]
    with subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        settings, late = tmp_path / "hamilton-ol", time.monotonic() + 60
        while not settings.is_dir() and time.monotonic() < late:  # it is written between events
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert settings.is_dir()
    assert (process.returncode, said) == (-signal.SIGINT, b"")


def test_help_needs_no_qt() -> None:
    code = "import sys, explorer_app.__main__; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout.strip() == b"[]"


def test_the_window_loads_no_layout_and_no_scipy() -> None:
    code = "import json, sys, explorer_app.qt.application; print(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    names = json.loads(done.stdout)
    heavy = ("scipy", "hamilton_ol.graph.layout", "hamilton.", "pandas", "networkx")
    assert [name for name in names if name.startswith(heavy)] == []


def test_a_desktop_is_given_an_entry_and_an_icon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    done = run("--install-desktop", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    entry = (tmp_path / "applications" / "hamilton-explorer.desktop").read_text(encoding="utf-8")
    values = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)
    assert values["Exec"].endswith('hamilton-explorer" %F')
    assert Path(values["Exec"].split('"')[1]).exists()
    assert values["Version"] == "1.4"  # the checkers of many desktops know no later one
    assert values["Categories"] == "Development;"  # of two main ones it is listed twice
    icon = tmp_path / "icons" / "hicolor" / "scalable" / "apps" / f"{values['Icon']}.svg"
    assert QSvgRenderer(str(icon)).isValid()
