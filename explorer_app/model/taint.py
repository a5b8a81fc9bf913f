"""Where personal data, or whatever else is sensitive, goes: for cards, edges and the inspector."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from explorer_app.model.page import Item, Labels, Page, Section
from explorer_app.model.words import counted
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.reachability import reached
from hamilton_ol.graph.scene.cards import Tag
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.kinds import kind_of
from hamilton_ol.graph.scene.measures import INPUT
from hamilton_ol.graph.scene.names import short
from hamilton_ol.graph.sensitive import is_end, sensitive, spread

FEW = 2  # labels on a card; more are counted
NOBODY: Mapping[int, Any] = MappingProxyType({})
FOLLOWED = 200_000  # nodes that are reached in all, of which it is told from where
MOST, MOST_NAMES = 40, 4  # ends that are listed, names in a sentence
NOTHING_TAGGED = "Nothing here is tagged as personal data."


class Taint(NamedTuple):
    """What carries something sensitive; nodes are their numbers.

    Attributes:
        carries: bool (nodes): those that are made of it.
        names: of what is tagged.
        origins: {node: names of what it carries}; empty where that is too much to find out.
        ends: nodes where it arrives, or that nothing takes any further.
        barriers: {node: the tag that says why it is stopped there}.
        free: bool (nodes): what lies behind barriers, and is free of it.
    """

    carries: Mask
    names: tuple[str, ...] = ()
    origins: Mapping[int, tuple[str, ...]] = NOBODY
    ends: tuple[int, ...] = ()
    barriers: Mapping[int, str] = NOBODY
    free: Mask = np.zeros(0, np.bool_)

    def labels(self, made: GraphCards) -> dict[int, tuple[Tag, ...]]:
        """{card: labels}: of what it carries, or why it carries nothing on."""
        found = {}
        for node, names in self.origins.items():
            if made.row[node] < 0 and node not in self.barriers:
                more = len(names) - FEW
                tags = [Tag(short(name), "pii") for name in names[:FEW]]
                found[int(made.card[node])] = (*tags, *([Tag(f"+{more}", "pii")] * (more > 0)))
        for node, why in self.barriers.items():
            found[int(made.card[node])] = (Tag(short(why.partition("=")[0]), "barrier"),)
        rows, kinds = made.cards.rows, made.cards.kinds
        return {c: tags for c, tags in found.items() if not rows[c] and kinds[c] != INPUT}


def taint_of(graph: LineageGraph, tags: Sequence[str]) -> Taint:
    """Follow what is tagged with one of these keys; of very much only where it goes in all."""
    found = spread(graph, tags)
    stopped = {graph.index[barrier.node.id]: barrier.why for barrier in found.barriers}
    last = found.nodes & (graph.down.degrees == 0)
    made = np.flatnonzero(found.nodes).tolist()
    last[[number for number in made if is_end(graph.nodes[number])]] = True
    last[list(stopped)] = False
    behind = reached(graph.down, np.array(sorted(stopped), np.int32)) & ~found.nodes
    names = tuple(node.name for node in found.marked)
    origins = _origins(graph, tags) if len(names) * len(graph) <= FOLLOWED else {}
    ends = tuple(np.flatnonzero(last).tolist())
    return Taint(found.nodes, names, origins, ends, stopped, behind)


def _origins(graph: LineageGraph, tags: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """{node: names of what it is made of}."""
    found: dict[int, list[str]] = {}
    for row in sensitive(graph, tags):
        for node in row.reached & graph.index.keys():
            found.setdefault(graph.index[node], []).append(row.node.name)
    return {node: tuple(names) for node, names in found.items()}


def sensitive_keys(graph: LineageGraph, tags: Sequence[str]) -> list[str]:
    """The keys among these that tags of the graph really have, as they are written there."""
    wanted = {tag.casefold() for tag in tags}
    keys = dict.fromkeys(key for held in graph.column("tags") for key in held)
    return [key for key in keys if key.casefold() in wanted]


# --- as a page -----------------------------------------------------------------------------------


def taint_page(graph: LineageGraph, taint: Taint) -> Page:
    """Where it ends, and where it is stopped."""
    names = list(dict.fromkeys(taint.names))
    ends = _in_words(names[:MOST_NAMES], len(names))
    verb = "reaches" if len(names) == 1 else "reach"
    stops = counted(len(taint.barriers), "barrier")
    way = f"{stops} on the way." if taint.barriers else "Nothing on these ways makes it anonymous."
    text = f"{ends} {verb} {counted(len(taint.ends), 'end')}. {way}" if names else NOTHING_TAGGED
    sections = tuple(_end(graph, taint, node) for node in taint.ends[:MOST])
    stopped = [
        Item("barrier", graph.nodes[n].name, f"tag {why}", n) for n, why in taint.barriers.items()
    ]
    behind = (Section("Stopped", f"{len(stopped):,}", tuple(stopped[:MOST])),) if stopped else ()
    return Page("Where it ends", text=text, sections=(*sections, *behind))


def _end(graph: LineageGraph, taint: Taint, number: int) -> Section:
    node = graph.nodes[number]
    owners = ", ".join(node.owners) or "no owner"
    item = Item(kind_of(node), node.name, owners, number)
    labels = tuple((name, "pii") for name in taint.origins.get(number, ()))
    return Section("", "", (item, Labels(labels)) if labels else (item,))


def _in_words(names: Sequence[str], count: int) -> str:
    rest = [f"{count - len(names):,} more"] if count > len(names) else []
    *first, last = [*names, *rest] or [""]
    return f"{', '.join(first)} and {last}" if first else last
