"""How everything in a scene looks now: what lenses and selections change, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import numpy as np

from hamilton_ol.graph.scene.arrays import Codes, Flags, Ints, Singles

NONE = -1  # no category, no active node
_NODE = ("tone", "fill", "dim", "loud", "status", "mark", "heat", "category", "ends", "barrier")
_ROW = ("row_tone", "row_dim", "row_ends")
_EDGE = ("edge_tone", "edge_dim")


class Letter(NamedTuple):
    """Marks an end of a path; `row` counts within the card, -1 for the card itself."""

    text: str
    row: int = -1


@dataclass(eq=False)
class Looks:
    """Of n nodes, R rows and m edges.

    Attributes:
        tone: what a node has to do with the question, places in TONES, (n,).
        fill: of its card, places in FILLS, (n,).
        dim: it steps back, (n,).
        loud: its outline has its full colour and weight, (n,).
        status: how it ended, places in STATUSES, (n,).
        mark: what became of it, places in MARKS, (n,).
        heat: share of the longest, 0 to 1; NaN for none, (n,).
        category: of an owner or a module, -1 for none; from 8 on all share one colour, (n,).
        ends: personal data, or whatever is followed, ends here, (n,).
        barrier: it is stopped here, (n,).
        row_tone, row_dim, row_ends: the same for rows, (R,).
        edge_tone, edge_dim: the same for edges, (m,).
        notes: of each node, at the end of its second line; () for none.
        letters: {node: letter} at the ends of a path.
        active, group: the node, the group that the question is about, -1 for none.
    """

    tone: Codes
    fill: Codes
    dim: Flags
    loud: Flags
    status: Codes
    mark: Codes
    heat: Singles
    category: np.ndarray
    ends: Flags
    barrier: Flags
    row_tone: Codes
    row_dim: Flags
    row_ends: Flags
    edge_tone: Codes
    edge_dim: Flags
    notes: tuple[str, ...] = ()
    letters: Mapping[int, Letter] = field(default_factory=dict)
    active: int = NONE
    group: int = NONE

    @classmethod
    def plain(cls, nodes: int, rows: int, edges: int) -> Self:
        """Nothing asked: everything as usual."""

        def codes(count: int) -> Codes:
            return np.zeros(count, np.uint8)

        def flags(count: int) -> Flags:
            return np.zeros(count, bool)

        return cls(
            tone=codes(nodes),
            fill=codes(nodes),
            dim=flags(nodes),
            loud=flags(nodes),
            status=codes(nodes),
            mark=codes(nodes),
            heat=np.full(nodes, np.nan, np.float32),
            category=np.full(nodes, NONE, np.int16),
            ends=flags(nodes),
            barrier=flags(nodes),
            row_tone=codes(rows),
            row_dim=flags(rows),
            row_ends=flags(rows),
            edge_tone=codes(edges),
            edge_dim=flags(edges),
        )

    def of_part(self, node: Ints, row: Ints, edge: Ints) -> Self:
        """How some of the nodes, their rows and edges look.

        Args:
            node: numbers of the nodes that are kept, sorted, (p,).
            row: the same for rows.
            edge: the same for edges.
        """
        place = {number: new for new, number in enumerate(node.tolist())}
        kept = {
            name: getattr(self, name)[numbers]
            for names, numbers in ((_NODE, node), (_ROW, row), (_EDGE, edge))
            for name in names
        }
        return type(self)(
            **kept,
            notes=tuple(self.notes[number] for number in node.tolist()) if self.notes else (),
            letters={place[n]: letter for n, letter in self.letters.items() if n in place},
            active=place.get(self.active, NONE),
        )

    @property
    def size(self) -> tuple[int, int, int]:
        """How many nodes, rows and edges there are."""
        return len(self.tone), len(self.row_tone), len(self.edge_tone)

    @property
    def is_dimmed(self) -> bool:
        """Whether anything steps back, so that what is asked for stands out."""
        return bool(self.dim.any() or self.edge_dim.any())
