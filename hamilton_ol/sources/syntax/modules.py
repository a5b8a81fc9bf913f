"""The graph of modules from their text alone: approximate, and marked as such."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.config import Settings, environment
from hamilton_ol.dataflow.uses import column_uses
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.masking import Masker
from hamilton_ol.records import Dependency, GraphRecord, Kind, NodeRecord, Place
from hamilton_ol.sources.dataflows import graph_of_record
from hamilton_ol.sources.problems import APPROXIMATE, Problems
from hamilton_ol.sources.syntax.decorators import Drafts
from hamilton_ol.sources.syntax.drafts import Draft, Function
from hamilton_ol.sources.syntax.names import Names, UnknownError

LARGEST = 5 << 20  # bytes of a file


class Source(NamedTuple):
    """A module's name and the file that holds it."""

    name: str
    path: Path


def graph_of_texts(sources: Iterable[Source], settings: Settings) -> LineageGraph:
    """The graph of the dataflow that modules make together, as far as their text says.

    Args:
        sources: the modules.
        settings: with the config of the dataflow, and what sources are called.
    """
    problems, nodes = Problems(), dict[str, NodeRecord]()
    texts, taken = dict[str, str](), dict[str, str]()
    problems.add(APPROXIMATE)
    found = list(sources)
    masker = Masker(settings.mask, environment())
    for source in found:
        module = _Module(source, settings.config, masker, problems.add)
        for node in module.nodes():
            if node.name in nodes:
                problems.add(f"{node.name} is there twice: the one in {source.path} is left out")
            else:
                nodes[node.name] = node
        texts |= module.texts
        taken = module.taken | taken
    outside = _outside(nodes, taken, settings.config)
    record = GraphRecord(
        "",
        (*nodes.values(), *outside),
        tuple(source.name for source in found),
        tuple(settings.config),
        texts,
    )
    name = settings.job_name or (found[-1].name if found else "")
    return graph_of_record(record, settings, name).with_problems(problems)


def _outside(
    nodes: Mapping[str, NodeRecord], taken: Mapping[str, str], config: Mapping[str, object]
) -> Iterator[NodeRecord]:
    """What nodes take and none makes."""
    for name in dict.fromkeys([*(n for n in taken if n not in nodes), *config]):
        kind: Kind = "config" if name in config else "input"
        type_ = taken.get(name, "") or ("Any" if kind == "config" else "")
        yield NodeRecord(name, kind, type_, name)


class _Module:
    """One module.

    Attributes:
        texts: {function: its text}.
        taken: {node: the type that the first who takes it says that it has}.
    """

    def __init__(
        self,
        source: Source,
        config: Mapping[str, object],
        masker: Masker,
        problem: Callable[..., None],
    ) -> None:
        self._source, self._config, self._masker = source, config, masker
        self._problem = problem
        self.texts: dict[str, str] = {}
        self.taken: dict[str, str] = {}
        self._lines, self._tree = list[str](), ast.Module([], [])
        try:
            data = _content(source.path)
            self._tree = ast.parse(data, source.path.name)
            self._lines = data.decode("utf-8", "replace").splitlines(keepends=True)
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
            problem(f"{source.path} cannot be read: {error}")
        self._names = Names(self._tree)

    def nodes(self) -> Iterator[NodeRecord]:
        """The nodes of its functions."""
        for statement in self._tree.body:
            if isinstance(statement, Function) and not statement.name.startswith("_"):
                yield from self._of(statement)

    def _of(self, function: Function) -> Iterator[NodeRecord]:
        decorators = [(self._names.decorator(one), one) for one in function.decorator_list]
        names = {name for name, _ in decorators}
        if "htypes.hamilton_exclude" in names or "hamilton_exclude" in names:
            return
        conditions = [(name, one) for name, one in decorators if name.startswith("config")]
        if not all(self._holds(name, one, function) for name, one in conditions):
            return
        name, _, variant = function.name.partition("__") if conditions else (function.name, "", "")
        drafts = Drafts(function, name, self._names, self._problem)
        # From the one next to the function outwards, but tags when all nodes are there.
        inner = [one for one in reversed(decorators) if not one[0].startswith("config")]
        for decorator, one in sorted(inner, key=lambda pair: pair[0].startswith("tag")):
            drafts.apply(decorator, one)
        for draft in drafts.nodes.values():
            for taken in draft.takes.values():
                self.taken.setdefault(taken.node, taken.type)
        place = self._place(function)
        for draft in drafts.nodes.values():
            yield self._record(draft, function, place, variant or None)

    def _place(self, function: Function) -> Place:
        first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
        lines = self._lines[first - 1 : function.end_lineno]
        place = Place(f"{self._source.name}.{function.name}", str(self._source.path), first)
        self.texts[place.function] = self._masker.code("".join(lines))
        return place

    def _record(
        self, draft: Draft, function: Function, place: Place, variant: str | None
    ) -> NodeRecord:
        uses = column_uses(function) if draft.owner == draft.name else {}
        dependencies = tuple(
            Dependency(
                taken.node,
                taken.required,
                uses.get(argument),
                "" if argument == taken.node else argument if argument.isidentifier() else None,
            )
            for argument, taken in draft.takes.items()
        )
        return NodeRecord(
            draft.name,
            draft.kind,
            draft.type,
            draft.owner,
            self._masker.text(draft.doc),
            {key: self._kept(key, value) for key, value in draft.tags.items()},
            self._source.name,
            place,
            variant=variant,
            dependencies=dependencies,
            field=draft.field,
            fields=draft.fields,
        )

    def _kept(self, key: str, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(value, tuple):
            return tuple(self._masker.kept(key, item) for item in value)
        return self._masker.kept(key, value)

    # --- config --------------------------------------------------------------------------------

    def _holds(self, decorator: str, call: ast.expr, function: Function) -> bool:
        """Whether a function is there with this config; where that is not known, it is."""
        how = decorator.partition(".")[2]
        if not isinstance(call, ast.Call) or how not in _HOW:
            self._problem(f"{function.name} is there under a condition that is not known")
            return True
        try:
            wanted = {key: self._names.value(value) for key, value in self._names.entries(call)}
        except UnknownError as error:
            self._problem(f"@{decorator} of {function.name}: {error} is not in the text")
            return True
        wanted.pop("name", None)
        return all(_HOW[how](self._config.get(key), value) for key, value in wanted.items())


_HOW: Mapping[str, Callable[[object, object], bool]] = {
    "when": lambda value, wanted: value == wanted,
    "when_not": lambda value, wanted: value != wanted,
    "when_in": lambda value, wanted: value in _several(wanted),
    "when_not_in": lambda value, wanted: value not in _several(wanted),
}


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise ValueError(f"it has more than {LARGEST >> 20} MB")
    return data


def _several(wanted: object) -> list[object]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]
