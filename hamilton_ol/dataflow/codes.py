"""Hashes of what functions do: comments, docstrings, formatting and places do not count."""

import ast
import dis
import functools
import hashlib
import types
from itertools import groupby
from typing import Any

from hamilton_ol.dataflow.texts import FunctionText, FunctionTree

# Of a tree: what its place decides, and what Python ignores.
_SKIPPED = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
# Of bytecode: where the operand is but an index of a name or value.
_NAMED = frozenset({*dis.hasconst, *dis.hasname, *dis.haslocal, *dis.hasfree})
_PLAIN = (bool, int, float, complex, str, bytes, type(None), type(...))


def code_hash(text: FunctionText | None, function: types.FunctionType) -> str:
    """Hash of what a function does, the same on every Python version.

    Where there is no text it is taken from the bytecode, which other Python versions, and now and
    then other divisions into lines, compile differently; then it begins with `b:`.
    """
    if text is not None:
        out: list[str] = []
        try:
            _write(_without_docstring(text.tree), out)
            return _digest("".join(out))
        except RecursionError:  # an expression of very many terms
            pass
    return f"b:{_digest(repr((_bytecode(function.__code__), _defaults(function))))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _without_docstring(tree: FunctionTree) -> ast.AST:
    if ast.get_docstring(tree, clean=False) is None:
        return tree
    fields = {name: getattr(tree, name, None) for name in tree._fields}
    kind: Any = type(tree)
    bare: ast.AST = kind(**fields | {"body": tree.body[1:] or [ast.Pass()]})
    return bare


def _write(value: Any, out: list[str]) -> None:
    """A syntax tree as text; neither `ast.dump` nor `ast.unparse` gives all versions the same."""
    if isinstance(value, ast.AST):
        kind: Any = type(value)
        opening, fields = _written(kind)
        out.append(opening)
        for name, label in fields:
            part = getattr(value, name, None)
            if part is not None and part != []:
                out.append(label)
                _write(_joined(part) if isinstance(value, ast.JoinedStr) else part, out)
        out.append(")")
    elif isinstance(value, list):
        out.append("[")
        for item in value:
            _write(item, out)
        out.append("]")
    else:
        out.append(f"{type(value).__name__}{_shown(value)},")


@functools.cache
def _written(kind: Any) -> tuple[str, list[tuple[str, str]]]:
    """How a kind of tree begins, and its fields that count, each with what is put before it."""
    fields = [(name, f"{name}=") for name in kind._fields if name not in _SKIPPED]
    return f"{kind.__name__}(", fields


def _joined(parts: list[ast.expr]) -> list[Any]:
    """The parts of an f-string, of which versions divide the constant ones differently."""
    found: list[Any] = []
    for constant, group in groupby(parts, key=lambda part: isinstance(part, ast.Constant)):
        if constant:
            text = "".join(str(part.value) for part in group if isinstance(part, ast.Constant))
            found += [text] if text else []
        else:
            found += group
    return found


def _shown(value: Any) -> str:
    """As text: integers without a limit, letters that not every version knows escaped."""
    return hex(value) if type(value) is int else ascii(value)


def _bytecode(code: types.CodeType) -> tuple[Any, ...]:
    """What a code does, without its docstring, which no instruction refers to."""
    done = [
        (i.opname, _constant(i.argval) if i.opcode in _NAMED else i.arg)
        for i in dis.get_instructions(code)
        if i.opname != "EXTENDED_ARG"
    ]
    count = code.co_argcount + code.co_kwonlyargcount
    return code.co_name, code.co_varnames[:count], done


def _constant(value: Any) -> Any:
    if isinstance(value, types.CodeType):
        return _bytecode(value)
    if isinstance(value, frozenset):
        return "frozenset", sorted(repr(_constant(item)) for item in value)
    if isinstance(value, tuple):
        return tuple(_constant(item) for item in value)
    return type(value).__name__, _shown(value) if isinstance(value, _PLAIN) else ""


def _defaults(function: types.FunctionType) -> list[Any]:
    named = sorted((function.__kwdefaults__ or {}).items())
    return [_constant(value) for value in (*(function.__defaults__ or ()), *named)]
