"""Nodes or edges as columns: a row is made when it is looked at, and forgotten again.

100,000 nodes as named tuples are 22 MB more, and as many objects for the collector of garbage to go
through; what is asked of all of them is mostly one field.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

import numpy as np

from hamilton_ol.graph.adjacency import Ints
from hamilton_ol.graph.nodes import Edge, Node

Row = TypeVar("Row", Node, Edge)
NAMING = frozenset({"id", "name", "origin", "target", "argument"})


class Rows(Sequence[Row]):
    """Rows; equal to a tuple of the same ones. No edge between two nodes is there twice.

    Args:
        kind: what they are.
        size: how many.
        fields: {field: its values}; of a field that is not there all have the default.
    """

    def __init__(self, kind: type[Row], size: int, fields: Mapping[str, tuple[Any, ...]]) -> None:
        self._kind: type[Row] = kind
        self._size = size
        self._columns = {name: fields.get(name, ()) for name in kind._fields}
        usual: dict[int, tuple[Any, ...]] = {}
        for name, default in kind._field_defaults.items():
            if name not in fields:
                self._columns[name] = usual.setdefault(id(default), (default,) * size)

    def __len__(self) -> int:
        """How many there are."""
        return self._size

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        """The row at a place."""
        if isinstance(place, slice):
            return tuple(self[number] for number in range(self._size)[place])
        row: Row = self._kind._make([column[place] for column in self._columns.values()])
        return row

    def __iter__(self) -> Iterator[Row]:
        """All of them, one after the other."""
        return map(self._kind._make, zip(*self._columns.values(), strict=True))

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same rows."""
        if not isinstance(other, Rows | tuple):
            return NotImplemented
        return len(self) == len(other) and all(
            one == same for one, same in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def column(self, name: str) -> tuple[Any, ...]:
        """The values of a field."""
        return self._columns[name]

    def share(self, others: Sequence[Row], texts: Collection[str] = ()) -> None:
        """Hold what other rows have, too, only once: whole fields, and some with long texts in part.

        What says which node is meant stays: it is in indexes, too.
        """
        for name, values in self._columns.items():
            theirs = column(others, name)
            if name in NAMING:
                continue
            if values == theirs:
                self._columns[name] = theirs
            elif name in texts:
                known = dict(zip(theirs, theirs, strict=True))
                self._columns[name] = tuple(known.get(text, text) for text in values)


def column(rows: Sequence[Row], name: str) -> tuple[Any, ...]:
    """The values of a field of some rows."""
    if isinstance(rows, Rows):
        return rows.column(name)
    place = (type(rows[0])._fields if rows else (name,)).index(name)
    return tuple(row[place] for row in rows)


def unique(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """The first edge of each node to each other one."""
    found = {edge[:2]: edge for edge in reversed(tuple(edges))}
    return tuple(reversed(found.values()))


def different(values: Sequence[Any]) -> tuple[list[Any], Ints]:
    """The objects that recur in a column, and int32 (rows): which of them each is.

    Two of them may be equal: mostly there are few, and what is to be found out of each is found out
    a few times and not 100,000 times.
    """
    known = {id(value): value for value in values}
    places = dict(zip(known, range(len(known)), strict=True))
    numbers = np.fromiter(map(places.__getitem__, map(id, values)), np.int32, len(values))
    return list(known.values()), numbers


def told(values: Sequence[Any], say: Callable[[Any], Any], kind: type[np.generic]) -> Any:
    """What is to be said of each value of a column, (rows); found out once of what recurs."""
    found, numbers = different(values)
    said = np.fromiter(map(say, found), kind, len(found))
    return said[numbers]
