"""What nodes are called, by their identity."""

from typing import NamedTuple

from hamilton.node import Node

from hamilton_ol.dataflow.types import type_name
from hamilton_ol.hook.schemas import Seen
from hamilton_ol.store.lines import quoted


class Label(NamedTuple):
    """What a node is called, by its identity: Hamilton computes names and hashes again each time.

    Attributes:
        node: held, so that no other can take on its identity.
        name: of the node.
        quoted: the name as it stands in a line.
        declared: its type.
        plain: what is known of results of which only the class counts, by the class's identity.
    """

    node: Node
    name: str
    quoted: str
    declared: str
    plain: dict[int, Seen]


Labels = dict[int, Label]


def label(labels: Labels, node: Node) -> Label:
    """The label of a node."""
    found = labels.get(id(node))
    if found is not None:
        return found
    name = node.name
    found = Label(node, name, quoted(name), "", {})
    labels[id(node)] = found  # should its type be beyond us
    labels[id(node)] = found = found._replace(declared=type_name(node.type))
    return found
