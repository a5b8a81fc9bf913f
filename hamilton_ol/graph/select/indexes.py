"""Which nodes have which values, so that a query of 100,000 nodes need not look at each.

Many nodes say the same: what they say is looked at once, and each node only has its number.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.rows import column

Texts = tuple[str, ...]


class Attribute:
    """Values that stand in a field of `Node`: a text, which is none if it is empty, or texts.

    Args:
        name: of the field.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, node: Node) -> Iterable[str]:
        """The values of a node."""
        return _split(getattr(node, self.name))

    def of(self, nodes: Sequence[Node]) -> list[Any]:
        """What stands there of each node."""
        return list(column(nodes, self.name))


class Derived:
    """Values that follow from what stands in some fields of `Node`.

    Args:
        values: given what stands there, in this order.
        fields: their names.
    """

    def __init__(self, values: Callable[..., Iterable[str]], *fields: str) -> None:
        self._values, self._fields = values, fields

    def __call__(self, node: Node) -> Iterable[str]:
        """The values of a node."""
        return self._values(*(getattr(node, field) for field in self._fields))

    def of(self, nodes: Sequence[Node]) -> list[Any]:
        """What each node says; just the text where that is one."""
        said = map(self._values, *(column(nodes, field) for field in self._fields))
        return [row[0] if len(row) == 1 and row[0] else row for row in map(tuple, said)]


def _split(row: Any) -> Texts:
    if isinstance(row, str):
        return (row,) if row else ()
    return tuple(row)


class Rows(NamedTuple):
    """What each of many nodes says, where many say the same.

    Attributes:
        places: {what is said: a number}.
        codes: int (nodes): the number of what each says.
    """

    places: dict[Any, int]
    codes: NDArray[np.intp]


def rows_of(said: Sequence[Hashable]) -> Rows:
    """What nodes say, each thing once."""
    places: dict[Any, int] = {}
    number = places.setdefault
    codes = [number(one, len(places)) for one in said]
    return Rows(places, np.array(codes, np.intp))


class Index:
    """The values of nodes.

    Args:
        rows: what they say.
        split: the values of something that is said.
        wholes: int (nodes): of each the node of which the same is said; -1 for none.

    Attributes:
        values: {value: its number}.
    """

    def __init__(
        self,
        rows: Rows,
        split: Callable[[Any], Iterable[str]] = _split,
        wholes: NDArray[np.intp] | None = None,
    ) -> None:
        self._codes, self._wholes, self._size = rows.codes, wholes, len(rows.places)
        if split is _split and "" not in rows.places and set(map(type, rows.places)) <= {str}:
            self.values = rows.places
            self._numbers = self._places = np.arange(self._size)
            return
        self.values = {}
        numbers, places = [], []
        for place, row in enumerate(rows.places):
            for value in split(row):
                numbers.append(self.values.setdefault(value, len(self.values)))
                places.append(place)
        self._numbers, self._places = np.array(numbers, np.intp), np.array(places, np.intp)

    def matching(self, test: Callable[[str], bool]) -> Mask:
        """Bool (nodes): those that have a value of which this is true."""
        return self._having(np.fromiter(map(test, self.values), np.bool_, len(self.values)))

    def having(self, value: str) -> list[int]:
        """The numbers of the nodes that have a value."""
        if value not in self.values:
            return []
        is_meant: Mask = np.zeros(len(self.values), np.bool_)
        is_meant[self.values[value]] = True
        found: list[int] = np.flatnonzero(self._having(is_meant)).tolist()
        return found

    def _having(self, is_meant: Mask) -> Mask:
        said: Mask = np.zeros(self._size, np.bool_)
        said[self._places[is_meant[self._numbers]]] = True
        found: Mask = said[self._codes]
        if self._wholes is not None:
            wholes = self._wholes[found]
            found[wholes[wholes >= 0]] = True
        return found
