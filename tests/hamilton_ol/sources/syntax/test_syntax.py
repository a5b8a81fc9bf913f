"""A dataflow from its text: what it says is as the imported one; what it cannot say is named."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.config import resolve
from hamilton_ol.demo import data_loading, features, model_pipeline, sets
from hamilton_ol.errors import DataflowError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.loading import load
from hamilton_ol.sources.problems import APPROXIMATE
from hamilton_ol.sources.syntax.modules import Source, graph_of_texts
from tests.support import decorators, everything

DEMO = [f"module:{m.__name__}" for m in (data_loading, features, sets, model_pipeline)]
IMPORT = "from hamilton.function_modifiers import *\nimport pandas as pd\n"

Read = Callable[..., LineageGraph]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The graph of a text."""

    def graph(text: str | bytes, **config: Any) -> LineageGraph:
        path = tmp_path / "flow.py"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        known = resolve({"config": config}, environ={})
        return graph_of_texts([Source("flow", path)], known)

    return graph


def edges(graph: LineageGraph) -> set[tuple[str, str, str, bool]]:
    return {(e.origin, e.target, e.argument, e.required) for e in graph.edges}


@pytest.mark.usefixtures("extensions")
def test_the_demo_is_the_same_as_imported() -> None:
    known = resolve({}, environ={})
    told = load(*DEMO, settings=known, executes=False)
    imported = load(*DEMO, settings=known)
    assert told.problems == (APPROXIMATE,)
    assert imported.problems == ()
    assert edges(told) == edges(imported)
    same = ("id", "kind", "type", "doc", "tags", "owners", "part_of", "field", "line", "sources")
    ours, theirs = (
        {node.id: [getattr(node, name) for name in same] for node in graph.nodes}
        for graph in (told, imported)
    )
    assert ours == theirs
    assert set(told.columns.edges) == set(imported.columns.edges)


