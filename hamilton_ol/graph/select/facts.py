"""What nodes are asked for: each index is made when it is needed first."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hamilton_ol.collector import paused
from hamilton_ol.graph import reachability
from hamilton_ol.graph.joined import SHARED
from hamilton_ol.graph.nodes import Dataset, Node
from hamilton_ol.graph.select.indexes import Attribute, Derived, Index, rows_of
from hamilton_ol.records import Tags

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph
    from hamilton_ol.graph.select.columnflow import ColumnFlow

Values = Attribute | Derived
SHORTEST = 3  # letters of a name that others are like
BREAK = ord("\n")
ARTIFACT_TAG = "artifact"
SOURCE_TAG = "source"
_OUTSIDE = frozenset({"source", "dataset"})


class Texts:
    """Texts among which one is looked for by its beginning or a part, as one text.

    Args:
        texts: them; large and small letters are the same.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        joined = "\n".join(["", *self._texts])
        if joined.count("\n") > len(self._texts):
            joined = "\n".join(["", *(text.replace("\n", " ") for text in self._texts)])
        self._joined = joined.casefold()
        letters = np.frombuffer(f"{self._joined}\n".encode("utf-32-le", "surrogatepass"), "<u4")
        self._starts = np.flatnonzero(letters == BREAK) + 1

    def holding(self, part: str, most: int) -> list[str]:
        """Those that begin with a part, then those that hold it; the shortest of them first."""
        wanted = part.casefold().replace("\n", " ")
        begun = self._found(f"\n{wanted}", most)
        within = [text for text in self._found(wanted, most) if text not in set(begun)]
        return [*sorted(begun, key=_shortness), *sorted(within, key=_shortness)]

    def like(self, name: str) -> list[str]:
        """Those that hold the parts of a name, between signs, in this order."""
        parts = [re.escape(part) for part in re.split(r"[\W_]+", name.casefold()) if part]
        if sum(map(len, parts)) < SHORTEST:
            return []
        # What a part took is not given up again, so long names cannot make this last.
        like = "".join(rf"(?>[^\n]*?{part})" for part in parts)
        longest = max(parts, key=len)
        if len(longest) < SHORTEST:  # most texts hold it
            return [self._texts[number] for number in self._with(f"^{like}").tolist()]
        numbers, match = np.unique(self._with(longest)), re.compile(like).match
        begins = self._starts[numbers].tolist()
        are_like = [bool(len(parts) == 1 or match(self._joined, begin)) for begin in begins]
        return [self._texts[number] for number in numbers[np.array(are_like, bool)].tolist()]

    def _with(self, pattern: str) -> NDArray[np.intp]:
        """The numbers of the texts in which a pattern is found, as often as it is."""
        found = [one.start() for one in re.finditer(pattern, self._joined, re.MULTILINE)]
        return np.searchsorted(self._starts, found, "right") - 1

    def _found(self, wanted: str, most: int) -> list[str]:
        found: list[str] = []
        at = self._joined.find(wanted) if self._texts else -1
        while at >= 0 and len(found) < most:
            begin = at + wanted.startswith("\n")
            number = int(np.searchsorted(self._starts, begin, "right")) - 1
            found.append(self._texts[number])
            following = int(self._starts[number + 1]) - 1  # the end of this text
            at = self._joined.find(wanted, following) if number + 1 < len(self._texts) else -1
        return found


def _shortness(text: str) -> tuple[int, str]:
    return len(text), text


