"""What is visible as rows: the view that says the same as the picture."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from operator import itemgetter
from typing import Any, NamedTuple, overload

import numpy as np

from explorer_app.model.words import module_name, seconds
from hamilton_ol.graph.adjacency import Ints, Mask
from hamilton_ol.graph.export.table import csv_of
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.kinds import STATUSES, kind_of
from hamilton_ol.graph.selection import Selection
from hamilton_ol.records import Tags

HEADINGS = ("Name", "Kind", "Type", "Module", "Owner", "Tags", "Hops", "Last run")
INPUT = "driver input"
PART = 8_000  # rows that are sorted at once
INFO = "info"  # the tag that says where more is written
#: Tags that have a column of their own, or say what a kind says already.
QUIET = frozenset({"owner", "importance", "source", "table", INFO})


class Row(NamedTuple):
    """One node.

    Attributes:
        node: its number.
        icon: what its card looks like.
        cells: a text for each of HEADINGS.
        tags: (text, tone) of its labels.
        hops: how far it is from where the question began; None where that is nowhere.
        status: one of the words of `scene.words.STATUSES`.
        seconds: how long it took.
    """

    node: int
    icon: str
    cells: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    hops: int | None
    status: str
    seconds: float | None


#: What a cell says of a node, in the order of HEADINGS; hops are known elsewhere.
_CELLS: tuple[Callable[[Node], str], ...] = (
    lambda node: node.name,
    kind_of,
    lambda node: node.type,
    lambda node: INPUT if node.kind == "input" else module_name(node.module),
    lambda node: ", ".join(node.owners),
    lambda node: ", ".join(text for text, _ in labels(node)),
    lambda _node: "",
    lambda node: node.status.lower() if node.seconds is None else seconds(node.seconds),
)
HOPS, LAST = HEADINGS.index("Hops"), HEADINGS.index("Last run")


class Rows(Sequence[Row]):
    """A row for each node of a selection, the nearest first; made when it is looked at.

    Attributes:
        numbers: the nodes, in the order of the rows.
    """

    def __init__(self, graph: LineageGraph, selection: Selection) -> None:
        self._graph, self._depths = graph, selection.depths
        self._all: Ints = selection.numbers
        if self._depths is not None:
            self._all = self._all[np.argsort(self._depths[self._all], kind="stable")]
        self._kept: Mask | None = None
        self.numbers: Ints = self._all

    def __len__(self) -> int:
        """How many there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        """The row at a place."""
        if isinstance(place, slice):
            return [self._made(number) for number in self.numbers[place].tolist()]
        return self._made(int(self.numbers[place]))

    def _made(self, number: int) -> Row:
        return _row(self._graph, number, self._hops(number))

    def _hops(self, number: int) -> int | None:
        hops = -1 if self._depths is None else int(self._depths[number])
        return None if hops < 0 else hops

    def keep(self, kept: Mask | None) -> None:
        """Have rows only for these nodes, bool (nodes); for all without it."""
        self._kept = kept
        self.numbers = self._all if kept is None else self._all[kept[self._all]]

    def ordered(self, column: int, *, is_down: bool) -> Ints:
        """All nodes ordered by a column; those of which it says nothing come last. In any thread."""
        known = [(self._key(column, number), number) for number in self._all.tolist()]
        said = [pair for pair in known if pair[0] is not None]
        rest = [node for found, node in known if found is None]
        return np.array([*_sorted(said, is_down=is_down), *rest], np.int32)

    def put(self, order: Ints) -> None:
        """Have the rows in this order."""
        self._all = order
        self.keep(self._kept)

    def _key(self, column: int, number: int) -> Any:
        node = self._graph.nodes[number]
        if column == HOPS:
            return self._hops(number)
        return node.seconds if column == LAST else _CELLS[column](node).casefold() or None


def _sorted(pairs: list[tuple[Any, int]], *, is_down: bool) -> Iterator[int]:
    """Nodes by what is said of them; of many, in parts: who sorts all lets nobody have a turn."""
    parts = (pairs[first : first + PART] for first in range(0, len(pairs), PART))
    ordered = [sorted(part, key=itemgetter(0), reverse=is_down) for part in parts]
    return (node for _, node in merge(*ordered, key=itemgetter(0), reverse=is_down))


def rows_of(graph: LineageGraph, selection: Selection) -> Rows:
    """A row for each node, the nearest first."""
    return Rows(graph, selection)


def _row(graph: LineageGraph, number: int, hops: int | None) -> Row:
    node = graph.nodes[number]
    cells = [cell(node) for cell in _CELLS]
    cells[HOPS] = "" if hops is None else str(hops)
    status = STATUSES.get(node.status, "")
    return Row(number, kind_of(node), tuple(cells), labels(node), hops, status, node.seconds)


def is_personal(tags: Tags) -> bool:
    """Whether the tags of a node say that it is personal data."""
    values = [value for key, value in tags.items() if key.casefold() == "pii"]
    return any(_is_yes(value) for value in values)


def _is_yes(value: str | Iterable[str]) -> bool:
    words = [value] if isinstance(value, str) else list(value)
    return any(word.casefold() not in {"false", "no", "0", ""} for word in words)


def labels(node: Node) -> tuple[tuple[str, str], ...]:
    """(text, tone) of a node's tags, without those that are shown elsewhere."""
    found = [("PII", "pii")] if is_personal(node.tags) else []
    for key, value in node.tags.items():
        if key.casefold() not in {"pii", *QUIET}:
            text = value if isinstance(value, str) else ", ".join(value)
            found.append((text if key == "artifact" else f"{key}: {text}", ""))
    return tuple(found)


def as_csv(rows: Sequence[Row]) -> str:
    """The table as CSV, guarded as the command line's is."""
    return csv_of(HEADINGS, (row.cells for row in rows))


def as_markdown(rows: Sequence[Row]) -> str:
    """The table in Markdown."""
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(row.cells for row in rows)]
    return "".join(f"| {' | '.join(map(_escaped, line))} |\n" for line in lines)


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("\r", " ")
