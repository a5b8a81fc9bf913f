"""Whether two codes are the same, and whether a file changed since it was compiled."""

import importlib.util
import os
import py_compile
import sys
import types
from pathlib import Path

import pytest

from hamilton_ol.dataflow.compiled import are_written_the_same, codes_in, has_changed


def code(source: str) -> types.CodeType:
    module = compile(source, "<test>", "exec")
    return next(c for c in module.co_consts if isinstance(c, types.CodeType))


BASE = "def f(a, b=(1, 'x')):\n    c = a in {1, 2}\n    return [lambda d: (a, 1, d) for _ in b]\n"


def test_the_same_source_is_the_same_wherever_it_stands() -> None:
    assert are_written_the_same(code(BASE), code("\n\n# moved\n" + BASE))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{1, 2}", "{1, 3}"),
        ("(a, 1, d)", "(a, 1.0, d)"),
        ("(a, 1, d)", "(a, True, d)"),
        ("lambda d: (a, 1, d)", "lambda e: (a, 1, e)"),
        ("in {", "not in {"),
        ("c = a", "a = a"),
        ("c = a", "\n    c = a"),
    ],
)
def test_another_source_is_not_the_same(before: str, after: str) -> None:
    assert before in BASE
    assert not are_written_the_same(code(BASE), code(BASE.replace(before, after)))


def test_constants_in_tuples_are_compared_with_their_types() -> None:
    one, other = (
        code("def f():\n    return (1, (2,))\n"),
        code("def f():\n    return (1, (2.0,))\n"),
    )
    assert not are_written_the_same(one, other)
    assert not are_written_the_same(one, code("def f():\n    return (1, (2, 2))\n"))


def test_all_codes_within_a_code_are_found() -> None:
    names = [c.co_name for c in codes_in(compile(BASE, "<test>", "exec"))]
    assert names[:2] == ["<module>", "f"]
    assert "<lambda>" in names


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    made = tmp_path / "flow.py"
    made.write_text(BASE)
    return made


def edit(file: Path) -> None:
    later = file.stat().st_mtime + 5
    file.write_text(BASE.replace("c = a", "d = a"))
    os.utime(file, (later, later))


def test_a_file_that_differs_from_what_was_compiled_has_changed(file: Path) -> None:
    py_compile.compile(str(file))
    assert not has_changed(str(file))
    edit(file)
    assert has_changed(str(file))


def test_a_file_that_was_never_compiled_is_not_known_to_have_changed(file: Path) -> None:
    assert not has_changed(str(file))
    assert not has_changed(str(file.parent / "gone.py"))
    assert not has_changed("<string>")


def test_a_compiled_file_that_is_cut_off_says_nothing(file: Path) -> None:
    compiled = Path(importlib.util.cache_from_source(str(file)))
    compiled.parent.mkdir()
    compiled.write_bytes(b"short")
    assert not has_changed(str(file))


def test_a_compiled_file_that_goes_by_hash_says_nothing(file: Path) -> None:
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(file), invalidation_mode=unchecked)
    edit(file)
    assert not has_changed(str(file))


def test_where_imports_cannot_or_do_not_compile_nothing_is_known(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    py_compile.compile(str(file))
    edit(file)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        assert not has_changed(str(file))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        assert not has_changed(str(file))
