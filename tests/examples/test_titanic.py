"""The examples, executed as they are."""

import json
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

FOLDER = Path(__file__).parents[2] / "examples" / "titanic"
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """What an example prints."""
    monkeypatch.setenv("HAMILTON_OL_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)

    def execute(name: str, *arguments: object) -> str:
        monkeypatch.setattr("sys.argv", [name, *map(str, arguments)])
        runpy.run_path(str(FOLDER / name), run_name="__main__")
        return capsys.readouterr().out

    return execute


def test_the_script_answers_by_hand(run: Run) -> None:
    lines = run("lineage_script.py").splitlines()
    assert "29 nodes upstream of fit_random_forest" in lines
    assert set(lines[lines.index("From age to fit_random_forest") + 1 :]) == {
        *("  age", "  training_set_v1", "  train_test_split_func"),
        *("  X_train", "  y_train", "  fit_random_forest"),
    }
    assert "  age reaches training_set_v1, fit_random_forest" in lines
    assert "  sex reaches encoders, training_set_v1, fit_random_forest" in lines
    assert any("source prod.kaggle of data-engineering" in line for line in lines)


def test_a_model_is_created_with_its_stamp(run: Run, tmp_path: Path) -> None:
    run("lineage_commands.py", "create_model", tmp_path / "out")
    stamp = json.loads((tmp_path / "out" / "model.lineage.json").read_text(encoding="utf-8"))
    assert stamp["hamilton_ol.job"] == "titanic"


@pytest.mark.parametrize(
    ("words", "there", "not_there"),
    [
        ("upstream encoders", "sex_encoder", "fit_random_forest"),
        ("downstream training_set_v1", "fit_random_forest", "encoders"),
        ("path age fit_random_forest", "X_train", "encoders"),
        ("PII", "training_set_v1", "titanic_data"),
    ],
)
def test_commands_answer(run: Run, words: str, there: str, not_there: str) -> None:
    out = run("lineage_commands.py", *words.split())
    assert there in out
    assert not_there not in out


@pytest.mark.parametrize("direction", ["upstream", "downstream"])
def test_a_picture_is_drawn(run: Run, tmp_path: Path, direction: str) -> None:
    run("lineage_commands.py", "visualize", direction, "training_set_v1", tmp_path / "x.svg")
    assert (tmp_path / "x.svg").read_text(encoding="utf-8").startswith("<svg ")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("HAMILTON_OL_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    InteractiveShell.clear_instance()
    made: Any = InteractiveShell.instance()
    made.history_manager.enabled = False
    yield made
    made.history_manager.end_session()
    InteractiveShell.clear_instance()


def test_the_notebook_runs_from_top_to_bottom(shell: Any) -> None:
    notebook = json.loads((FOLDER / "lineage_snippets.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    shown = []
    for cell in cells:
        done = shell.run_cell("".join(cell["source"]))
        done.raise_error()
        shown.append(done.result)
        assert cell["outputs"] == []  # nothing of anybody's machine is kept
    formatted, _ = shell.display_formatter.format(shown[1])
    assert "<svg " in formatted["text/html"]
    assert "29 of" in formatted["text/html"]
    assert shown[-1]["hamilton_ol.job"] == "titanic"
