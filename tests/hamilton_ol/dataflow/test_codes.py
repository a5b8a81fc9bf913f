"""Hashes of code: what counts, what does not, and that every Python gives the same."""

import ast
import types
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.dataflow.codes import code_hash
from hamilton_ol.dataflow.texts import FunctionText


def made(source: str) -> types.FunctionType:
    """The function `f` of a source, without a text."""
    scope: dict[str, Any] = {"tag": lambda **given: lambda function: function}
    exec(source, scope)
    function = scope["f"]
    assert isinstance(function, types.FunctionType)
    return function


def by_text(source: str) -> str:
    tree = ast.parse(source).body[0]
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
    return code_hash(FunctionText(source, tree), made("def f(): ..."))


def by_bytecode(source: str) -> str:
    return code_hash(None, made(source))


BASE = '''
@tag(owner="me")
def f(x: int, *, y: str = "a") -> float:
    """Says it."""
    z = [v for v in (1, 2.5) if v in {"p", "q", "r"}]
    return x["key"] + sum(z) if y != 'it' else -1
'''

SAME = {
    "another docstring": ('"""Says it."""', '"""Shouts it.\n\n    Aloud.\n    """'),
    "no docstring": ('    """Says it."""\n', ""),
    "comments": ("    z =", "    # why\n    z ="),
    "spaces and parentheses": ('x["key"] + sum(z)', "(x [ 'key' ]+(sum( z )))"),
    "quotes and prefixes": ("'it'", 'u"it"'),
    "a literal in parts": ("'it'", "'i' 't'"),
    "a number written otherwise": ("2.5", "2.50"),
}
OTHER = {
    "a constant": ("(1, 2.5)", "(1, 2.6)"),
    "its type": ("(1, 2.5)", "(True, 2.5)"),
    "an element of a set": ('"r"', '"s"'),
    "an operator": ("+ sum", "- sum"),
    "a name": ("sum(z)", "max(z)"),
    "a key": ('"key"', '"keys"'),
    "a default": ('y: str = "a"', 'y: str = "b"'),
    "an argument": ("x: int", "w: int"),
    "a condition": ("!= 'it'", "== 'it'"),
}
ONLY_TEXT = {
    "an argument of a decorator": ('owner="me"', 'owner="you"'),
    "a type": ("x: int", "x: float"),
}


@pytest.mark.parametrize("change", SAME)
@pytest.mark.parametrize("hash_of", [by_text, by_bytecode])
def test_what_does_nothing_does_not_count(change: str, hash_of: Any) -> None:
    before, after = SAME[change]
    assert before in BASE
    assert hash_of(BASE.replace(before, after)) == hash_of(BASE)


def test_in_a_text_the_division_into_lines_does_not_count() -> None:
    assert by_text(BASE.replace("(1, 2.5)", "(\n 1,\n\n 2.5,\n )")) == by_text(BASE)


@pytest.mark.parametrize("change", OTHER)
@pytest.mark.parametrize("hash_of", [by_text, by_bytecode])
def test_what_does_something_counts(change: str, hash_of: Any) -> None:
    before, after = OTHER[change]
    assert before in BASE
    assert hash_of(BASE.replace(before, after)) != hash_of(BASE)


@pytest.mark.parametrize("change", ONLY_TEXT)
def test_of_decorators_and_types_only_the_text_tells(change: str) -> None:
    before, after = ONLY_TEXT[change]
    assert before in BASE
    assert by_text(BASE.replace(before, after)) != by_text(BASE)


def test_a_hash_of_bytecode_is_marked() -> None:
    assert by_bytecode(BASE).startswith("b:")
    assert not by_text(BASE).startswith("b:")


# Verified on Python 3.11, 3.12 and 3.13, whose parsers and writers of trees differ in these.
LITERAL = {
    "def f(): return 1": "394c4bd147f9cefa",
    "def f(x): return f\"{x['a']} of {x:>{x}}\"": "c5eecb5c8ff83870",
    'def f(x): return f"{x!r:{x}.{x}}" "tail" f"{x=}"': "f123aadb01384c3e",
    "def f(x): return 'ä\\U0001fae8\\ud800'": "06e9a89d43e5d800",
    "def f(x): return 10**5000 if x else 0x" + "f" * 5000: "11833c9b67e4c0c4",
    "async def f(x: list[int]) -> 'int': return [y async for y in x]": "ae2bb481fcd212da",
    "@tag(a=1)\ndef f(x, /, y=..., *z, w=None, **v): yield from (lambda: x)()": "db5229185bd85464",
    "def f(x):\n match x:\n  case {'a': [1, *_]} | None if x: return x": "79de91eacc77b431",
}


@pytest.mark.parametrize("source", LITERAL)
def test_every_python_gives_the_same_hash(source: str) -> None:
    assert by_text(source) == LITERAL[source]


def test_a_function_of_only_a_docstring_does_nothing() -> None:
    assert by_text('def f():\n    """Says it."""') == by_text("def f():\n    pass")


def test_the_tree_is_left_as_it_was() -> None:
    tree = ast.parse(BASE).body[0]
    assert isinstance(tree, ast.FunctionDef)
    before = ast.dump(tree)
    code_hash(FunctionText(BASE, tree), made(BASE))
    assert ast.dump(tree) == before


def test_an_expression_of_very_many_terms_goes_by_its_bytecode() -> None:
    source = "def f(x): return " + " + ".join(["x"] * 1000)
    assert by_text(source).startswith("b:")


@given(st.text(), st.text())
def test_different_texts_in_code_have_different_hashes(one: str, other: str) -> None:
    same = by_text(f"def f(): return {one!r}") == by_text(f"def f(): return {other!r}")
    assert same is (one == other)


def test_defaults_of_unknown_classes_are_not_asked() -> None:
    class Odd:
        def __repr__(self) -> str:
            raise AssertionError

    function = made("def f(x=None, *, y=None): return x")
    before = code_hash(None, function)
    function.__defaults__, function.__kwdefaults__ = (Odd(),), {"y": [Odd()]}
    assert code_hash(None, function) not in {before, ""}
