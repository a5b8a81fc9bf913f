"""What nodes are called, by their identity."""

from typing import NamedTuple

from hamilton.node import Node

from hamilton_ol.dataflow.types import type_name
from hamilton_ol.store.lines import quoted


class Label(NamedTuple):
    """What a node is called, by its identity: Hamilton computes names and hashes again each time.

    The node is held, so that no other can take on its identity.
    """

    node: Node
    name: str
    quoted: str
    declared: str


Labels = dict[int, Label]


def label(labels: Labels, node: Node) -> Label:
    """The label of a node that was not met before."""
    name = node.name
    labels[id(node)] = found = Label(node, name, quoted(name), "")  # should its type be beyond us
    labels[id(node)] = found = found._replace(declared=type_name(node.type))
    return found
