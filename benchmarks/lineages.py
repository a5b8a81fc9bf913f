"""Questions to large graphs, beside networkx, and a question on the command line.

In memory nodes lie in no order that has to do with the dataflow, as when modules are read one after
the other: networkx then takes longer, and so do we.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import networkx as nx
import numpy as np

from benchmarks import adapters, flows
from benchmarks.imports import compile_ours
from benchmarks.rows import Row
from benchmarks.speed import Promise, slowness
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.networkx_view import LineageView
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.select.ahead import look_up
from hamilton_ol.graph.select.completion import complete
from hamilton_ol.store.writers import flush_all

COUNT, FAR, ROUNDS = 100_000, 2000, 9
MIDDLE = "n63000"
QUERY = 0.05  # seconds
QUESTION = 0.3  # seconds of processor time
QUERIES = (
    f"+{MIDDLE}",
    "tag:PII=true+ and not owner:team3",
    f"n5..{MIDDLE}..n90000",
    "*99*",
    "/9+5$/ or type:DataFrame",
    "sinks(tag:PII+) - unused()",
    "2+n500+2",
    "col:n500+",
    "depth:<=2 or 6300",
)
TYPED = ("n4", "tag:PII=", "owner:te")
_COLD = """
import time
begin = time.process_time()
import sys
from hamilton_ol.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code
assert "hamilton" not in sys.modules
print(time.process_time(), file=sys.stderr)
"""


def rows() -> list[Row]:
    """Ancestors, queries, what is offered while typing, and a question from a terminal."""
    slow, graph = slowness(), _graph()
    theirs: nx.DiGraph[str] = nx.DiGraph()
    theirs.add_nodes_from(graph.ids)
    theirs.add_edges_from((edge.origin, edge.target) for edge in graph.edges)
    return [_ancestors(graph, theirs), _queries(graph, slow), _view(graph, theirs), _command(slow)]


def _graph() -> LineageGraph:
    """Each node takes two or three of those not far before it."""
    chance = np.random.default_rng(0)
    ends = np.repeat(np.arange(1, COUNT), chance.integers(2, 4, COUNT - 1))
    begins = ends - 1 - (chance.random(len(ends)) * np.minimum(ends, FAR)).astype(int)
    nodes = [_node(number) for number in chance.permutation(COUNT).tolist()]
    edges = chance.permutation(np.stack([begins, ends], axis=1)).tolist()
    return LineageGraph(nodes, [Edge(f"n{a}", f"n{b}") for a, b in edges])


def _node(number: int) -> Node:
    return Node(
        f"n{number}",
        f"n{number}",
        type=("Series", "DataFrame", "int")[number % 3],
        tags={"PII": "true"} if number % 997 == 5 else {"stage": "raw"},
        owners=(f"team{number % 7}",),
    )


def _ancestors(graph: LineageGraph, theirs: "nx.DiGraph[str]") -> Row:
    found = graph.upstream(MIDDLE)
    assert found == nx.ancestors(theirs, MIDDLE) | {MIDDLE}
    peer, ours = _in_turn(lambda: nx.ancestors(theirs, MIDDLE), lambda: len(graph.upstream(MIDDLE)))
    return Row(
        f"{len(found) - 1:,} ancestors in {COUNT:,} nodes",
        f"{peer * 1e3:.0f} ms (networkx)",
        f"{ours * 1e3:.1f} ms (1/{peer / ours:.0f})",
        "1/100 of networkx (about 3 ms)",
        peer >= 100 * ours,
    )


def _queries(graph: LineageGraph, slow: float) -> Row:
    asked: list[Callable[[], object]] = [lambda q=q: len(graph.select(q)) for q in QUERIES]  # type: ignore[misc]
    asked += [lambda q=q: complete(graph, q, len(q)) for q in TYPED]  # type: ignore[misc]
    ready = _timed(lambda: look_up(graph))
    first = max(_timed(ask) for ask in asked)
    slowest = max(_median(_timed(ask) for _ in range(ROUNDS)) for ask in asked)
    return Promise(QUERY, slow).row(
        f"{len(asked)} queries and completions, {COUNT:,} nodes, the slowest",
        "-",
        f"{slowest * 1e3:.0f} ms (the first time {first * 1e3:.0f} ms; made ready in "
        f"{ready * 1e3:.0f} ms, beside the window)",
        max(first, slowest),
    )


def _view(graph: LineageGraph, theirs: "nx.DiGraph[str]") -> Row:
    peer, ours = _in_turn(theirs.copy, lambda: LineageView(graph))
    return Row(
        f"{COUNT:,} nodes for networkx's algorithms",
        f"{peer * 1e3:.0f} ms (a copy)",
        f"{ours * 1e3:.2f} ms (a view)",
        "nothing until it is used",
        peer >= 1000 * ours,
    )


def _command(slow: float) -> Row:
    """Processor time of the whole process, with the interpreter's start."""
    compile_ours()
    adapters.clean()
    dr = flows.build(flows.module(1000), adapters.ours())
    dr.execute(flows.last_layer(1000), inputs={"seed": 1})
    flush_all(60)
    words = ["upstream", "n_19_7", "--store", str(adapters.STORE), "--json"]
    times = [_cold(words) for _ in range(ROUNDS)]
    taken = _median(times)
    return Promise(QUESTION, slow).row(
        "a question on the command line about a recorded graph of 1,000 nodes",
        "has to import the modules",
        f"{taken:.2f} s of processor time, no Hamilton imported",
        taken,
    )


def _cold(words: list[str]) -> float:
    with tempfile.TemporaryFile("w+") as told:
        command = [sys.executable, "-c", _COLD, *words]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=told, check=True, cwd=Path.cwd())
        told.seek(0)
        return float(told.read().split()[-1])


def _in_turn(*contenders: Callable[[], object]) -> list[float]:
    """Median processor seconds of each; all take turns."""
    times: list[list[float]] = [[] for _ in contenders]
    for _ in range(ROUNDS + 1):
        for contender, found in zip(contenders, times, strict=True):
            found.append(_timed(contender))
    return [_median(found[1:]) for found in times]  # the first one warms up


def _timed(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _median(times: Iterable[float]) -> float:
    return statistics.median(times)
