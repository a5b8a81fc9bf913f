"""What people call nodes, and what they may mean by a name that there is not."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from hamilton_ol.errors import AmbiguousNodeError, UnknownNodeError

MOST_CANDIDATES = 10
MOST_COMPARED = 2_000  # names that are compared letter by letter, while somebody types
BEGINNING = 2  # letters; who mistypes a name seldom does so in the first ones
SHORTEST = 3  # letters of a part that says which name is meant
CLOSE = 0.6


class Names:
    """The names of a graph's nodes.

    Args:
        ids: of all nodes; a node's place is its number.
        names: what they are called.
    """

    def __init__(self, ids: Sequence[str], names: Sequence[str]) -> None:
        self._ids, self._names = ids, names

    def number(self, name: str) -> int:
        """The number of the only node that is called so.

        Raises:
            UnknownNodeError, AmbiguousNodeError: there is none, or there are several.
        """
        numbers = self.all_of(name)
        if len(numbers) == 1:
            return numbers[0]
        if not numbers:
            raise UnknownNodeError.of(name, self.near(name))
        ids = [self._ids[number] for number in numbers]
        raise AmbiguousNodeError(
            f"{len(ids)} nodes are called {name!r}", candidates=ids[:MOST_CANDIDATES]
        )

    def all_of(self, name: str) -> Sequence[int]:
        """The numbers of the nodes that are called so."""
        if name in self._several:
            return self._several[name]
        return (self._numbers[name],) if name in self._numbers else ()

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """{name: number of the last node that is called so}."""
        return dict(zip(self._names, range(len(self._names)), strict=True))

    @cached_property
    def _several(self) -> Mapping[str, Sequence[int]]:
        """{name: numbers} where several nodes are called so: seldom, some datasets or subdags."""
        several: dict[str, list[int]] = {}
        if len(self._numbers) < len(self._names):
            for number, name in enumerate(self._names):
                several.setdefault(name, []).append(number)
        return several

    def near(self, name: str) -> tuple[str, ...]:
        """Names that may be meant, the nearest first; at most three."""
        from difflib import get_close_matches  # noqa: PLC0415 - only for a typo

        names = list(self._numbers)
        wanted = name.casefold()
        is_long = len(wanted) >= SHORTEST
        within = [one for one in names if is_long and wanted in one.casefold()]
        close = get_close_matches(name, self._comparable(name), 3, CLOSE)
        return tuple(dict.fromkeys([*close, *sorted(within, key=len)]))[:3]

    def _comparable(self, name: str) -> list[str]:
        """Names that are long enough, and not too long, to be close; those that begin alike first."""
        shortest = len(name) * CLOSE / (2 - CLOSE)
        longest = len(name) * (2 - CLOSE) / CLOSE
        found = [one for one in self._numbers if shortest <= len(one) <= longest]
        if len(found) > MOST_COMPARED:
            begun = name[:BEGINNING]
            found.sort(key=lambda one: not one.startswith(begun))
        return found[:MOST_COMPARED]
