"""When the functions of a dataflow changed, for queries; whoever reads the files knows it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from hamilton_ol.graph.nodes import Node
from hamilton_ol.records import Revision


class Changed(Protocol):
    """The last change of a function: `sources.changes.Change`."""

    @property
    def commit(self) -> str:
        """Full hash; empty for what is not committed."""

    @property
    def author(self) -> str:
        """Their name."""

    @property
    def time(self) -> str:
        """When, ISO 8601."""


class History(Protocol):
    """What is known of the past of a dataflow's functions."""

    def changed(self, nodes: Iterable[Node], revisions: str) -> Collection[str]:
        """The ids of nodes whose function is another one than it was.

        Args:
            nodes: that are looked at.
            revisions: `A..B`, or `A` and `A..` for all since A.

        Raises:
            DataflowError: there are no such revisions.
        """

    def revision(self) -> Revision | None:
        """The revision that the functions are of; None where there is none."""

    def last_changes(self, nodes: Iterable[Node]) -> Mapping[str, Changed]:
        """{id of a node: the last change of its function}, where that is known."""


class JoinedHistory:
    """The pasts of what a graph was joined from.

    Args:
        histories: {id of a node: the past of the part that it is of}.
    """

    def __init__(self, histories: Mapping[str, History]) -> None:
        self._histories = histories

    def changed(self, nodes: Iterable[Node], revisions: str) -> Collection[str]:
        """As of `History`."""
        parts = self._parts(nodes)
        return {node for past, own in parts for node in past.changed(own, revisions)}

    def revision(self) -> Revision | None:
        """The one that all functions are of; None where there are several."""
        pasts = {id(past): past for past in self._histories.values()}
        found = {past.revision() for past in pasts.values()}
        return found.pop() if len(found) == 1 else None

    def last_changes(self, nodes: Iterable[Node]) -> Mapping[str, Changed]:
        """As of `History`."""
        parts = self._parts(nodes)
        return {node: last for past, own in parts for node, last in past.last_changes(own).items()}

    def _parts(self, nodes: Iterable[Node]) -> Iterable[tuple[History, list[Node]]]:
        """Each past, with the nodes whose it is."""
        found: dict[int, tuple[History, list[Node]]] = {}
        for node in nodes:
            past = self._histories.get(node.id)
            if past is not None:
                found.setdefault(id(past), (past, []))[1].append(node)
        return found.values()
