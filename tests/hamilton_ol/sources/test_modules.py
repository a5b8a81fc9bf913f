"""Dataflows in files and modules, which are imported in a process of their own."""

import json
import signal
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

import hamilton_ol
from hamilton_ol.config import resolve
from hamilton_ol.demo.__main__ import MODULES, build
from hamilton_ol.errors import DataflowError, GraphError, StoreMissingError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources import importing
from hamilton_ol.sources.drivers import lineage
from hamilton_ol.sources.loading import load
from hamilton_ol.sources.modules import graph_of_modules

SETTINGS = resolve({})
ROOT = Path(__file__).parents[3]
FEATURES = """
    from hamilton.function_modifiers import config

    def age(people: dict) -> int:
        return 1

    @config.when(mode="fast")
    def model__fast(age: int) -> int:
        return age

    @config.when(mode="slow")
    def model__slow(age: int, size: int) -> int:
        return age
"""
PEOPLE = """
    def people(path: str) -> dict:
        return {}
"""


def write(folder: Path, texts: Mapping[str, str] | None = None, **more: str) -> Path:
    """Python files in a folder, by their paths without `.py`."""
    for name, text in {**(texts or {}), **more}.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return folder


def of(folder: Path, *references: str, limit: float = 60, **config: object) -> LineageGraph:
    """The graph of what is in a folder."""
    return graph_of_modules(references, SETTINGS._replace(config=config), folder, limit=limit)


@pytest.mark.usefixtures("extensions")
def test_modules_have_the_graph_of_their_driver() -> None:
    made = load(*(f"module:{module.__name__}" for module in MODULES))
    expected = lineage(build())
    assert made.nodes == expected.nodes
    assert made.edges == expected.edges
    assert made.texts == expected.texts
    assert made.columns.edges == expected.columns.edges


def test_files_and_folders_make_one_dataflow(tmp_path: Path) -> None:
    write(tmp_path, features=FEATURES, people=PEOPLE)
    files = of(tmp_path, "people.py", "features.py", mode="fast")
    assert set(files) == {"people", "path", "age", "model", "mode"}
    assert files["model"].variant == "fast"
    assert files["age"].line == 4
    assert of(tmp_path, ".", mode="fast").upstream("model") == files.upstream("model")


def test_a_file_in_a_package_is_imported_as_a_part_of_it(tmp_path: Path) -> None:
    part = "from pkg.people import people"
    write(tmp_path, {"pkg/__init__": "", "pkg/people": PEOPLE, "pkg/part": part})
    assert of(tmp_path, "pkg/people.py")["people"].module == "pkg.people"
    made = of(tmp_path, "pkg")
    assert (made["people"].module, made.problems) == ("pkg.people", ())


def test_tests_and_hidden_folders_are_no_part_of_a_folders_dataflow(tmp_path: Path) -> None:
    names = ("test_people", "tests/x", ".venv/y", "conftest", "__pycache__/z", "setup")
    write(tmp_path, dict.fromkeys(names, "raise Exception"), people=PEOPLE)
    made = of(tmp_path, ".")
    assert (set(made), made.problems) == ({"people", "path"}, ())


def test_a_module_of_a_folder_that_fails_is_reported_and_the_others_are_there(
    tmp_path: Path,
) -> None:
    script = "def helper(x):\n    return x"
    write(tmp_path, people=PEOPLE, broken="import nothing_that_there_is", script=script)
    made = of(tmp_path, ".")
    assert set(made) == {"people", "path"}
    first, second = made.problems
    assert first.startswith("broken could not be loaded: ModuleNotFoundError")
    assert first.endswith(f"({tmp_path}/broken.py:1)")
    assert second.startswith("script could not be loaded: ValueError: Missing type hint")
    (tmp_path / "people.py").unlink()
    with pytest.raises(DataflowError, match="broken could not be loaded"):
        of(tmp_path, ".")


def test_a_folder_without_modules_is_a_clear_error(tmp_path: Path) -> None:
    write(tmp_path, test_flow="")
    with pytest.raises(DataflowError, match="There is no module in") as found:
        of(tmp_path, ".")
    assert ".py" in found.value.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import nothing_that_there_is", "ModuleNotFoundError: No module named"),
        ("def a(x):\n    return 1", "InvalidNodeException|annotation|type"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("import os; os._exit(7)", "ended with exit code 7"),
        ("import os; os.kill(os.getpid(), 9)", "ended with exit code -9"),
        ("x = input()\ndef a() -> int:\n    return 1", "EOFError"),
        ("def a(:", "SyntaxError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit('odd')", "GeneratorExit: odd"),
        ("class Odd(BaseException): pass\nraise Odd('x' * 10**6)", "Odd: xxx"),
        ("class Odd(Exception):\n    __str__ = None\nraise Odd", "ended with exit code 1"),
        ("import os, signal; os.kill(0, signal.SIGKILL)", "ended with exit code -9"),
        ("import sys; sys.stdout.close(); sys.stdin.close(); 1 / 0", "ZeroDivisionError"),
        ("import sys; sys.setrecursionlimit(50); f = lambda: f(); f()", "RecursionError"),
    ],
)
def test_a_module_that_cannot_be_imported_is_a_clear_error(
    tmp_path: Path, text: str, message: str
) -> None:
    write(tmp_path, bad=text)
    with pytest.raises(DataflowError, match=message) as found:
        of(tmp_path, "bad.py")
    assert "The dataflow of bad.py could not be loaded" in str(found.value)
    assert len(str(found.value)) < 3000
    assert found.value.hint