def test_nothing_is_imported_or_executed(read: Read, tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    graph = read(f"open({str(mark)!r}, 'w')\nimport no_such_module\ndef a() -> int: ...\n")
    assert "a" in graph
    assert not mark.exists()
    assert "flow" not in sys.modules


@pytest.mark.usefixtures("extensions")
def test_of_a_little_of_everything_only_steps_and_checks_are_missing(
    read: Read, tmp_path: Path
) -> None:
    told = read(everything.SOURCE, mode="fast")
    known = resolve({"config": {"mode": "fast"}}, environ={})
    imported = load(tmp_path / "flow.py", settings=known)
    missing = {"older.with_add", "checked_raw", "checked_range_validator"}
    assert set(imported.ids) - set(told.ids) == missing
    assert set(told.ids) <= set(imported.ids)
    instead = {("age", "older", "age", True), ("size", "checked", "size", True)}
    assert edges(told) - edges(imported) == instead
    gone = {e for e in edges(imported) if missing & {e[0], e[1]}}
    assert edges(imported) - edges(told) == gone


def test_of_every_decorator_what_is_not_known_is_named(read: Read) -> None:
    text = Path(decorators.__file__).read_text(encoding="utf-8")
    graph = read(text, **decorators.CONFIG, **decorators.POWER)
    found = re.findall(r"\b(?:of|subdag) (\w+)|(\w+) is there", "\n".join(graph.problems[1:]))
    said = {name for pair in found for name in pair if name}
    unknown = {"resolved", "weighted", "extracts", "old_values", "widened", "custom", "below"}
    assert said >= unknown | {"checked", "piped_in", "several"}
    known = {"tagged", "first", "injected", "first_link", "from_source", "left", "saved_as"}
    assert known <= set(graph.ids)
    assert not known & said


def test_what_is_left_out_of_many_functions_is_one_sentence(read: Read) -> None:
    check = "@check_output(range=(0, 1))\ndef {}() -> float: ...\n"
    imports = "from hamilton.function_modifiers import check_output\n"
    one, seven = (check.format("a"), "".join(map(check.format, "abcdefg")))
    assert read(imports + one).problems[1:] == ("the checks of a are left out",)
    assert read(imports + seven).problems[1:] == (
        "the checks of a, of b, of c, of d, of e and 2 more are left out",
    )


def test_config_chooses_functions(read: Read) -> None:
    text = (
        f"{IMPORT}@config.when(mode='slow')\ndef a__slow(x: int) -> int: ...\n"
        "@config.when_not(mode='slow')\ndef a__fast(y: int) -> int: ...\n"
        "@config.when_in(size=['s', 'm'])\ndef b(x: int) -> int: ...\n"
        "@config.when_not_in(size=['s'])\ndef c(x: int) -> int: ...\n"
    )
    slow, fast = read(text, mode="slow", size="s"), read(text, mode="fast", size="l")
    assert (slow["a"].variant, fast["a"].variant) == ("slow", "fast")
    assert {"b", "c"} & set(slow.ids) == {"b"}
    assert {"b", "c"} & set(fast.ids) == {"c"}
    assert slow["mode"].kind == "config"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{IMPORT}@extract_columns('p')", {"p"}),
        ("import hamilton.function_modifiers as fm\n@fm.extract_columns('p', 'q')", {"p", "q"}),
        ("from hamilton import function_modifiers\n@function_modifiers.extract_columns('p')", {"p"}),
        ("from hamilton.function_modifiers import extract_columns as ec\n@ec(*('p', 'q'))", {"p", "q"}),
        (f"{IMPORT}P = ['p']\nQ = (*P, 'q')\n@extract_columns(*Q)", {"p", "q"}),
        (f"{IMPORT}P: list[str] = ['p'] + ['q']\n@extract_columns(*P)", {"p", "q"}),
        (f"{IMPORT}@extract_fields(dict(p=int, q=str))", {"p", "q"}),
        (f"{IMPORT}@extract_fields({{'p': int}})", {"p"}),
        (f"{IMPORT}@unpack_fields('p', 'q')", {"p", "q"}),
    ],
)  # fmt: skip
def test_what_is_taken_out_is_found_however_it_is_written(
    read: Read, text: str, names: set[str]
) -> None:
    graph = read(f"{text}\ndef a(x: int) -> dict: ...\n")
    assert {node.id for node in graph.nodes if node.part_of == "a"} == names
    assert graph.problems == (APPROXIMATE,)


@pytest.mark.parametrize(
    "decorator",
    ["@extract_columns(*read_columns())", "@extract_columns(*COLUMNS)", "@parameterize(**MADE)"],
)
def test_what_only_running_it_tells_is_named(read: Read, decorator: str) -> None:
    start = "from hamilton.function_modifiers import extract_columns, parameterize\n"
    graph = read(f"{start}COLUMNS = load()\n{decorator}\ndef a(x: int) -> dict: ...\n")
    assert "a" in graph
    (_, problem) = graph.problems
    assert "is not in the text" in problem
    assert "of a" in problem


@pytest.mark.parametrize("decorator", ["model", "dynamic_transform"])
def test_that_config_decides_what_is_taken_is_named(read: Read, decorator: str) -> None:
    graph = read(f"{IMPORT}@{decorator}(Linear, 'weights')\ndef a() -> pd.Series: ...\n")
    assert graph.problems[1:] == (f"@{decorator}: what it makes of a is not known",)


def test_a_decorator_of_somebody_else_changes_nothing(read: Read) -> None:
    graph = read("from mine import tag\n@tag(owner='x')\n@other\ndef a(x: int) -> int: ...\n")
    assert dict(graph["a"].tags) == {}
    assert graph.problems == (APPROXIMATE,)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from hamilton.function_modifiers.metadata import tag", "tag"),
        ("from hamilton.function_modifiers import metadata", "metadata.tag"),
        ("import hamilton.function_modifiers.metadata as m", "m.tag"),
        ("import hamilton.function_modifiers", "hamilton.function_modifiers.metadata.tag"),
    ],
)
def test_a_decorator_may_come_from_the_module_that_it_is_in(
    read: Read, line: str, name: str
) -> None:
    found = read(f'{line}\n@{name}(owner="ada")\ndef a() -> int: ...\n')
    assert (found["a"].owners, found.problems) == (("ada",), (APPROXIMATE,))


