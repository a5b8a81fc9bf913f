"""What the palette finds: commands, nodes, columns, tags, owners, runs and saved queries."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from explorer_app.model.commands import COMMANDS
from explorer_app.model.session import Session
from explorer_app.model.traits import completed
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.kinds import kind_of

MOST = 60
SEARCHED = 10_000  # nodes; in more of them, letters have to follow each other
_WORD = re.compile(r"[\w.-]+")
_INITIAL = re.compile(r"(?:^|[^a-z0-9])([a-z0-9])")


class Choice(NamedTuple):
    """Something to go to.

    Attributes:
        kind: `command`, `node`, `query` or `run`.
        key: id of the command, the node's number, the query, the run.
        text: what is written, and searched.
        note: at the right.
        icon: before it.
    """

    kind: str
    key: str
    text: str
    note: str = ""
    icon: str = ""


class Finder:
    """Finds what can be gone to now.

    Args:
        session: the graph that is open.
        runs: {id of a run: what is written of it}.
    """

    def __init__(self, session: Session | None, runs: Mapping[str, str]) -> None:
        self._graph = session.graph if session is not None else None
        self._always = [*_saved(session), *_commands(session)]
        if session is not None:
            self._always += [_asking(query) for query in session.traits.queries]
        self._always += [Choice("run", key, text, "run", "play") for key, text in runs.items()]

    def find(self, wanted: str) -> list[Choice]:
        """What has these letters in this order, the nearest match first."""
        if self._graph is None:
            return ranked(self._always, wanted)
        graph = self._graph
        return ranked([*self._always, *_columns(graph, wanted), *_nodes(graph, wanted)], wanted)


def _commands(session: Session | None) -> Iterator[Choice]:
    for command in COMMANDS:
        if command.can(session) and command.id != "palette":
            keys = command.keys[0] if command.keys else ""
            yield Choice("command", command.id, command.title, keys, "command")


def _saved(session: Session | None) -> Iterator[Choice]:
    for name, query in (session.saved if session is not None else {}).items():
        yield Choice("query", query, f"${name}", query, "bookmark")


def _columns(graph: LineageGraph, wanted: str) -> Iterator[Choice]:
    """Columns, as the queries that ask for them; of a large graph only what is a node is found."""
    name = wanted.removeprefix("col:")
    if len(graph) <= SEARCHED and (not name or _WORD.fullmatch(name)):
        yield from map(_asking, completed(graph, f"col:{name}"))


def _asking(query: str) -> Choice:
    note = query.partition(":")[0]
    return Choice("query", query, query, "column" if note == "col" else note, "layers")


def _nodes(graph: LineageGraph, wanted: str) -> Iterator[Choice]:
    numbers: Iterable[int] = range(min(len(graph), MOST))
    if wanted:
        names = graph.facts.names.holding(wanted, MOST)
        found = {number: None for name in names for number in graph.names.all_of(name)}
        if len(found) < MOST and len(graph) <= SEARCHED:
            found |= dict.fromkeys(_scattered(graph, wanted.casefold()))
        numbers = found
    for number in numbers:
        node = graph.nodes[number]
        yield Choice("node", str(number), node.name, node.type, kind_of(node))


def _scattered(graph: LineageGraph, wanted: str) -> Iterator[int]:
    for number, node in enumerate(graph.nodes):
        if _is_within(wanted, node.name.casefold()):
            yield number


def ranked(found: Iterable[Choice], wanted: str, most: int = MOST) -> list[Choice]:
    """Those in which all letters occur in this order, the nearest match first."""
    folded = wanted.casefold()
    best = []
    for choice in found:
        score = _score(choice.text.casefold(), folded)
        if score is None and choice.kind == "command":
            score = _score(choice.key, folded)
        if score is not None:
            best.append((score, len(choice.text), choice))
    if wanted:
        best.sort(key=lambda entry: entry[:2])
    return [choice for *_, choice in best[:most]]


def _score(text: str, wanted: str) -> int | None:
    """How far a text is from what is wanted, 0 is nearest; None if it is not it."""
    if not wanted:
        return 0
    at = text.find(wanted)
    if at >= 0:
        is_start = at == 0 or not text[at - 1].isalnum()
        return (0 if at == 0 else 1) if is_start else 3
    if "".join(_INITIAL.findall(text[:200])).startswith(wanted):
        return 2
    return 4 if _is_within(wanted, text) else None


def _is_within(wanted: str, text: str) -> bool:
    """Whether all letters occur in this order."""
    find: Callable[[str, int], int] = text.find
    place = 0
    for letter in wanted:
        place = find(letter, place) + 1
        if not place:
            return False
    return True
