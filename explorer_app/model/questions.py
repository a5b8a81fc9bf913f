"""Queries that clicks and menus write, and what a query says in words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from hamilton_ol.errors import QueryError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.select.asking import path, reach
from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.parser import parse
from hamilton_ol.graph.select.structure import numbers
from hamilton_ol.graph.select.structure import reach as reached
from hamilton_ol.graph.select.syntax import (
    EVERY,
    And,
    Glob,
    Name,
    Not,
    Or,
    Path,
    Query,
    Reach,
)
from hamilton_ol.graph.selection import Selection

ALL = 1_000_000  # as many steps, or more, are all
CANDIDATES = 200  # ends whose ancestors are counted
READABLE = 60  # nodes that a question to begin with shows at most; of more, only the nearest
DEEP = 8  # steps that it shows at most: more beside each other are too small
SPELLED = 3  # names in words
TOGETHER = 30  # names that a query is widened by; more make everything visible


def named(graph: LineageGraph, node: int) -> Name:
    """How a query names a node: by its name if it is the only one called so, else by its id."""
    found = graph.nodes[node]
    return Name(found.name if len(graph.names.all_of(found.name)) == 1 else found.id)


def any_of(graph: LineageGraph, nodes: Sequence[int]) -> Query:
    """How a query names several nodes."""
    names: tuple[Query, ...] = tuple(named(graph, node) for node in nodes)
    return names[0] if len(names) == 1 else Or(names)


def upstream(of: Query) -> str:
    """All that nodes come from."""
    return reach(of, None, is_up=True)


def downstream(of: Query) -> str:
    """All that comes from them."""
    return reach(of, None, is_up=False)


def around(of: Query) -> str:
    """What is one step away from them."""
    return text_of(Reach(of, up=1, down=1))


def origin(graph: LineageGraph, node: int) -> str:
    """What it is made of; of what is made of nothing, what it becomes."""
    of = named(graph, node)
    return upstream(of) if len(graph.up.of(node)) else downstream(of)


def paths(graph: LineageGraph, one: int, other: int) -> str:
    """All on any way from one to the other; the other way round if none leads there.

    An empty text where no way leads from any to any.
    """
    for ends in ((one, other), (other, one)):
        query = way(graph, *ends)
        if len(graph.select(query)):
            return query
    return ""


def way(graph: LineageGraph, begin: int, end: int) -> str:
    """All on any way from one to the other, whether there is one or not."""
    return path(named(graph, begin), named(graph, end))


def tagged_with(keys: Sequence[str]) -> str:
    """All that is made of what has one of these tags."""
    found = " or ".join(f"tag:{key}=true" for key in keys)
    return f"({found})+" if len(keys) > 1 else f"{found}+"


def widened(graph: LineageGraph, query: str, nodes: Sequence[int]) -> str:
    """A query that means these nodes too."""
    if len(nodes) > TOGETHER or not query:
        return ""
    names: list[Query] = [named(graph, node) for node in nodes]
    try:
        said = parse(query)
    except QueryError:
        return ""
    before = said.parts if isinstance(said, Or) else (said,)
    return text_of(Or((*before, *names)))


def without(query: str, of: Query) -> str:
    """A query that means all that it meant but these nodes."""
    gone = Not(of)
    said = parse(query) if query else None
    before = said.parts if isinstance(said, And) else (said,) if said else ()
    return text_of(And((*before, gone)) if before else gone)


def hops(shown: Selection, query: str, of: Query, up: int, down: int) -> str:
    """The query for more or fewer steps around some nodes than a query, which is shown, already goes.

    There are never more than lead to something.
    """
    now = _reach_of(query, of)
    if not (up > 0 and _is_all(shown, now, is_up=True)):
        now = replace(now, up=_moved(now.up, up))
    if not (down > 0 and _is_all(shown, now, is_up=False)):
        now = replace(now, down=_moved(now.down, down))
    return text_of(now)


def steps(query: str, of: Query | None) -> tuple[int, int]:
    """How many steps (up, down) around some nodes, or any, a query goes; -1 for all."""
    now = _reach_of(query, of)
    return now.up or 0, now.down or 0


def _is_all(shown: Selection, now: Reach, *, is_up: bool) -> bool:
    """Whether nothing is further away than the steps that are asked already, if any are.

    Then it stays so: who goes back after it sees that at once.
    """
    whole = shown.whole
    steps, edges = (now.up, whole.up) if is_up else (now.down, whole.down)
    if steps is None or steps < 0:
        return False
    mask = shown.mask
    if now.up is not None and now.down is not None and shown.depths is not None:
        mask = reached(edges, shown.depths == 0, steps)
    return bool(mask[edges.after(numbers(mask))].all())


def _reach_of(query: str, of: Query | None) -> Reach:
    other = Reach(of or Glob(EVERY))
    try:
        said = parse(query)
    except QueryError:
        return other
    is_it = isinstance(said, Reach) and not said.is_built and of in (None, said.of)
    return said if is_it and isinstance(said, Reach) else other


def _moved(steps: int | None, by: int) -> int | None:
    if abs(by) >= ALL:
        return -1 if by > 0 else None
    if steps == -1:
        return -1
    moved = (steps or 0) + by
    return moved if moved > 0 else None


# --- what a query says ---------------------------------------------------------------------------


class Question(NamedTuple):
    """What a query asks.

    Attributes:
        title: in words.
        tone: the colour of its answer: upstream, downstream, path or accent.
        ends: the first and the last node of a way, if it asks for one between two.
        of: the node that it is about, -1 for none.
    """

    title: str = ""
    tone: str = "accent"
    ends: tuple[int, int] | None = None
    of: int = -1


def question(graph: LineageGraph, query: str) -> Question:
    """What a query asks; any other than the usual ones are their own title."""
    try:
        said = parse(query)
    except QueryError:
        return Question(query)
    if isinstance(said, Path) and all(isinstance(step, Name) for step in said.steps):
        return _path(graph, said)
    if isinstance(said, Reach) and not said.is_built:
        match said.of:
            case Name(text):
                return _reach(said, text, _number(graph, text))
            case Or(parts) if len(parts) > SPELLED and all(isinstance(p, Name) for p in parts):
                return _reach(said, f"{len(parts)} nodes", -1)
    tone = "accent"
    if isinstance(said, Reach):
        tone = "upstream" if said.up is not None else "downstream"
    return Question(query, "path" if isinstance(said, Path) else tone)


def _path(graph: LineageGraph, said: Path) -> Question:
    texts = [step.text for step in said.steps if isinstance(step, Name)]
    ends = _number(graph, texts[0]), _number(graph, texts[-1])
    through = f" through {', '.join(texts[1:-1])}" if texts[1:-1] else ""
    title = f"every path from {texts[0]}{through} to {texts[-1]}"
    return Question(title, "path", ends if -1 not in ends else None, ends[1])


def _reach(said: Reach, text: str, node: int) -> Question:
    if said.up is not None and said.down is not None:
        return Question(f"around {text}", "accent", None, node)
    way, steps = ("upstream", said.up) if said.up is not None else ("downstream", said.down)
    far = "" if steps == -1 else f", {steps} step{'' if steps == 1 else 's'}"
    return Question(f"{way} of {text}{far}", way, None, node)


def _number(graph: LineageGraph, name: str) -> int:
    try:
        return graph.number(name)
    except QueryError:
        return -1


def opening(graph: LineageGraph) -> tuple[str, int]:
    """The question that a graph opens with, and the node that it is about; an empty one for none.

    What failed in the run, else the artifact, or the result, that most is needed for; of all that
    it is made of, as many steps as can be read at once.
    """
    statuses = graph.column("status")
    if "FAILED" in statuses:
        failed = statuses.index("FAILED")
        return _near(graph, failed), failed
    ends = np.flatnonzero((graph.down.degrees == 0) & (graph.up.degrees > 0)).tolist()
    if not ends:
        return "", -1
    ends = [n for n in ends if _is_artifact(graph, n)] or ends
    most = max(ends[:CANDIDATES], key=lambda n: (len(graph.upstream(graph.ids[n])), -n))
    return _near(graph, most), most


def _near(graph: LineageGraph, node: int) -> str:
    """All that a node comes from, or the steps of it that can be read."""
    shown, steps = np.array([node], np.int32), 0
    while len(more := np.union1d(shown, graph.up.after(shown))) > len(shown):
        if len(more) > READABLE or steps == DEEP:
            return reach(named(graph, node), max(steps, 1), is_up=True)
        shown, steps = more, steps + 1
    return upstream(named(graph, node))


def of_run(graph: LineageGraph) -> str:
    """The question about a run of a large dataflow: what led to what failed, else as usual."""
    return opening(graph)[0]


def _is_artifact(graph: LineageGraph, node: int) -> bool:
    return any(key.casefold() == "artifact" for key in graph.nodes[node].tags)
