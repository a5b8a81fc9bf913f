"""Folders with many modules, and with scripts that execute dataflows when they are imported."""

from pathlib import Path

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.sources.modules import graph_of_modules


def test_a_folder_may_hold_more_modules_than_a_command_line_does(tmp_path: Path) -> None:
    (tmp_path / "flow.py").write_text("def b(a: int) -> int:\n    return a\n", encoding="utf-8")
    for number in range(140):
        folder = tmp_path.joinpath(*["x" * 240] * 4, f"f{number}")
        folder.mkdir(parents=True)
        (folder / f"m{number}.py").touch()
    graph = graph_of_modules([str(tmp_path)], resolve({}, environ={}), tmp_path)
    assert "b" in graph.index


def test_a_script_that_executes_when_it_is_imported_leaves_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_STORE", str(tmp_path / "store"))
    (tmp_path / "flow.py").write_text("def b(a: int) -> int:\n    return a\n", encoding="utf-8")
    (tmp_path / "script.py").write_text(
        "import flow\nfrom hamilton import driver\nfrom hamilton_ol import OpenLineageHook\n"
        "built = driver.Builder().with_modules(flow).with_adapters(OpenLineageHook()).build()\n"
        "assert built.execute(['b'], inputs={'a': 1}) == {'b': 1}\n",
        encoding="utf-8",
    )
    graph = graph_of_modules([str(tmp_path)], resolve({}, environ={}), tmp_path)
    assert "b" in graph.index
    assert graph.problems == ()
    assert not (tmp_path / "store").exists()
