"""What a dataflow is: its nodes and what they depend on, as the code says it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

Tags: TypeAlias = Mapping[str, str | tuple[str, ...]]
Kind: TypeAlias = Literal[
    "input", "config", "function", "loader", "saver", "check", "expand", "collect"
]
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Schema(NamedTuple):
    """The fields of a result.

    Attributes:
        fields: (name, type) of each column; of a result that is no table one field, whose name
            is empty because the node names it.
        table: whether the result has columns.
    """

    fields: tuple[tuple[str, str], ...]
    table: bool


class ColumnUse(NamedTuple):
    """One way in which a function's body takes something out of an argument.

    Attributes:
        how: "item" for `df["name"]`, "attribute" for `df.name`, "input" for `df[name]` where
            `name` is another argument, whose value in the run is the column.
        name: that name.
    """

    how: Literal["item", "attribute", "input"]
    name: str


class Dependency(NamedTuple):
    """An argument of a node.

    Attributes:
        name: the node that it comes from.
        required: False when the function has a default for it.
        uses: all that the body ever takes of it, or None when it may use the whole.
        argument: what the function calls it; empty for the same name, None where that is not
            known.
    """

    name: str
    required: bool = True
    uses: tuple[ColumnUse, ...] | None = None
    argument: str | None = ""


class Place(NamedTuple):
    """Where a function is defined.

    Attributes:
        function: its qualified name, with its module.
        file: path in its repository, else the path with the home folder as `~`.
        line: of its first decorator, from 1.
        in_repository: whether `file` is a path in the repository.
    """

    function: str
    file: str
    line: int
    in_repository: bool = False


class NodeRecord(NamedTuple):
    """One node of a dataflow, as the code says it.

    Attributes:
        name: Hamilton's name of it.
        kind: what it is for.
        type: its declared type, short and the same on every Python version.
        documentation: the docstring, without indentation.
        tags: the user's tags; Hamilton's own (`hamilton.*`, `module`) are left out.
        module: the module of its function.
        place: where its function is defined.
        code: hash of its function's text without docstring and comments, or None.
        variant: `slow` for `node__slow` under `@config.when`.
        dependencies: in the order of the arguments.
        owner: the node whose job this one belongs to; itself for most.
        field: the column or key of the owner's result that this node is, if it is one.
        fields: names and declared types of the keys, for a result that is taken apart.
        config: {config key: literals that it is compared with}, for those that decide whether
            the node is there.
    """

    name: str
    kind: Kind
    type: str
    owner: str
    documentation: str = ""
    tags: Tags = NOTHING
    module: str = ""
    place: Place | None = None
    code: str | None = None
    variant: str | None = None
    dependencies: tuple[Dependency, ...] = ()
    field: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    config: Mapping[str, tuple[str, ...]] = NOTHING


class GraphRecord(NamedTuple):
    """A dataflow: every node, whether it ran or not.

    Attributes:
        fingerprint: `f1:` and a SHA-256 over structure and code; see `dataflow.fingerprint`.
        nodes: in the order in which Hamilton found them.
        modules: names of the modules it was built from.
        config: keys of the driver's config.
        texts: {function: source text} with secrets masked, where the record level stores it.
        sentinel: what `GracefulErrorAdapter` puts in the place of a failed result: "" without
            that adapter, "none" for None, "value" for anything else.
    """

    fingerprint: str
    nodes: tuple[NodeRecord, ...]
    modules: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    texts: Mapping[str, str] = NOTHING
    sentinel: Literal["", "none", "value"] = ""
