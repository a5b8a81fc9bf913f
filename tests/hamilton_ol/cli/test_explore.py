"""`hamilton-ol explore`."""

import importlib.util

import pytest

from hamilton_ol.cli.main import main


def test_its_options_are_those_of_the_explorer(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["explore", "--help"])
    assert end.value.code == 0
    assert "--screenshot" in capsys.readouterr().out


def test_without_the_extra_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SystemExit) as end:
        main(["explore"])
    assert end.value.code == 2
    assert 'pip install "hamilton-ol[explorer]"' in capsys.readouterr().err
