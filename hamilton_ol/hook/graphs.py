"""What is known of one graph, read once in a process and shared by all its runs."""

import os
import types
import weakref
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path

from hamilton.graph import FunctionGraph

from hamilton_ol.dataflow.graph import read_graph, sentinels
from hamilton_ol.dataflow.nodes import NodeReader
from hamilton_ol.dataflow.owners import owners
from hamilton_ol.dataflow.packages import used_packages
from hamilton_ol.dataflow.revision import read_revision
from hamilton_ol.dataflow.values import Frozen, freeze
from hamilton_ol.guard import Guard
from hamilton_ol.hook.labels import Labels
from hamilton_ol.records import GraphRecord, Revision, Schema


class GraphFacts:
    """What graphs of one fingerprint have in common.

    Args:
        packages: that the modules use.

    Attributes:
        packages: that the modules use.
        revision: of the modules' repository.
        known: {node: schema} of the last run of each node.
        known_in: the document that holds them.
    """

    def __init__(self, packages: dict[str, str]) -> None:
        self.packages = packages
        self.revision: Revision | None = None
        self.known: dict[str, Schema] = {}
        self.known_in: str | None = None


class GraphState:
    """One graph of a driver.

    Args:
        number: of the graph in this process.
        graph: Hamilton's.
        modules: that it was built from.
        guard: counts what goes wrong.

    Attributes:
        graph: Hamilton's, as long as a driver holds it.
        key: stands for it in the lines of this process.
        modules: that it was built from.
        config: what may be known of the driver's config; None where that could not be found out.
        sentinel: what stands for a failed result, or None.
        record: once it was read, and could be.
        document: that holds the record.
        line: that says so.
        facts: once they were asked for; they come last.
        labels: of its nodes.
        waiting: those who want to be told when the facts are there.
    """

    def __init__(
        self,
        number: int,
        graph: FunctionGraph,
        modules: Sequence[types.ModuleType],
        guard: Guard,
    ) -> None:
        self.graph = weakref.ref(graph)
        self.key = f"{os.getpid():x}-{os.urandom(4).hex()}-{number}"
        self.modules = tuple(modules)
        self.names = frozenset(graph.nodes)
        self._literals: set[str] | None = None
        self.config: Frozen | None = guard.attempt(
            "looking at the config", lambda: freeze(graph.config), None
        )
        self.sentinel: object = guard.attempt(
            "looking for a sentinel", lambda: next(iter(sentinels(graph)), None), None
        )
        self.record: GraphRecord | None = None
        self.document: str | None = None
        self.line = ""
        self.facts: GraphFacts | None = None
        self.labels: Labels = {}
        self.waiting: list[Callable[[list[str]], None]] = []
        self._owners: Mapping[str, str] = {}

    def read(self, graph: FunctionGraph, reader: NodeReader, *, with_texts: bool) -> Iterator[None]:
        """Read the graph; yields so that it can be paused."""
        names = [module.__name__ for module in self.modules]
        self.record = yield from read_graph(graph, names, reader, with_texts=with_texts)

    def read_facts(self) -> Generator[None, None, GraphFacts]:
        """Ask for the packages and the repository; yields so that it can be paused."""
        facts = GraphFacts(used_packages(self.modules))
        yield
        facts.revision = yield from read_revision(self._files())
        return facts

    def owner(self, node: str) -> str:
        """The node whose job a node belongs to."""
        if not self._owners:
            graph, record = self.graph(), self.record
            if record is not None:
                self._owners = {n.name: n.owner for n in record.nodes}
            elif graph is not None:
                self._owners = {name: found[0] for name, found in owners(graph.nodes).items()}
        return self._owners.get(node, node)

    def literals(self) -> set[str]:
        """Texts that stand in the code's own `config.when`."""
        if self._literals is None and self.record is not None:
            found = (node.config.values() for node in self.record.nodes)
            self._literals = {text for values in found for texts in values for text in texts}
        return self._literals or set()

    def _files(self) -> list[Path]:
        files = [getattr(module, "__file__", None) for module in self.modules]
        return [Path(file).absolute() for file in files if isinstance(file, str)]
