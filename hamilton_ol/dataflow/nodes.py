"""One node of Hamilton's, read into a record."""

import functools
import inspect
import types
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from hamilton.node import DependencyType, Node, NodeType

from hamilton_ol.dataflow import functions
from hamilton_ol.dataflow.owners import LOADER, SAVER
from hamilton_ol.dataflow.places import place_of
from hamilton_ol.dataflow.texts import FunctionText, Texts, code_hash
from hamilton_ol.dataflow.types import type_name
from hamilton_ol.dataflow.uses import column_uses, config_literals
from hamilton_ol.masking import MASK, Masker
from hamilton_ol.records import ColumnUse, Dependency, Kind, NodeRecord, Tags

MOST = 20_000  # functions and texts that are remembered
CHECK = "hamilton.data_quality.contains_dq_results"
CONFIG = "hamilton.config"


class NodeReader:
    """Reads nodes; what nodes share, their function and its documentation, is read once.

    Args:
        masker: masks documentation, tags and source text.
    """

    def __init__(self, masker: Masker) -> None:
        self._masker, self._texts = masker, Texts()
        remember = functools.lru_cache(MOST)
        self._masked, self._masked_code = remember(masker.text), remember(masker.code)
        self._text = remember(self._texts.of)
        self._code = remember(lambda f: code_hash(self._text(f), f))
        self._uses, self._place = remember(_uses), remember(place_of)

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
        function = functions.body(node)
        declared = functions.origin(node)
        return NodeRecord(
            name=node.name,
            kind=kind_of(node, config),
            type=type_name(node.type),
            owner=owner,
            documentation=self._masked(inspect.cleandoc(node.documentation or "")),
            tags=self._tags(node.tags),
            module=declared.__module__ if declared else "",
            place=self._place(function) if function else None,
            code=self._code(function) if function else None,
            variant=_variant(node, declared),
            dependencies=self._dependencies(node, function),
            field=field,
            config=self._conditions(node, function),
        )

    def text(self, node: Node) -> tuple[str, str] | None:
        """(function, source text with secrets masked) of a node, or None."""
        function = functions.body(node)
        found = self._text(function) if function else None
        if function is None or found is None:
            return None
        return self._place(function).function, self._masked_code(found.text)

    def _conditions(
        self, node: Node, function: types.FunctionType | None
    ) -> Mapping[str, tuple[str, ...]]:
        keys = [key for key in str(node.tags.get(CONFIG, "")).split(",") if key]
        text = self._text(function) if keys and function else None
        literals = config_literals(text.tree) if text else {}
        return {key: literals.get(key, ()) for key in keys}

    def _tags(self, tags: Mapping[str, Any]) -> Tags:
        return {
            key: MASK if self._masker.is_secret(key) else self._tag(value)
            for key, value in tags.items()
            if key != "module" and not key.startswith("hamilton.")
        }

    def _tag(self, value: Any) -> str | tuple[str, ...]:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, list | tuple):
            return tuple(self._masked(str(item)) for item in value)
        return self._masked(str(value))

    def _dependencies(
        self, node: Node, function: types.FunctionType | None
    ) -> tuple[Dependency, ...]:
        present = {d.name for d in node.dependencies}
        uses = self._uses(self._text(function)) if function and _keeps_names(node) else {}
        return tuple(
            Dependency(name, kind == DependencyType.REQUIRED, uses.get(name))
            for name, (_, kind) in node.input_types.items()
            if name in present
        )


def kind_of(node: Node, config: AbstractSet[str]) -> Kind:
    """What a node is for."""
    if node.user_defined:
        return "config" if node.name in config else "input"
    if node.node_role == NodeType.EXPAND:
        return "expand"
    if node.node_role == NodeType.COLLECT:
        return "collect"
    for tag, kind in _KINDS.items():
        if node.tags.get(tag):
            return kind
    return "function"


_KINDS: dict[str, Kind] = {LOADER: "loader", SAVER: "saver", CHECK: "check"}


def _uses(text: FunctionText | None) -> Mapping[str, tuple[ColumnUse, ...] | None]:
    return column_uses(text.tree) if text else {}


def _keeps_names(node: Node) -> bool:
    """Whether the function's arguments are called as the nodes that they come from."""
    return not any(isinstance(layer, functools.partial) for layer in functions.layers(node))


def _variant(node: Node, function: types.FunctionType | None) -> str | None:
    if function is None or CONFIG not in node.tags:
        return None
    _, found, variant = function.__qualname__.rpartition(".")[2].partition("__")
    return variant if found else None
