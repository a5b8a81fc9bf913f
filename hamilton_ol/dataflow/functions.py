"""From a node to the function that a person wrote.

Decorators wrap functions in closures of Hamilton's. Which closure it is tells what the node is for
(seen in Hamilton 1.90; `tests/hamilton_ol/dataflow/test_owners.py` holds every decorator against
it), and what it wraps leads to the person's own function.
"""

import functools
import types
from collections.abc import Iterator
from typing import Any

from hamilton.node import Node

COLUMN = "extract_columns.transform_node.<locals>.extractor_fn"
FIELD = "extract_fields.transform_node.<locals>.extractor_fn"
ITEM = "unpack_fields.transform_node.<locals>.extractor"
KEYS = frozenset({FIELD, ITEM})
EXTRACTORS = KEYS | {COLUMN}
CHECKED = "BaseDataValidationDecorator.transform_node.<locals>.final_node_callable"
VALIDATOR = "BaseDataValidationDecorator.transform_node.<locals>.validation_function"
LOADER = "LoadFromDecorator.get_loader_nodes.<locals>.load_data"
SAVER = "SaveToDecorator.create_saver_node.<locals>.save_data"
BUILDER = "MaterializerFactory.generate_nodes.<locals>.join_function"
APPENDER = "with_columns.chain_subdag_nodes.<locals>.new_callable"

_MARKS = EXTRACTORS | {CHECKED, VALIDATOR, LOADER, SAVER, BUILDER, APPENDER}
# What wraps a node rather than a function holds it in a cell of this name.
_NODE_CELLS = {
    "Node.reassign_inputs.<locals>.new_callable": "self",
    "parameterize.expand_node.<locals>.replacement_function": "node_",
}
_FUNCTION_CELLS = ("fn", "new_callable", "new_function")
_DEPTH = 100  # decorators on one function, subdags within subdags


def layers(node: Node) -> Iterator[Any]:
    """The node's callable, then what it wraps, and so on inwards to the person's function."""
    current = node.callable
    for _ in range(_DEPTH):
        if current is None:
            return
        yield current
        current = _wrapped(current)


def _wrapped(function: Any) -> Any:
    if isinstance(function, functools.partial):
        # the executor of a block wraps a generator so that it becomes a list
        return function.keywords["_callable"] if _is_executors(function) else function.func
    if not isinstance(function, types.FunctionType) or not is_hamiltons(function):
        return None
    given = defaults(function)
    if "_callabl" in given:  # subdag.add_namespace
        return given["_callabl"]
    held = cells(function)
    node = held.get(_NODE_CELLS.get(qualified_name(function), ""))
    if isinstance(node, Node):
        return node.callable
    return next((held[name] for name in _FUNCTION_CELLS if callable(held.get(name))), None)


def _is_executors(function: "functools.partial[Any]") -> bool:
    is_its = getattr(function.func, "__module__", None) == "hamilton.execution.executors"
    return is_its and "_callable" in function.keywords


def is_hamiltons(function: Any) -> bool:
    """Whether a function is one of Hamilton's own; dataflows in `hamilton.contrib` are people's."""
    if not isinstance(function, types.FunctionType):
        return False
    # not `__module__`, which `functools.wraps` takes over from what is wrapped
    name = f"{function.__globals__.get('__name__')}."
    return name.startswith("hamilton.") and not name.startswith("hamilton.contrib.")


def defaults(function: types.FunctionType) -> dict[str, Any]:
    """{argument: its default}."""
    code = function.__code__
    positional = code.co_varnames[: code.co_argcount]
    values = function.__defaults__ or ()
    return dict(zip(positional[len(positional) - len(values) :], values, strict=True)) | (
        function.__kwdefaults__ or {}
    )


def cells(function: types.FunctionType) -> dict[str, Any]:
    """{name: what a closure holds under it}."""
    found = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            found[name] = cell.cell_contents
        except ValueError:  # not filled yet
            continue
    return found


def qualified_name(layer: Any) -> str:
    """The qualified name under which a layer was written, if it is a function, or nothing."""
    return layer.__code__.co_qualname if isinstance(layer, types.FunctionType) else ""


def wrapper(node: Node) -> str:
    """Qualified name of the closure of Hamilton's that says what the node is for, or nothing."""
    return next((name for name in map(qualified_name, layers(node)) if name in _MARKS), "")


def default_of(node: Node, ending: str) -> Any:
    """The first default, of any layer, of an argument that is called so at its end; else None."""
    for layer in layers(node):
        if isinstance(layer, types.FunctionType) and is_hamiltons(layer):
            found = (v for name, v in defaults(layer).items() if name.endswith(ending))
            if (value := next(found, None)) is not None:
                return value
    return None


def origins(node: Node) -> tuple[types.FunctionType, ...]:
    """The person's functions that declare the node, the innermost first; none for inputs."""
    made_of = () if node.user_defined else node.originating_functions or ()
    return tuple(f for f in made_of if isinstance(f, types.FunctionType) and not is_hamiltons(f))


def origin(node: Node) -> types.FunctionType | None:
    """The function with which the node was declared; None for inputs and materializers."""
    return next(iter(origins(node)), None)


def ran(node: Node) -> types.FunctionType | None:
    """The person's function that the node calls, if it calls one."""
    found = (f for f in layers(node) if isinstance(f, types.FunctionType) and not is_hamiltons(f))
    return next(found, None)


def body(node: Node) -> types.FunctionType | None:
    """The person's function that the node calls: a pipe's step, else where it was declared."""
    return ran(node) or origin(node)


def unwrapped(function: types.FunctionType) -> tuple[types.FunctionType, ...]:
    """A function and, where `functools.wraps` says what it wraps, all of that, inwards."""
    found = [function]
    while isinstance(inner := vars(found[-1]).get("__wrapped__"), types.FunctionType):
        if inner in found:
            break
        found.append(inner)
    return tuple(found)