class Facts:
    """The indexes of one graph, each made when it is needed first.

    Args:
        graph: the graph.

    Attributes:
        changed: {revisions: ids of the nodes that changed}, as far as that was asked.
    """

    def __init__(self, graph: "LineageGraph") -> None:
        self.graph = graph
        self.changed: dict[str, Collection[str]] = {}
        self._indexes: dict[str, Index] = {}
        self._numbers: dict[str, NDArray[np.float64]] = {}
        self._tags: dict[str, Index] | None = None
        self.tag_keys: dict[str, str] = {}

    def index(self, name: str, values: Values, *, is_of_whole: bool = False) -> Index:
        """Nodes by a field's values.

        Args:
            name: of the field.
            values: of a node.
            is_of_whole: whether what is said of a column is said of the whole result too.
        """
        if name not in self._indexes:
            wholes = self._wholes if is_of_whole else None
            with paused():
                self._indexes[name] = Index(rows_of(values.of(self.graph.nodes)), wholes=wholes)
        return self._indexes[name]

    @cached_property
    def _wholes(self) -> NDArray[np.intp]:
        """Int (nodes): of each column the result that it is taken out of; -1 of other nodes."""
        number, told = self.graph.index.get, map(self.graph.column, ("part_of", "field"))
        found = (number(part_of, -1) if field else -1 for part_of, field in zip(*told, strict=True))
        return np.fromiter(found, np.intp, len(self.graph))

    def numbers(self, name: str) -> NDArray[np.float64]:
        """float64 (nodes): the numbers in a field of `Node`; NaN where there is none."""
        if name not in self._numbers:
            self._numbers[name] = np.array(self.graph.column(name), np.float64)
        return self._numbers[name]

    @cached_property
    def depths(self) -> NDArray[np.float64]:
        """float64 (nodes): edges of the longest way to each; NaN on a cycle, and behind one."""
        found = reachability.longest(self.graph.down, self.graph.up)
        return np.where(found < 0, np.nan, found)

    @cached_property
    def flow(self) -> "ColumnFlow":
        """The columns that queries follow."""
        from hamilton_ol.graph.select.columnflow import column_flow  # noqa: PLC0415 - reads this

        return column_flow(self.graph)

    @cached_property
    def names(self) -> Texts:
        """What nodes are called, each once."""
        return Texts(dict.fromkeys(self.graph.column("name")))

    @property
    def tags(self) -> Mapping[str, Index]:
        """{key in small letters: nodes by the tag's values}; `tag_keys` has the keys as written."""
        if self._tags is None:
            with paused():
                said = self.graph.column("tags")
                rows = rows_of([tuple(tags.items()) if tags else () for tags in said])
            for row in rows.places:
                for key, _ in row:
                    self.tag_keys.setdefault(key.lower(), key)
            self._tags = {key: Index(rows, partial(_tagged, key)) for key in self.tag_keys}
        return self._tags


def _tagged(key: str, row: Iterable[tuple[str, str | tuple[str, ...]]]) -> Iterator[str]:
    """The values of a tag among those of a node."""
    for name, value in row:
        if name.lower() == key:
            yield from (value,) if isinstance(value, str) else value


def tag_values(node: Node, key: str) -> tuple[str, ...]:
    """The values of a tag, whatever the case of its key."""
    return _of_tag(node.tags, key)


def _of_tag(tags: Tags, key: str) -> tuple[str, ...]:
    for name, value in tags.items():
        if name.lower() == key:
            return (value,) if isinstance(value, str) else tuple(value)
    return ()


def _kinds(kind: str, tags: Tags) -> Iterable[str]:
    return (kind, "artifact") if tags and _of_tag(tags, ARTIFACT_TAG) else (kind,)


def _sources(name: str, kind: str, tags: Tags, read: Collection[Dataset]) -> Iterable[str]:
    tagged = _of_tag(tags, SOURCE_TAG) if tags else ()
    if not read and kind not in _OUTSIDE:  # as most
        return tagged
    named = [
        one
        for dataset in read
        for one in (dataset.name, *(f"{dataset.namespace}{sign}{dataset.name}" for sign in ":/"))
    ]
    return [*named, *tagged, *([name] if kind in _OUTSIDE else [])]


def _groups(name: str, kind: str, part_of: str) -> Iterable[str]:
    if kind in SHARED:
        return ()
    own = (part_of or name).rpartition(":")[2]
    if "." not in name:  # as most
        return (own,)
    parts = name.split(".")
    return (own, *(".".join(parts[:end]) for end in range(1, len(parts))))


def _columns(name: str, field: str, columns: Collection[tuple[str, str]]) -> Iterable[str]:
    return [column for column, _ in columns] if columns else (field or name,)


#: What a node is; an artifact is that besides.
KINDS = Derived(_kinds, "kind", "tags")
#: What a node reads, by every name that a person may know.
SOURCES = Derived(_sources, "name", "kind", "tags", "sources")
#: What a node writes.
SINKS = Derived(lambda sinks: [dataset.name for dataset in sinks], "sinks")
#: The node whose job it belongs to, as columns and checks do, and the subdags that it is in.
GROUPS = Derived(_groups, "name", "kind", "part_of")
#: The columns of a node's result; one that has none is called as the node.
COLUMNS = Derived(_columns, "name", "field", "columns")
