"""What a function's text says beyond its structure: above all what it takes out of its arguments.

`df["age"]`, `df[["age", "sex"]]`, `df.age` and `df[column]` take columns; anything else, from a
method call to passing the argument on, may take all of it, and then nothing is claimed.
"""

import ast

from hamilton_ol.dataflow.texts import FunctionTree
from hamilton_ol.records import ColumnUse


def column_uses(tree: FunctionTree) -> dict[str, tuple[ColumnUse, ...] | None]:
    """For each argument all that the body takes of it, or None when that is not known."""
    spec = tree.args
    names = {a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)}
    finder = _Finder(names)
    for statement in tree.body:
        finder.visit(statement)
    return {
        name: None if name in finder.whole else tuple(dict.fromkeys(finder.uses[name]))
        for name in names & (finder.whole | finder.uses.keys())
    }


_SEE_ALL = frozenset({"locals", "eval", "exec", "vars"})


class _Finder(ast.NodeVisitor):
    def __init__(self, names: set[str]) -> None:
        self.names, self.whole = names, set[str]()
        self.uses: dict[str, list[ColumnUse]] = {}

    def visit_Subscript(self, node: ast.Subscript) -> None:
        name = self._argument(node.value)
        taken = self._columns(node.slice) if isinstance(node.ctx, ast.Load) else None
        if name is None or taken is None:
            self.generic_visit(node)
        else:
            self.uses.setdefault(name, []).extend(taken)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        name = self._argument(node.value)
        if name is None or not isinstance(node.ctx, ast.Load):
            self.generic_visit(node)
        else:
            self.uses.setdefault(name, []).append(ColumnUse("attribute", node.attr))

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = self._argument(function.value) if isinstance(function, ast.Attribute) else None
        if name is not None:
            self.whole.add(name)  # a method sees everything
        if isinstance(function, ast.Name) and function.id in _SEE_ALL:
            self.whole |= self.names
        self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> None:
        if node.arg in self.names:
            self.whole.add(node.arg)  # an inner function has an argument of the same name

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self.names:
            self.whole.add(node.id)

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


def config_literals(tree: FunctionTree) -> dict[str, tuple[str, ...]]:
    """The texts that `@config.when(key="text")` and its like compare config with, by key."""
    found: dict[str, tuple[str, ...]] = {}
    calls = [d for d in tree.decorator_list if isinstance(d, ast.Call)]
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr.startswith("when"):
            for keyword in call.keywords:
                if keyword.arg:
                    found[keyword.arg] = _texts(keyword.value)
    return found


def _texts(value: ast.expr) -> tuple[str, ...]:
    constants = (n.value for n in ast.walk(value) if isinstance(n, ast.Constant))
    return tuple(c for c in constants if isinstance(c, str))
