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

EXTRACTORS = (
    "extract_columns.transform_node.<locals>.extractor_fn",
    "extract_fields.transform_node.<locals>.extractor_fn",
    "unpack_fields.transform_node.<locals>.extractor",
)
CHECKED = "BaseDataValidationDecorator.transform_node.<locals>.final_node_callable"
VALIDATOR = "BaseDataValidationDecorator.transform_node.<locals>.validation_function"
SAVER = "SaveToDecorator.create_saver_node.<locals>.save_data"
BUILDER = "MaterializerFactory.generate_nodes.<locals>.join_function"
APPENDER = "with_columns.chain_subdag_nodes.<locals>.new_callable"
IDENTITY = "pipe_output.transform_node.<locals>.__identity"

_MARKS = frozenset({*EXTRACTORS, CHECKED, VALIDATOR, SAVER, BUILDER, APPENDER, IDENTITY})
_DEPTH = 12  # decorators on one function


def layers(node: Node) -> Iterator[Any]:
    """The node's callable, then what it wraps, and so on inwards."""
    current, seen = node.callable, 0
    while current is not None and seen < _DEPTH:
        yield current
        current, seen = _wrapped(current), seen + 1


def _wrapped(function: Any) -> Any:
    if isinstance(function, functools.partial):
        return function.keywords.get("_callable") or function.func
    if not isinstance(function, types.FunctionType) or not _is_hamiltons(function):
        return None
    defaults = _defaults(function)
    if "_callabl" in defaults:  # subdag.add_namespace
        return defaults["_callabl"]
    cells = _cells(function)
    if isinstance(cells.get("self"), Node):  # Node.reassign_inputs, Node.transform_output
        return cells["self"].callable
    return cells.get("fn")


def _is_hamiltons(function: types.FunctionType) -> bool:
    return (function.__module__ or "").partition(".")[0] == "hamilton"


def _defaults(function: types.FunctionType) -> dict[str, Any]:
    code = function.__code__
    positional = code.co_varnames[: code.co_argcount]
    values = function.__defaults__ or ()
    return dict(zip(positional[len(positional) - len(values) :], values, strict=True)) | (
        function.__kwdefaults__ or {}
    )


def _cells(function: types.FunctionType) -> dict[str, Any]:
    found = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            found[name] = cell.cell_contents
        except ValueError:  # not filled yet
            continue
    return found


def wrapper(node: Node) -> str:
    """Qualified name of the closure of Hamilton's that says what the node is for, or nothing."""
    names = [getattr(layer, "__qualname__", "") for layer in layers(node)]
    return next((str(name) for name in names if name in _MARKS), "")


def extracted(node: Node) -> str | None:
    """The column or key that the node takes out of its only dependency, or None."""
    for layer in layers(node):
        if getattr(layer, "__qualname__", "") in EXTRACTORS:
            defaults = _defaults(layer)
            name = defaults.get("column_to_extract", defaults.get("field_to_extract"))
            return name if isinstance(name, str) else node.name.rpartition(".")[2]
    return None


def origin(node: Node) -> types.FunctionType | None:
    """The function with which the node was declared; None for inputs and materializers."""
    functions = node.originating_functions
    if node.user_defined or not functions:
        return None
    return functions[0] if isinstance(functions[0], types.FunctionType) else None


def body(node: Node) -> types.FunctionType | None:
    """The person's function that the node runs: a pipe's step, else where it was declared."""
    for layer in layers(node):
        if isinstance(layer, types.FunctionType) and not _is_hamiltons(layer):
            return layer
    return origin(node)
