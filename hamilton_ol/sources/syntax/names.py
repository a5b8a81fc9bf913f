"""What names of a module stand for, as far as its text says: imports and constants."""

import ast
from collections.abc import Iterator
from typing import Any

HAMILTON, MODIFIERS = "hamilton.", "hamilton.function_modifiers"
LARGEST = 10_000  # items of a constant
#: Modules of `hamilton.function_modifiers` that its decorators can also be imported from.
_MODULES = frozenset(
    {
        *("adapters", "configuration", "delayed", "expanders"),
        *("macros", "metadata", "recursive", "validation"),
    }
)


class UnknownError(ValueError):
    """The text does not say what an expression is."""


class Names:
    """The names of a module.

    Args:
        tree: of the module.
    """

    def __init__(self, tree: ast.Module) -> None:
        self._imports: dict[str, str] = {}
        self._constants: dict[str, ast.expr] = {}
        self._has_all = False
        for statement in tree.body:
            self._take(statement)

    def _take(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                self._imports[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                module = statement.module or ""
                self._imports[alias.asname or alias.name] = f"{module}.{alias.name}"
                self._has_all = self._has_all or (alias.name == "*" and module == MODIFIERS)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    self._constants[target.id] = statement.value
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            self._constants[statement.target.id] = statement.value or statement.annotation

    def decorator(self, expression: ast.expr) -> str:
        """What a decorator is called: of Hamilton's the name there, such as `config.when`."""
        callee = expression.func if isinstance(expression, ast.Call) else expression
        whole = self._whole(callee)
        if not whole.startswith(HAMILTON):
            return ""
        name = whole.removeprefix(f"{MODIFIERS}.").removeprefix(HAMILTON)
        module, _, rest = name.partition(".")
        return rest if rest and module in _MODULES else name

    def _whole(self, expression: ast.expr) -> str:
        if isinstance(expression, ast.Attribute):
            return f"{self._whole(expression.value)}.{expression.attr}"
        if isinstance(expression, ast.Name):
            name = expression.id
            return self._imports.get(name, f"{MODIFIERS}.{name}" if self._has_all else name)
        return "?"

    def called(self, expression: ast.expr) -> str:
        """The last name of what a call calls: `source` for `fm.source("x")`; empty for no call."""
        if not isinstance(expression, ast.Call):
            return ""
        return self._whole(expression.func).rpartition(".")[2]

    # --- values --------------------------------------------------------------------------------

    def value(self, expression: ast.expr, levels: int = 8) -> Any:
        """What an expression is, if it is made of literals and constants of the module.

        Raises:
            UnknownError: it is made of anything else.
        """
        if isinstance(expression, ast.Name) and levels and expression.id in self._constants:
            return self.value(self._constants[expression.id], levels - 1)
        if isinstance(expression, ast.List | ast.Tuple | ast.Set):
            found = [item for part in expression.elts for item in self.items(part, levels)]
            return found if isinstance(expression, ast.List) else tuple(found)
        if isinstance(expression, ast.Dict):
            return dict(self.pairs(expression, levels))
        if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
            return self._sum(expression, levels)
        try:
            return ast.literal_eval(expression)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
            raise UnknownError(ast.unparse(expression)[:80]) from error

    def _sum(self, expression: ast.BinOp, levels: int) -> Any:
        left, right = (self.value(part, levels) for part in (expression.left, expression.right))
        kinds = {type(left), type(right)}
        if len(kinds) == 1 and kinds <= {str, list, tuple} and len(left) + len(right) < LARGEST:
            return left + right
        raise UnknownError(ast.unparse(expression)[:80])

    def items(self, expression: ast.expr, levels: int = 8) -> list[Any]:
        """An item of a list of arguments: several where it begins with a star.

        Raises:
            UnknownError: the text does not say.
        """
        if isinstance(expression, ast.Starred):
            return list(self.value(expression.value, levels))
        return [self.value(expression, levels)]

    def pairs(self, expression: ast.Dict, levels: int = 8) -> Iterator[tuple[Any, Any]]:
        """Keys and values of a dict."""
        for key, value in zip(expression.keys, expression.values, strict=True):
            if key is None:
                yield from self.value(value, levels).items()
            else:
                yield self.value(key, levels), self.value(value, levels)

    def entries(self, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
        """Keyword arguments of a call, also those of a `**` whose dict stands in the module.

        Raises:
            UnknownError: the text does not say.
        """
        for keyword in call.keywords:
            if keyword.arg is not None:
                yield keyword.arg, keyword.value
                continue
            found = self.resolved(keyword.value)
            if not isinstance(found, ast.Dict):
                raise UnknownError(ast.unparse(keyword.value)[:80])
            for key, value in zip(found.keys, found.values, strict=True):
                if key is None:
                    raise UnknownError(ast.unparse(keyword.value)[:80])
                yield str(self.value(key)), value

    def resolved(self, expression: ast.expr) -> ast.expr:
        """What a constant of the module is, else the expression itself."""
        for _ in range(8):
            if not isinstance(expression, ast.Name) or expression.id not in self._constants:
                break
            expression = self._constants[expression.id]
        return expression
