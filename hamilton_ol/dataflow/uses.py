"""What a function's text says beyond its structure: above all what it takes out of its arguments.

`df["age"]`, `df[["age", "sex"]]`, `df.age` and `df[column]` take columns; anything else, from a
method call to passing the argument on, may take all of it, and then nothing is claimed.
"""

import ast
import functools
import re
from collections.abc import Iterable
from typing import Any

from hamilton_ol.dataflow.texts import FunctionTree
from hamilton_ol.records import ColumnUse

Uses = tuple[ColumnUse, ...] | None

# What can look at the variables of the function that uses it, and what may when it is called.
_SEE_ALL = frozenset({"locals", "vars", "eval", "exec", "_getframe", "currentframe", "f_locals"})
_MAY_SEE_ALL = _SEE_ALL | {"query", "sql", "execute"}
_WORD = re.compile(r"\w+")


def column_uses(tree: FunctionTree) -> dict[str, Uses]:
    """For each argument all that the body takes of it, or None when that is not known."""
    spec = tree.args
    names = {a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)}
    finder = _Finder(names)
    try:
        for statement in tree.body:
            finder.visit(statement)
    except RecursionError:  # an expression of very many terms
        return {}
    found = {name: tuple(dict.fromkeys(uses)) for name, uses in finder.uses.items()}
    whole = finder.whole | {name for name, uses in found.items() if finder.is_misled(uses)}
    return {name: None if name in whole else found[name] for name in whole | found.keys()}


@functools.cache
def _of_frames() -> frozenset[str]:
    """Attributes that every frame has; `df.values` is not a column, even if there is one."""
    import pandas as pd  # noqa: PLC0415 - Hamilton's driver has imported it by now

    return frozenset(dir(pd.DataFrame))


class _Finder(ast.NodeVisitor):
    """Collects the uses of the arguments.

    Args:
        names: of the arguments.

    Attributes:
        whole: arguments that the body may use in any way.
        uses: {argument: what is taken of it}, which is all only if it is not in `whole`.
    """

    def __init__(self, names: set[str]) -> None:
        self.names, self.whole = names, set[str]()
        self.uses: dict[str, list[ColumnUse]] = {}
        self._bound: set[str] = set()

    def is_misled(self, uses: Iterable[ColumnUse]) -> bool:
        """Whether a column is named by an argument that gets another value on the way."""
        return any(use.how == "input" and use.name in self._bound for use in uses)

    def visit(self, node: ast.AST) -> None:
        """Note what the node binds, then go on."""
        kind: Any = type(node)
        if _may_bind(kind):
            bound = self.names.intersection(_bound(node))
            self._bound |= bound
            self.whole |= bound
        super().visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        name = self._argument(node.value)
        taken = self._columns(node.slice) if isinstance(node.ctx, ast.Load) else None
        if name is None or taken is None:
            self.generic_visit(node)
        else:
            self._take(name, *taken)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        name = self._argument(node.value)
        if node.attr in _MAY_SEE_ALL:
            self.whole |= self.names
        if name is None or node.attr in _of_frames() or not isinstance(node.ctx, ast.Load):
            self.generic_visit(node)
        else:
            self._take(name, ColumnUse("attribute", node.attr))

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = self._argument(function.value) if isinstance(function, ast.Attribute) else None
        if name is not None:
            self.whole.add(name)  # a method sees everything
        if isinstance(function, ast.Name) and function.id in _MAY_SEE_ALL:
            self.whole |= self.names
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        self.whole |= self.names & {node.id}
        if node.id in _SEE_ALL:
            self.whole |= self.names

    def visit_Constant(self, node: ast.Constant) -> None:
        """`duckdb.sql("select a from df")` finds a variable by its name."""
        if isinstance(node.value, str):
            self.whole |= self.names.intersection(_WORD.findall(node.value))

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def _take(self, name: str, *uses: ColumnUse) -> None:
        self.uses.setdefault(name, []).extend(uses)

    def _argument(self, node: ast.expr) -> str | None:
        return node.id if isinstance(node, ast.Name) and node.id in self.names else None

    def _columns(self, key: ast.expr) -> list[ColumnUse] | None:
        """The columns that a subscript names; None when it is a mask, a slice or a computation."""
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return [ColumnUse("item", key.value)]
        if isinstance(key, ast.Name) and key.id in self.names:
            self.whole.add(key.id)
            return [ColumnUse("input", key.id)]
        if isinstance(key, ast.List) and key.elts:
            found = [self._columns(item) for item in key.elts]
            if all(item is not None for item in found):
                return [use for item in found if item for use in item]
        return None


@functools.cache
def _may_bind(kind: Any) -> bool:
    """Whether a kind of tree can give a name a value: most cannot, and are not looked at."""
    return issubclass(kind, ast.Name) or not _NAMING.isdisjoint(kind._fields)


_NAMING = frozenset({"arg", "name", "names", "rest"})


def _bound(node: ast.AST) -> list[str]:
    """The names to which a node gives another value, or another meaning in an inner scope."""
    if isinstance(node, ast.Name):
        return [] if isinstance(node.ctx, ast.Load) else [node.id]
    if isinstance(node, ast.keyword | ast.Attribute):
        return []
    if isinstance(node, ast.Global | ast.Nonlocal):
        return node.names
    if isinstance(node, ast.alias):
        return [node.asname or node.name.partition(".")[0]]
    names = (getattr(node, key, None) for key in ("arg", "name", "rest"))
    return [name for name in names if isinstance(name, str)]


_CONFIG = frozenset({"when", "when_not", "when_in", "when_not_in"})


def config_literals(tree: FunctionTree) -> dict[str, tuple[str, ...]]:
    """The texts that `@config.when(key="text")` and its like compare config with, by key."""
    found: dict[str, tuple[str, ...]] = {}
    calls = [d for d in tree.decorator_list if isinstance(d, ast.Call)]
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in _CONFIG:
            for keyword in call.keywords:
                if keyword.arg and keyword.arg != "name":  # of the node
                    found[keyword.arg] = found.get(keyword.arg, ()) + _texts(keyword.value)
    return found


def _texts(value: ast.expr) -> tuple[str, ...]:
    constants = (n.value for n in ast.walk(value) if isinstance(n, ast.Constant))
    return tuple(c for c in constants if isinstance(c, str))
