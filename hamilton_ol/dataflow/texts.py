"""The source text of functions: a file is read and parsed once, however many nodes it holds."""

import ast
import linecache
import re
import textwrap
import types
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from hamilton_ol.dataflow.compiled import are_written_the_same, codes_in, has_changed

_HOLDERS = ast.stmt, ast.excepthandler, ast.match_case
FunctionTree = ast.FunctionDef | ast.AsyncFunctionDef

_NAME = "<hamilton_ol>"  # what warnings of the compiler are told to come from
_IS_OURS = re.compile(re.escape(_NAME))


class FunctionText(NamedTuple):
    """A function as it is written.

    Attributes:
        text: with its decorators, without common indentation.
        tree: its syntax tree.
    """

    text: str
    tree: FunctionTree


class _Written(NamedTuple):
    """A function of a file: its tree, the line that its code begins with, its code."""

    tree: FunctionTree
    line: int
    code: types.CodeType


Functions = dict[str, list[_Written]]


class Texts:
    """Finds the text of functions; remembers the files that it has read."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[list[str], Functions]] = {}
        self._changed: dict[str, bool] = {}

    def refresh(self) -> None:
        """Forget the files that have changed: a notebook reloads what a person edits."""
        self._changed.clear()
        for name in list(self._files):
            linecache.checkcache(name)
            if linecache.getlines(name) is not self._files[name][0]:
                del self._files[name]

    def of(self, function: types.FunctionType) -> FunctionText | None:
        """The text of a function; None when it has none, or none that fits it any more.

        It fits when it compiles to the very code that the function has.
        """
        code = function.__code__
        lines, functions = self._file(code.co_filename)
        same = [f for f in functions.get(code.co_name, ()) if are_written_the_same(f.code, code)]
        if not same or self._has_changed(function):
            return None
        found = min(same, key=lambda f: abs(f.line - code.co_firstlineno))
        text = "".join(lines[found.line - 1 : found.tree.end_lineno])
        return FunctionText(textwrap.dedent(text), found.tree)

    def _has_changed(self, function: types.FunctionType) -> bool:
        name = function.__code__.co_filename
        if function.__module__ == "__main__":  # no import brings its compiled file up to date
            return False
        if name not in self._changed:
            self._changed[name] = has_changed(name)
        return self._changed[name]

    def _file(self, name: str) -> tuple[list[str], Functions]:
        if name not in self._files:
            linecache.checkcache(name)  # a traceback may have read it long ago
            lines = linecache.getlines(name)
            self._files[name] = lines, _functions("".join(lines))
        return self._files[name]


def _functions(text: str) -> Functions:
    """The functions of a file by their name; all of it is compiled, for its imports matter."""
    _keep_quiet()
    try:
        module, compiled = _compiled(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a cell with magics, for one
        return {}
    codes = {(code.co_name, code.co_firstlineno): code for code in codes_in(compiled)}
    found: Functions = {}
    for tree in _statements(module):
        if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef):
            line = min([tree.lineno, *(d.lineno for d in tree.decorator_list)])
            code = codes.get((tree.name, line))
            if code is not None:
                found.setdefault(tree.name, []).append(_Written(tree, line, code))
    return found


def _compiled(text: str, tries: int = 3) -> tuple[ast.Module, types.CodeType]:
    """A file parsed and compiled.

    Python 3.11 counts depths for all threads at once, and may call a parse wrong beside which
    another thread parses, too.
    """
    try:
        module = ast.parse(text, _NAME)
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT  # as in a notebook
        return module, compile(module, _NAME, "exec", flags, dont_inherit=True)
    except SystemError:
        if tries == 1:
            raise
    return _compiled(text, tries - 1)


def _statements(module: ast.Module) -> Iterator[ast.AST]:
    """All statements of a file, and what holds some; expressions, which are most of it, hold none."""
    waiting: list[ast.AST] = [module]
    for tree in waiting:
        yield tree
        waiting += (t for t in ast.iter_child_nodes(tree) if isinstance(t, _HOLDERS))


def _keep_quiet() -> None:
    """What the compiler warns of in a person's file was said when it was imported.

    A filter that is only ever added, because one that is taken back could take back a filter that
    another thread has set meanwhile.
    """
    if not any(action == "ignore" and where == _IS_OURS for action, _, _, where, _ in _filters()):
        warnings.filterwarnings("ignore", module=_IS_OURS.pattern)


def _filters() -> list[tuple[str, object, object, object, int]]:
    return list(warnings.filters)
