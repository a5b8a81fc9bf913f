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
        return self._numbers.get(name, ())

    @cached_property
    def _numbers(self) -> Mapping[str, Sequence[int]]:
        names = self._names
        found: dict[str, Sequence[int]] = dict(zip(names, zip(range(len(names))), strict=True))
        if len(found) < len(names):  # seldom, and then of some datasets or subdags
            several: dict[str, list[int]] = {}
            for number, name in enumerate(names):
                several.setdefault(name, []).append(number)
            found.update(several)
        return found

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