def test_secrets_in_tags_and_text_are_masked(read: Read) -> None:
    start = "from hamilton.function_modifiers import tag\n"
    text = "@tag(api_token='hunter22')\ndef a() -> int:\n    '''password = \"hunter22\"'''\n"
    graph = read(start + text)
    assert "hunter22" not in str(graph.to_json())


# --- when it is read -----------------------------------------------------------------------------


def test_what_cannot_be_imported_is_read_and_says_what_failed(tmp_path: Path) -> None:
    path = tmp_path / "broken.py"
    path.write_text("import no_such_module\n\ndef a(x: int) -> int:\n    return x\n")
    graph = load(path, settings=resolve({}, environ={}))
    assert edges(graph) == {("x", "a", "x", True)}
    assert "no_such_module" in graph.problems[0]
    assert graph.problems[-1] == APPROXIMATE


@pytest.mark.parametrize("content", ["raise SystemExit(3)\n", "def a(:\n"])
def test_where_the_text_says_nothing_either_the_import_is_the_error(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "broken.py"
    path.write_text(content)
    with pytest.raises(DataflowError):
        load(path, settings=resolve({}, environ={}))


def test_a_package_is_read_by_its_name_and_by_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "pkg"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text("def a(x: int) -> int: ...\n")
    (package / "two.py").write_text("def b(a: int) -> int: ...\n")
    monkeypatch.chdir(tmp_path)
    known = resolve({}, environ={})
    by_name = load("module:pkg.one", "module:pkg.two", settings=known, executes=False)
    by_folder = load("pkg", settings=known, executes=False)
    assert edges(by_name) == edges(by_folder) == {("x", "a", "x", True), ("a", "b", "a", True)}
    assert by_name["a"].module == by_folder["a"].module == "pkg.one"


def test_a_node_that_is_there_twice_is_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").write_text(f"def a(x_{name}: int) -> int: ...\n")
    graph = load(tmp_path, settings=resolve({}, environ={}), executes=False)
    assert "x_one" in graph
    assert "x_two" in graph
    assert "a is there twice" in graph.problems[1]


CODE = st.lists(
    st.sampled_from(
        [
            *("def a(x: int) -> int: ...", "@tag(owner=x)", "@tag(**t)", "@extract_columns(*c)"),
            *("@config.when(**k)", "@parameterize(**{'p': 1})", "@inject(x=source(y))", "c = c"),
            *("@extract_fields({**d})", "async def b(*a, k=1, **o): ...", "class C: ...", "@x.y.z"),
            *("@save_to.csv()", "@load_from.csv()", "@dataloader", "@parameterize_values(1, 2)"),
            *(
                "from hamilton.function_modifiers import *",
                "import hamilton as h",
                "\0",
                "d = {1: 2}",
            ),
        ]
    ),
    max_size=8,
)
START = (
    "from hamilton.function_modifiers import tag, extract_columns, config, parameterize, inject, "
    "source, extract_fields, save_to, load_from, dataloader, parameterize_values\n"
)


@settings(max_examples=150, deadline=None)
@given(lines=CODE, junk=st.binary(max_size=40))
def test_whatever_stands_in_a_file_makes_a_graph(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], junk: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.py"
    for data in ("\n".join([START, *lines, "def z(): ..."]).encode(), junk):
        path.write_bytes(data)
        graph = graph_of_texts([Source("anything", path)], resolve({}, environ={}))
        assert graph.problems[0] == APPROXIMATE
