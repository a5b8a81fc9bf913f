"""`hamilton-explorer`, which is not there yet and says so."""

import subprocess
import sys

import pytest

from explorer_app.__main__ import main


def test_it_says_what_it_will_be_and_what_there_is_until_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main()
    out, err = capsys.readouterr()
    assert (end.value.code, out) == (2, "")
    assert "not in this version" in err
    assert "hamilton-ol show" in err
    assert "hamilton-ol push" in err


def test_it_needs_no_qt_to_say_so() -> None:
    code = "import sys, explorer_app.__main__; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout.strip() == b"[]"


def test_it_can_be_started_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "explorer_app"], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, b"")
