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
