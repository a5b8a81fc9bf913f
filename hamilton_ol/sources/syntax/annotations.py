"""Annotations as the short names that types have everywhere else."""

import ast

_TYPING = {"Dict": "dict", "List": "list", "Set": "set", "Tuple": "tuple", "Type": "type"}


def type_text(expression: ast.expr | None) -> str:
    """The name of a type: `DataFrame` for `pd.DataFrame`, `int | None` for `Optional[int]`."""
    if expression is None:
        return ""
    if isinstance(expression, ast.Constant):
        return _constant(expression.value)
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.BitOr):
        return _union([expression.left, expression.right])
    if isinstance(expression, ast.Subscript):
        return _subscript(outer_name(expression), expression.slice)
    return outer_name(expression)


def outer_name(expression: ast.expr | None) -> str:
    """The name without module and arguments: `Collect` for `htypes.Collect[int]`."""
    if isinstance(expression, ast.Subscript):
        return outer_name(expression.value)
    name = expression.attr if isinstance(expression, ast.Attribute) else ""
    name = expression.id if isinstance(expression, ast.Name) else name
    return _TYPING.get(name, name)


def _constant(value: object) -> str:
    if isinstance(value, str):
        try:
            return type_text(ast.parse(value, mode="eval").body)
        except (SyntaxError, ValueError):
            return value
    return "..." if value is ... else str(value)


def _subscript(name: str, inner: ast.expr) -> str:
    members = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if name == "Annotated":
        return type_text(members[0])
    if name in ("Optional", "Union"):
        return _union([*members, *([ast.Constant(None)] if name == "Optional" else [])])
    if name == "Literal":
        return f"Literal[{', '.join(sorted(ast.unparse(member) for member in members))}]"
    return f"{name}[{', '.join(map(type_text, members))}]"


def _union(members: list[ast.expr]) -> str:
    names = {name for member in members for name in type_text(member).split(" | ")}
    return " | ".join([*sorted(names - {"None"}), *names & {"None"}])
