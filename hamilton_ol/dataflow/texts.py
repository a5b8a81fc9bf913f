"""The source text of functions: a file is read and parsed once, however many nodes it holds."""

import ast
import hashlib
import linecache
import textwrap
import types
from dataclasses import dataclass

FunctionTree = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class FunctionText:
    """A function as it is written.

    Attributes:
        text: with its decorators, without common indentation.
        tree: its syntax tree.
        line: of its first decorator, from 1.
    """

    text: str
    tree: FunctionTree
    line: int


class Texts:
    """Finds the text of functions; remembers the files that it has read."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[list[str], dict[int, FunctionTree]]] = {}

    def refresh(self) -> None:
        """Forget the files that have changed: a notebook reloads what a person edits."""
        for name in list(self._files):
            linecache.checkcache(name)
            if linecache.getlines(name) is not self._files[name][0]:
                del self._files[name]

    def of(self, function: types.FunctionType) -> FunctionText | None:
        """The text of a function; None when it has none, or none that fits it any more."""
        code = function.__code__
        lines, trees = self._file(code.co_filename)
        tree = trees.get(code.co_firstlineno)
        if tree is None or not _fits(tree, code):
            return None
        first = code.co_firstlineno - 1
        text = textwrap.dedent("".join(lines[first : tree.end_lineno]))
        return FunctionText(text, tree, code.co_firstlineno)

    def _file(self, name: str) -> tuple[list[str], dict[int, FunctionTree]]:
        if name not in self._files:
            lines = linecache.getlines(name)
            self._files[name] = lines, _functions("".join(lines))
        return self._files[name]


def _functions(text: str) -> dict[int, FunctionTree]:
    """The functions of a file by the line that their code begins with."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):  # a notebook cell with magics, for one
        return {}
    found = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return {min([n.lineno, *(d.lineno for d in n.decorator_list)]): n for n in found}


def _fits(tree: FunctionTree, code: types.CodeType) -> bool:
    """Whether the file still holds the function that was imported from it."""
    spec = tree.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    count = code.co_argcount + code.co_kwonlyargcount
    return tree.name == code.co_name and tuple(names) == code.co_varnames[:count]


def code_hash(text: FunctionText | None, function: types.FunctionType | None) -> str | None:
    """Hash of what a function does, the same on every Python version; None without a function.

    Neither comments nor the docstring count. Where there is no text it is taken from the bytecode,
    which other Python versions compile differently; then it begins with `b:`.
    """
    if text is not None:
        return hashlib.sha256(_bare(text.tree).encode()).hexdigest()[:16]
    if function is None:
        return None
    return "b:" + hashlib.sha256(repr(_bytecode(function.__code__)).encode()).hexdigest()[:16]


def _bare(tree: FunctionTree) -> str:
    """The function's text from its tree, without its docstring."""
    if ast.get_docstring(tree, clean=False) is None:
        return ast.unparse(tree)
    docstring, *rest = tree.body
    tree.body = rest or [ast.Pass()]
    try:
        return ast.unparse(tree)
    finally:
        tree.body = [docstring, *rest]


def _bytecode(code: types.CodeType) -> tuple[object, ...]:
    constants = [
        _bytecode(c) if isinstance(c, types.CodeType) else (type(c).__name__, c)
        for c in code.co_consts
        if c is None or isinstance(c, str | int | float | bytes | types.CodeType)
    ]
    return code.co_code, code.co_names, code.co_varnames, constants
