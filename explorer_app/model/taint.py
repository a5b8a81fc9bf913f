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
from hamilton_ol.graph.sensitive import sensitive

FEW = 2  # labels on a card; more are counted
NOBODY: Mapping[int, Any] = MappingProxyType({})
MOST, MOST_NAMES = 40, 4  # ends that are listed, names in a sentence
NOTHING_TAGGED = "Nothing here is tagged as personal data."


class Taint(NamedTuple):
    """What carries something sensitive; nodes are their numbers.

    Attributes:
        carries: bool (nodes): those that are made of it.
        origins: {node: names of what it carries}.
        ends: nodes where it arrives, or that nothing takes any further.
        barriers: {node: the tag that says why it is stopped there}.
        free: bool (nodes): what lies behind barriers, and is free of it.
    """

    carries: Mask
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
                tags = [Tag(name, "pii") for name in names[:FEW]]
                found[int(made.card[node])] = (*tags, *([Tag(f"+{more}", "pii")] * (more > 0)))
        for node, why in self.barriers.items():
            found[int(made.card[node])] = (Tag(why.partition("=")[0], "barrier"),)
        rows, kinds = made.cards.rows, made.cards.kinds
        return {c: tags for c, tags in found.items() if not rows[c] and kinds[c] != INPUT}


def taint_of(graph: LineageGraph, tags: Sequence[str]) -> Taint:
    """Follow what is tagged with one of these keys."""
    origins: dict[int, list[str]] = {}
    barriers: dict[int, str] = {}
    ends: set[int] = set()
    for row in sensitive(graph, tags):
        for node in row.reached & graph.index.keys():
            origins.setdefault(graph.index[node], []).append(row.node.name)
        barriers |= {graph.index[barrier.node.id]: barrier.why for barrier in row.barriers}
        ends |= {graph.index[end.node.id] for end in row.ends}
    carries: Mask = np.zeros(len(graph), np.bool_)
    carries[list(origins)] = True
    ends |= {n for n in origins if not len(graph.down.of(n)) and n not in barriers}
    behind = reached(graph.down, np.array(sorted(barriers), np.int32)) & ~carries
    names = {node: tuple(found) for node, found in origins.items()}
    return Taint(carries, names, tuple(sorted(ends)), barriers, behind)


def sensitive_keys(graph: LineageGraph, tags: Sequence[str]) -> list[str]:
    """The keys among these that tags of the graph really have, as they are written there."""
    wanted = {tag.casefold() for tag in tags}
    keys = dict.fromkeys(key for node in graph.nodes for key in node.tags)
    return [key for key in keys if key.casefold() in wanted]


# --- as a page -----------------------------------------------------------------------------------


def taint_page(graph: LineageGraph, taint: Taint) -> Page:
    """Where it ends, and where it is stopped."""
    names = list(dict.fromkeys(name for found in taint.origins.values() for name in found))
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
    labels = tuple((name, "pii") for name in taint.origins.get(number, ()))
    return Section("", "", (Item(kind_of(node), node.name, owners, number), Labels(labels)))


def _in_words(names: Sequence[str], count: int) -> str:
    rest = [f"{count - len(names):,} more"] if count > len(names) else []
    *first, last = [*names, *rest] or [""]
    return f"{', '.join(first)} and {last}" if first else last
