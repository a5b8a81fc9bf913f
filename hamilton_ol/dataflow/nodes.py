"""One node of Hamilton's, read into a record."""

import functools
import inspect
import types
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from hamilton.node import DependencyType, Node, NodeType

from hamilton_ol.dataflow import functions
from hamilton_ol.dataflow.arguments import arguments_of, taken_of
from hamilton_ol.dataflow.codes import code_hash
from hamilton_ol.dataflow.owners import LOADER, SAVER
from hamilton_ol.dataflow.places import place_of
from hamilton_ol.dataflow.texts import Texts
from hamilton_ol.dataflow.types import class_name, type_name
from hamilton_ol.dataflow.uses import Uses, column_uses, config_literals
from hamilton_ol.masking import Masker
from hamilton_ol.records import ColumnUse, Dependency, Kind, NodeRecord, Tags

MOST = 20_000  # functions and texts that are remembered
CHECK = "hamilton.data_quality.contains_dq_results"
UNKNOWN_KEYS = "__UNKNOWN__"  # what Hamilton notes for `@config(function)`


class NodeReader:
    """Reads nodes; what nodes share, their function and its documentation, is read once.

    Args:
        masker: masks documentation, tags and source text.
    """

    def __init__(self, masker: Masker) -> None:
        self._masker, self._texts = masker, Texts()
        remember = functools.lru_cache(MOST)
        self._masked, self._masked_code = remember(masker.text), remember(masker.code)
        self._kept = remember(masker.kept)
        self._text, self._place = remember(self._texts.of), remember(place_of)
        self._code, self._uses = remember(self._hash), remember(self._column_uses)
        self._literals = remember(self._config_literals)

    def refresh(self) -> None:
        """Notice the files that were edited since the last graph."""
        self._texts.refresh()

    def read(
        self, node: Node, config: AbstractSet[str], owner: str, field: str | None
    ) -> NodeRecord:
        """The record of a node, without the `fields` that other nodes make of its result.

        Args:
            node: Hamilton's.
            config: keys of the driver's config.
            owner: the node whose job it belongs to.
            field: the part of the owner's result that it is, or None.
        """
        function, declared = functions.body(node), functions.origin(node)
        return NodeRecord(
            name=node.name,
            kind=kind_of(node, config),
            type=type_name(node.type),
            owner=owner,
            documentation=self._masked(inspect.cleandoc(str(node.documentation or ""))),
            tags=self._tags(node.tags),
            module=str(declared.__module__ or "") if declared else "",
            place=self._place(functions.unwrapped(function)[-1]) if function else None,
            code=self._code(function) if function else None,
            variant=_variant(declared),
            dependencies=self._dependencies(node),
            field=field,
            config=self._conditions(node),
        )

    def text(self, node: Node) -> tuple[str, str] | None:
        """(function, source text with secrets masked) of a node, or None."""
        function = functions.body(node)
        if function is None:
            return None
        written = functions.unwrapped(function)[-1]
        found = self._text(written)
        return (self._place(written).function, self._masked_code(found.text)) if found else None

    def _hash(self, function: types.FunctionType) -> str:
        """Of what wraps a function too: it is a part of what is done."""
        layers = functions.unwrapped(function)
        return "+".join(code_hash(self._text(layer), layer) for layer in layers)

    def _column_uses(self, function: types.FunctionType) -> Mapping[str, Uses]:
        """Nothing is known of a function that is wrapped: the wrapper may take more."""
        found = self._text(function) if len(functions.unwrapped(function)) == 1 else None
        return column_uses(found.tree) if found else {}

    def _config_literals(self, function: types.FunctionType) -> Mapping[str, tuple[str, ...]]:
        found = self._text(functions.unwrapped(function)[-1])
        return config_literals(found.tree) if found else {}

    def _conditions(self, node: Node) -> Mapping[str, tuple[str, ...]]:
        """Of all functions that a node is declared with: a subdag's own counts for all in it."""
        found: dict[str, tuple[str, ...]] = {}
        for function in functions.origins(node):
            keys = vars(function).get("__config_decorated__") or ()
            literals = self._literals(function) if keys else {}
            # Hamilton notes the keys of one decorator only
            for key in (*keys, *literals):
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *literals.get(key, ()))))
        return {key: texts for key, texts in found.items() if key != UNKNOWN_KEYS}

    def _tags(self, tags: Mapping[str, Any]) -> Tags:
        return {
            key: self._tag(key, value)
            for key, value in tags.items()
            if key != "module" and not key.startswith("hamilton.")
        }

    def _tag(self, key: str, value: Any) -> str | tuple[str, ...]:
        if isinstance(value, list | tuple):
            return tuple(self._kept(key, _tag_text(item)) for item in value)
        return self._kept(key, _tag_text(value))

    def _dependencies(self, node: Node) -> tuple[Dependency, ...]:
        present = {d.name for d in node.dependencies}
        function = functions.ran(node)
        arguments = arguments_of(node)
        taken = taken_of(arguments, self._uses(function)) if function else {}
        column = functions.default_of(node, "column_to_extract")
        if isinstance(column, str):  # `with_columns` takes some out of another function's table
            taken = {name: (ColumnUse("item", column),) for name in present}
        named = {
            of: argument for argument, of in arguments.nodes.items() if argument.isidentifier()
        }
        return tuple(
            Dependency(
                name,
                kind == DependencyType.REQUIRED,
                taken.get(name),
                argument if (argument := named.get(name)) != name else "",
            )
            for name, (_, kind) in node.input_types.items()
            if name in present
        )


def _tag_text(value: Any) -> str:
    """A tag's value as text; of what is neither text nor number only its class."""
    if isinstance(value, bool):
        return str(value).lower()
    is_plain = isinstance(value, str) or type(value) in (int, float)
    return str(value) if is_plain else f"<{class_name(type(value))}>"


def kind_of(node: Node, config: AbstractSet[str]) -> Kind:
    """What a node is for."""
    if node.user_defined:
        return "config" if node.name in config else "input"
    if node.node_role == NodeType.EXPAND:
        return "expand"
    if node.node_role == NodeType.COLLECT:
        return "collect"
    if functions.wrapper(node) in functions.EXTRACTORS:
        return "function"  # it has the tags of what it is taken out of
    return next((kind for tag, kind in _KINDS.items() if node.tags.get(tag)), "function")


# The validator of what a loader loads has the tags of both.
_KINDS: dict[str, Kind] = {CHECK: "check", LOADER: "loader", SAVER: "saver"}


def _variant(function: types.FunctionType | None) -> str | None:
    """`slow` of `model__slow`, which Hamilton has given the name `model`."""
    if function is None or "__config_decorated__" not in vars(function):
        return None
    written = function.__qualname__.rpartition(".")[2]
    variant = written.removeprefix(f"{function.__name__}__")
    return variant if variant != written else None
