"""Queries that have a name: a person's own, and those that the project's file has."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from explorer_app.model.places import is_folder, is_there, path_of
from hamilton_ol.config import resolve
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.records import NOTHING

_NAME = re.compile(r"[\w-]{1,60}")
FROM_FILE = "pyproject.toml"


class SavedQueries(Mapping[str, str]):
    """{name: query} for `$name`; the project's can only be changed in its file.

    Args:
        own: the person's.
        project: the project's; where both have a name, this one holds.
        keep: is given the person's own after every change.
    """

    def __init__(
        self,
        own: Mapping[str, str] = NOTHING,
        project: Mapping[str, str] = NOTHING,
        keep: Callable[[dict[str, str]], None] = lambda _own: None,
    ) -> None:
        self._own, self._project, self._keep = dict(own), dict(project), keep

    def __getitem__(self, name: str) -> str:
        """The query of a name."""
        return self._project[name] if name in self._project else self._own[name]

    def __iter__(self) -> Iterator[str]:
        """All names, the project's first."""
        yield from self._project
        yield from (name for name in self._own if name not in self._project)

    def __len__(self) -> int:
        """How many there are."""
        return len({*self._own, *self._project})

    def is_own(self, name: str) -> bool:
        """Whether it can be changed here."""
        return name in self._own and name not in self._project

    def problem(self, name: str, before: str = "") -> str:
        """Why a query cannot be called so; an empty text if it can.

        Args:
            name: that it is to have, without `$`.
            before: that it has now.
        """
        if not _NAME.fullmatch(name):
            return "A name has letters, digits, - and _, at most 60 of them."
        if name in self._project:
            return f"${name} is a query of the project: {FROM_FILE} has it."
        return f"${name} is there already." if before and name != before and name in self else ""

    def save(self, name: str, query: str) -> None:
        """Keep a query; one of this name that was there is replaced."""
        if not self.problem(name):
            self._own[name] = query
            self._keep(dict(self._own))

    def rename(self, before: str, name: str) -> None:
        """Call it otherwise; it stays in its place."""
        if self.is_own(before) and not self.problem(name, before):
            self._own = {name if n == before else n: query for n, query in self._own.items()}
            self._keep(dict(self._own))

    def delete(self, name: str) -> None:
        """Forget it."""
        if self.is_own(name):
            del self._own[name]
            self._keep(dict(self._own))


def place_of(sources: Sequence[str], graph: LineageGraph) -> str:
    """Where the queries of a source are kept: all runs of a dataflow share them."""
    words = [_place(source, graph) for source in sources]
    return sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _place(source: str, graph: LineageGraph) -> str:
    if source.startswith("run:"):
        return f"run:{graph.name}"
    return str(Path(source).absolute()) if ":" not in source else source


def of_project(sources: Sequence[str]) -> Mapping[str, str]:
    """The queries of the project that sources are in, else of the current folder's."""
    paths = [path_of(source) for source in sources if ":" not in source]
    folders = [path if is_folder(path) else path.parent for path in paths if is_there(path)]
    return resolve({}, folder=folders[0] if folders else None).questions
