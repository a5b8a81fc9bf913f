"""Extensions of Hamilton that a dataflow can do without are not loaded, and nothing is missed."""

import textwrap
from pathlib import Path

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.extensions import SLOW, dispensable, is_missed
from hamilton_ol.sources.modules import graph_of_modules

PLAIN = """
    import pandas as pd
    from hamilton.function_modifiers import tag

    @tag(owner="team")
    def age(people: pd.DataFrame) -> pd.Series:
        return people["age"]
"""
SAVES = """
    import pandas as pd
    from hamilton.function_modifiers import save_to, source

    @save_to.csv(path=source("path"))
    def age(people: pd.DataFrame) -> pd.DataFrame:
        return people
"""
TELLS = """
    import sys

    if "sk" + "learn" in sys.modules:
        def loaded(a: int) -> int:
            return a
    else:
        def left_out(a: int) -> int:
            return a
"""


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
    return folder


def graph(folder: Path, *references: str) -> LineageGraph:
    return graph_of_modules(references, resolve({}), folder)


def test_of_plain_code_it_is_not_loaded(tmp_path: Path) -> None:
    write(tmp_path, tells=TELLS)
    assert dispensable(["tells.py"], tmp_path) == (SLOW,)
    assert "left_out" in graph(tmp_path, "tells.py")


@pytest.mark.parametrize(
    "text",
    [
        "from sklearn.metrics import RocCurveDisplay",
        SAVES,
        "from hamilton import registry",
        "import hamilton.plugins.sklearn_plot_extensions",
        "from hamilton.io import materialization",
    ],
)
def test_code_that_may_need_it_has_it(tmp_path: Path, text: str) -> None:
    write(tmp_path, flow=text)
    assert dispensable(["flow.py"], tmp_path) == ()
    assert dispensable(["."], tmp_path) == ()


def test_so_has_code_that_imports_such_code(tmp_path: Path) -> None:
    write(tmp_path, flow="import near", near="import plots", plots="import sklearn")
    assert dispensable(["flow.py"], tmp_path) == ()
    write(tmp_path, plots="")
    assert dispensable(["flow.py"], tmp_path) == (SLOW,)


def test_modules_that_only_an_import_finds_have_it(tmp_path: Path) -> None:
    write(tmp_path, flow=PLAIN)
    assert dispensable(["module:flow"], tmp_path) == ()


@pytest.mark.usefixtures("extensions")
def test_the_graph_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, flow=PLAIN)
    found = graph(tmp_path, "flow.py")
    monkeypatch.setattr("hamilton_ol.sources.modules.dispensable", lambda *_: ())
    assert graph(tmp_path, "flow.py") == found


@pytest.mark.usefixtures("extensions")
@pytest.mark.parametrize("reference", ["flow.py", "."])
def test_what_a_library_needs_is_loaded_in_a_second_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str
) -> None:
    write(tmp_path, flow=SAVES)
    wanted = graph(tmp_path, reference)
    monkeypatch.setattr("hamilton_ol.sources.modules.dispensable", lambda *_: ("pandas",))
    assert graph(tmp_path, reference) == wanted
    assert wanted.problems == ()


def test_other_errors_are_no_reason_to_try_again() -> None:
    assert not is_missed({"error": "ImportError: No module named 'nowhere'"})
    assert not is_missed({"problems": ["flow could not be loaded: ZeroDivisionError"]})
    assert is_missed({"problems": ["flow could not be loaded: AttributeError: No saver named png"]})
