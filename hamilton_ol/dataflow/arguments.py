"""Which argument of the person's function each dependency of a node becomes.

Decorators rename: `@parameterize` passes `age` as `column`, a pipe passes its last step, a subdag
puts its name in front. Only closures of Hamilton's that are known to pass everything on are
followed (seen in Hamilton 1.90); of what is behind any other nothing is said.
"""

import functools
import types
from collections.abc import Mapping
from typing import Any, NamedTuple

from hamilton.function_modifiers.dependencies import UpstreamDependency
from hamilton.node import Node

from hamilton_ol.dataflow import functions
from hamilton_ol.dataflow.uses import Uses
from hamilton_ol.records import ColumnUse

Names = dict[str, str]
GROUPED = "*"  # begins what stands for an argument that a node is only one part of


class Arguments(NamedTuple):
    """The arguments of a node's function.

    Attributes:
        nodes: {argument: the node that it comes from}; a part of a group has no argument of its
            own, but a name that none can have.
        texts: {argument: the text that a decorator gives it}.
    """

    nodes: Names
    texts: Names


_NOTHING = Arguments({}, {})
_PASSES_ON = frozenset(
    {
        "Node.reassign_inputs.<locals>.async_function",
        "extract_columns.transform_node.<locals>.df_generator",
        "extract_fields.transform_node.<locals>.dict_generator",
        "parameterize_extract_columns.expand_node.<locals>.wrapper_fn",
        "subdag.add_final_node.<locals>.async_function",
        "unpack_fields.transform_node.<locals>.tuple_generator",
    }
)


def arguments_of(node: Node) -> Arguments:
    """What becomes of a node's dependencies; nothing where that is not certain."""
    try:
        return _follow(node)
    except (AttributeError, KeyError, TypeError):  # closures of another version of Hamilton
        return _NOTHING


def _follow(node: Node) -> Arguments:
    nodes, texts = {name: name for name in node.input_types}, Names()
    for layer in functions.layers(node):
        if isinstance(layer, functools.partial) or functions.qualified_name(layer) in _PASSES_ON:
            continue
        if not functions.is_hamiltons(layer):
            return Arguments(nodes, texts) if isinstance(layer, types.FunctionType) else _NOTHING
        renaming = _renaming(layer)
        if renaming is None:
            return _NOTHING
        outer, given = renaming
        texts = {inner: texts[name] for inner, name in outer.items() if name in texts}
        texts |= {inner: value for inner, value in given.items() if type(value) is str}
        parts = {name: node for name, node in nodes.items() if name.startswith(GROUPED)}
        nodes = parts | {inner: nodes[name] for inner, name in outer.items() if name in nodes}
    return _NOTHING


def _renaming(layer: types.FunctionType) -> tuple[Names, Mapping[str, Any]] | None:
    """({inner argument: outer}, {inner argument: its value}) of a closure, or None."""
    name, held = functions.qualified_name(layer), functions.cells(layer)
    given = functions.defaults(layer)
    if name == "Node.reassign_inputs.<locals>.new_callable":
        values, names = held["input_values"], held["input_names"]
        return {a: names.get(a, a) for a in held["self"].input_types if a not in values}, values
    if name == "parameterize.expand_node.<locals>.replacement_function":
        return _parameterized(held["node_"], given)
    if "_kwarg_mapping" in given:  # subdag.add_namespace
        return _inverted(given["_kwarg_mapping"]), {}
    if name == "subdag.add_final_node.<locals>.new_function":
        return _inverted(held["namespaced_input_map"]), {}
    return None


def _parameterized(node: Node, given: Mapping[str, Any]) -> tuple[Names, dict[str, Any]]:
    literals = {a: literal.value for a, literal in given["literal_dependencies"].items()}
    groups = {
        **{a: g.sources for a, g in given["grouped_list_dependencies"].items()},
        **{a: g.sources.values() for a, g in given["grouped_dict_dependencies"].items()},
    }
    sources: Mapping[str, UpstreamDependency] = given["upstream_dependencies"]
    outer = {
        a: sources[a].source if a in sources else a
        for a in node.input_types
        if a not in literals and a not in groups
    }
    parts = (part for group in groups.values() for part in group)
    names = {part.source for part in parts if isinstance(part, UpstreamDependency)}
    return outer | {f"{GROUPED}{name}": name for name in names}, literals


def _inverted(names: Mapping[str, str]) -> Names:
    return {inner: outer for outer, inner in names.items()}


def taken_of(arguments: Arguments, uses: Mapping[str, Uses]) -> dict[str, Uses]:
    """For each dependency all that the function takes of it, or None when that is not known.

    Args:
        arguments: of the function.
        uses: {argument: what the body takes of it}.
    """
    found: dict[str, list[Uses]] = {}
    for argument, node in arguments.nodes.items():
        found.setdefault(node, []).append(_named(uses.get(argument), arguments))
    return {node: _all(of_node) for node, of_node in found.items()}


def _all(uses: list[Uses]) -> Uses:
    known = [u for u in uses if u is not None]
    return (
        tuple(dict.fromkeys(use for u in known for use in u)) if len(known) == len(uses) else None
    )


def _named(uses: Uses, arguments: Arguments) -> Uses:
    """The same, with the column that a decorator names, or the node that will name it."""
    found = []
    for use in uses or ():
        if use.how == "input" and use.name in arguments.texts:
            found.append(ColumnUse("item", arguments.texts[use.name]))
        elif use.how == "input" and use.name not in arguments.nodes:
            return None
        else:
            name = arguments.nodes[use.name] if use.how == "input" else use.name
            found.append(ColumnUse(use.how, name))
    return tuple(found) if uses is not None else None
