"""The text of a function: found wherever it stands, and never that of another one."""

import ast
import linecache
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from hamilton import ad_hoc_utils

from hamilton_ol.dataflow.compiled import codes_in
from hamilton_ol.dataflow.texts import Texts
from tests.support.flows import Flows

SOURCE = '''\
import functools
import pandas as pd

def decorated(**given):
    return lambda function: function

# a comment
@decorated(key="value")
def told(x: int = 1) -> int:
    """Says it."""
    return pd.Series([x]).sum()  # and why

async def later(x: int) -> int:
    return x

def outer():
    def inner(x: int) -> int:
        return x
    return inner

class Made:
    def method(self, x: int) -> int:
        return x

inner = outer()

if pd:
    def chosen(x: int) -> int:
        return 1
else:
    def chosen(x: int) -> int:
        return 2
'''


def text_of(function: Any, texts: Texts | None = None) -> str | None:
    assert isinstance(function, FunctionType)
    found = (texts or Texts()).of(function)
    return found.text if found else None


def edit(path: Path, before: str, after: str) -> None:
    """Edit a file as a person does, some seconds after its import."""
    source = path.read_text(encoding="utf-8")
    assert before in source
    path.write_text(source.replace(before, after), encoding="utf-8")
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))


@pytest.fixture
def module(flows: Flows, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return flows.module(SOURCE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "flow.py"


def test_a_text_begins_with_the_decorators_and_ends_with_the_last_comment(
    module: ModuleType,
) -> None:
    assert text_of(module.told) == (
        '@decorated(key="value")\ndef told(x: int = 1) -> int:\n    """Says it."""\n'
        "    return pd.Series([x]).sum()  # and why\n"
    )


def test_asynchronous_nested_and_class_functions_have_texts(module: ModuleType) -> None:
    expected = "def {}(x: int) -> int:\n    return x\n"
    assert text_of(module.later) == "async " + expected.format("later")
    assert text_of(module.inner) == expected.format("inner")
    assert text_of(module.Made.method) == expected.format("method").replace("(x", "(self, x")


def test_of_two_functions_with_one_name_each_has_its_own_text(module: ModuleType) -> None:
    assert (text_of(module.chosen) or "").endswith("return 1\n")


def test_a_cell_of_a_notebook_has_a_text() -> None:
    name, source = "/tmp/ipykernel_1/cell.py", "x = 1\ndef told(y: int) -> int:\n    return y\n"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    scope: dict[str, Any] = {}
    exec(compile(source, name, "exec"), scope)
    assert text_of(scope["told"]) == "def told(y: int) -> int:\n    return y\n"
    del linecache.cache[name]


def test_a_cell_that_awaits_has_texts_too() -> None:
    name, source = "<cell>", "await wait()\ndef told(y: int) -> int:\n    return y\n"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    cell = compile(source, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    told = next(code for code in codes_in(cell) if code.co_name == "told")
    assert text_of(FunctionType(told, {})) == "def told(y: int) -> int:\n    return y\n"
    del linecache.cache[name]


def test_a_module_of_hamiltons_from_text_has_texts() -> None:
    flow = ad_hoc_utils.module_from_source("def told(y: int) -> int:\n    return y\n")
    assert text_of(flow.told) == "def told(y: int) -> int:\n    return y\n"


def test_code_without_source_has_no_text() -> None:
    scope: dict[str, Any] = {}
    exec("def told(y: int) -> int:\n    return y\n", scope)
    assert text_of(scope["told"]) is None
    assert text_of(eval("lambda y: y")) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (".sum()", ".max()"),
        ("[x]", "[2]"),
        ("Says it", "Shouts it"),
        ('key="value"', 'key="other"'),
        ("x: int = 1", "x: int = 2"),
        ("def told(x", "def told(z"),
        ("def told(", "def tells("),
        ('    """Says', '    # new\n    """Says'),
        (SOURCE, ""),
        (SOURCE, "def told(:"),
    ],
)
def test_a_file_that_was_edited_gives_no_stale_text(
    module: ModuleType, path: Path, before: str, after: str
) -> None:
    edit(path, before, after)
    assert text_of(module.told) is None


def test_a_file_that_is_gone_gives_no_text(module: ModuleType, path: Path) -> None:
    path.unlink()
    assert text_of(module.told) is None


def test_a_file_that_changed_after_it_was_read_is_read_again(
    module: ModuleType, path: Path, flows: Flows
) -> None:
    texts = Texts()
    before = text_of(module.told, texts)
    edit(path, "[x]", "[x, x]")
    texts.refresh()
    assert text_of(module.told, texts) is None
    again = flows.module(path.read_text(encoding="utf-8"))
    texts.refresh()
    assert before is not None
    assert text_of(again.told, texts) == before.replace("[x]", "[x, x]")


def test_lines_that_python_remembers_from_before_an_edit_are_not_used(
    module: ModuleType, path: Path, flows: Flows
) -> None:
    linecache.getlines(str(path))
    edit(path, 'key="value"', 'key="other"')
    again = flows.module(path.read_text(encoding="utf-8"))
    assert (text_of(again.told) or "").startswith('@decorated(key="other")')


def test_where_no_import_compiles_lines_may_move(
    flows: Flows, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = flows.module(SOURCE)
    before = text_of(module.told)
    edit(path, "# a comment\n", "# a comment\n# of several lines\n\n")
    assert before is not None
    assert text_of(module.told) == before


def test_a_main_program_with_an_old_compiled_file_has_texts(module: ModuleType, path: Path) -> None:
    edit(path, "# a comment", "# another")
    module.told.__module__ = "__main__"
    assert text_of(module.told) is not None


@pytest.fixture
def traced() -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: None)
    yield
    sys.settrace(before)


@pytest.mark.usefixtures("traced")
def test_a_function_that_is_being_debugged_keeps_its_text(module: ModuleType) -> None:
    for _ in range(3):
        module.chosen(1)
    assert text_of(module.chosen) is not None


def test_warnings_of_the_compiler_are_not_shown_again(flows: Flows) -> None:
    source = 'def told(x: int) -> bool:\n    return x is 3 or "\\d"\n'
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = flows.module(source)
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        assert text_of(module.told) == source
    assert [str(warning.message) for warning in shown] == []


def test_only_one_filter_of_warnings_is_ever_added(flows: Flows) -> None:
    with warnings.catch_warnings():
        for number in range(3):
            text_of(flows.module(SOURCE, f"flow{number}").told)
            kept = len(warnings.filters)
            text_of(flows.module(SOURCE, f"more{number}").told)
            assert len(warnings.filters) == kept


@pytest.mark.parametrize("source", ["(" * 300 + ")" * 300, "x = " + "-" * 100_000 + "1", "a\0b"])
def test_a_file_that_cannot_be_parsed_gives_no_text(
    module: ModuleType, path: Path, source: str
) -> None:
    path.write_text(source, encoding="utf-8")
    assert text_of(module.told) is None


def test_a_parse_that_python_calls_wrong_is_tried_again(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, parse = iter([SystemError("recursion depth mismatch")] * 2), ast.parse

    def unlucky(*arguments: Any) -> Any:
        for error in wrong:
            raise error
        return parse(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(ast, "parse", unlucky)
        assert text_of(module.chosen)