@pytest.mark.parametrize(
    "text",
    ["while True: pass", "while True: print('x' * 1000000)", "import time; time.sleep(600)"],
    ids=["loops", "floods", "sleeps"],
)
def test_a_module_that_never_ends_is_ended(tmp_path: Path, text: str) -> None:
    write(tmp_path, endless=text)
    with pytest.raises(DataflowError, match=r"took longer than 1\.5 seconds"):
        of(tmp_path, "endless.py", limit=1.5)


THREADS = """
    import threading
    threading.Thread(target=threading.Event().wait).start()
    def a() -> int:
        return 1
"""


def test_a_thread_that_a_module_leaves_keeps_nobody_waiting(tmp_path: Path) -> None:
    write(tmp_path, threads=THREADS)
    assert set(of(tmp_path, "threads.py", limit=50)) == {"a"}


ODD_THREADS = """
    import threading
    def _exits():
        raise SystemExit(3)
    def _fails():
        raise BaseException("odd")
    for _end in (_exits, _fails):
        _thread = threading.Thread(target=_end)
        _thread.start()
        _thread.join()
    def a() -> int:
        return 1
"""


def test_how_a_modules_threads_end_is_their_own_affair(tmp_path: Path) -> None:
    write(tmp_path, threads=ODD_THREADS)
    assert set(of(tmp_path, "threads.py")) == {"a"}


def test_a_module_of_a_hundred_megabytes_is_read_or_named(tmp_path: Path) -> None:
    with (tmp_path / "large.py").open("wb") as file:
        file.truncate(100 << 20)
    with pytest.raises(DataflowError, match="null bytes"):
        of(tmp_path, "large.py")


def test_nothing_of_a_dataflow_is_imported_here(tmp_path: Path) -> None:
    write(tmp_path, people=PEOPLE)
    code = (
        "import sys; from hamilton_ol import load\n"
        f"graph = load({str(tmp_path / 'people.py')!r}); graph.upstream('people')\n"
        "print(len(graph), sorted({'people', 'hamilton', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "2 []\n", done.stderr


def test_a_module_gets_no_display_to_open_windows_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    write(
        tmp_path,
        windows="import os\nassert 'DISPLAY' not in os.environ\n" + textwrap.dedent(PEOPLE),
    )
    assert "people" in of(tmp_path, "windows.py")


# --- load ----------------------------------------------------------------------------------------


def test_the_projects_modules_and_config_are_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, features=FEATURES, people=PEOPLE)
    settings = '[tool.hamilton_ol]\nmodules = ["features", "people.py"]\nconfig = {mode = "slow"}\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    assert hamilton_ol.load().upstream("model") == {"model", "age", "people", "path", "size"}


def test_without_modules_and_store_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreMissingError) as found:
        load()
    assert "--from flow.py" in found.value.hint


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (["nope.py"], "no Python file or folder 'nope.py'"),
        (["nope.json"], "cannot be read"),
        (["svn:main"], "no kind of source 'svn'"),
        (["module:no_such_module"], "ModuleNotFoundError"),
    ],
)
def test_what_is_no_source_is_a_clear_error(
    sources: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataflowError, match=message):
        load(*sources)


def test_a_graph_that_was_written_is_read_again(tmp_path: Path) -> None:
    import json

    path = tmp_path / "graph.json"
    path.write_text(json.dumps(lineage(build()).to_json()), encoding="utf-8")
    assert load(path) == lineage(build())
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(GraphError, match="no JSON"):
        load(path)


@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="only POSIX has alarms")
def test_an_import_that_nobody_waits_for_any_more_ends_by_itself(tmp_path: Path) -> None:
    (tmp_path / "endless.py").write_text("while True:\n    pass\n")
    asked = {"modules": ["endless"], "folders": [str(tmp_path)], "limit": 1 - importing.GRACE}
    (tmp_path / "q").write_text(json.dumps(asked), encoding="utf-8")
    words = [sys.executable, "-m", importing.__name__, str(tmp_path / "q"), str(tmp_path / "r")]
    assert subprocess.run(words, check=False).returncode == -signal.SIGALRM


def test_what_could_not_be_imported_is_there_as_its_text_says(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text("def c(b: int) -> int:\n    return b\n", encoding="utf-8")
    text = "import not_there_at_all\n\n\ndef b(a: int) -> int:\n    return a\n"
    (tmp_path / "lost.py").write_text(text, encoding="utf-8")
    graph = graph_of_modules([str(tmp_path)], resolve({}, environ={}), tmp_path)
    assert {node.id: node.kind for node in graph.nodes} == {
        "a": "input",
        "b": "unknown",
        "c": "function",
    }
    assert [(edge.origin, edge.target) for edge in graph.edges] == [("b", "c"), ("a", "b")]
    assert any("lost could not be loaded" in problem for problem in graph.problems)
    assert not any("may not be exact" in problem for problem in graph.problems)
