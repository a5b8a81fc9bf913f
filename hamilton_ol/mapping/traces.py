"""Column lineage through many functions at once: what happens step by step, composed.

A field comes DIRECTLY from another only if every step on one way between them is direct. Where a
step claims nothing of a column, neither does the whole way; the list of what the whole output
depends on names it all the same, because that follows every way.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hamilton_ol.mapping.columns import Claims, Lineage, Ref, capped, claims
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.naming import DatasetId
from hamilton_ol.mapping.shapes import Shape
from hamilton_ol.mapping.used import Used
from hamilton_ol.records import Value

_Column = tuple[DatasetId, str]
# Ways lead to hundreds of columns at every one of thousands of steps: dicts that are filled from
# dicts do that ten times as fast as anything that looks at columns one by one.
_Columns = dict[_Column, None]


class _Ways(NamedTuple):
    """The columns that a field comes from; one may be among both.

    Attributes:
        direct: {column: subtype}.
        vague: those of which it is not known what becomes of them.
    """

    direct: dict[_Column, str]
    vague: _Columns


class Step(NamedTuple):
    """What one function made of what.

    Attributes:
        shape: of what it made.
        arguments: what it took from others.
        sources: what it read outside.
    """

    shape: Shape
    arguments: Sequence[Used]
    sources: Sequence[Used] = ()


class _Trace(NamedTuple):
    """The lineage of a result that is folded, from where its job begins.

    Attributes:
        fields: {field: the columns that it comes from}.
        whole: the columns that all of it depends on.
        at: when it was looked at.
        since: when all that it is made of was known.
    """

    fields: Mapping[str, _Ways]
    whole: _Columns
    at: int
    since: int

    def holds(self, end: int) -> bool:
        """Whether it would be found to be the same at another time."""
        return end == self.at or self.since <= min(end, self.at)


class Traces:
    """The lineage of one run's results through what is folded.

    Args:
        datasets: of the run.
        values: of inputs and config, for columns that a run chooses.
    """

    def __init__(self, datasets: Datasets, values: Mapping[str, Value]) -> None:
        self._datasets, self._values = datasets, values
        self._folded: dict[DatasetId, _Trace] = {}

    def follow(self, members: Iterable[str], end: int) -> None:
        """Get to know what is folded.

        Args:
            members: owners of functions, producers before consumers.
            end: when the job ended that they are folded into.
        """
        for owner in members:
            result = self._datasets.memory(owner)
            known = self._folded.get(result)
            if known is None or not known.holds(end):
                self._folded[result] = self._trace(owner, end)

    def _trace(self, owner: str, end: int) -> _Trace:
        datasets = self._datasets
        arguments, sources = datasets.arguments(owner, end), datasets.sources(owner, end)
        since = [datasets.settled_since(owner)]
        for used in arguments:
            known = self._folded.get(used.id)
            since.append(known.since if known else datasets.settled_since(used.owner))
        shape = datasets.result(owner, end).shape
        fields, whole = self._composed(Step(shape, arguments, sources)) if shape else ({}, {})
        return _Trace(fields, whole, end, max(since))

    def lineage(self, step: Step, inputs: Iterable[Used]) -> Lineage:
        """The lineage of an output of a job.

        Args:
            step: the last one, which made it.
            inputs: of the job; nothing else is named.
        """
        known = {(used.id, name) for used in inputs if used.shape for name, _ in used.shape.fields}
        fields, whole = self._composed(step)
        told = {name: _refs(known, ways) for name, ways in fields.items()}
        if step.shape.kind != "table":  # most of it is said of each field
            said = [{*ways.direct, *ways.vague} for ways in fields.values()]
            known -= set[_Column]().union(*said[:1]).intersection(*said)
        dataset = [Ref(*column, is_direct=False) for column in whole if column in known]
        return capped(Claims(told, dataset))

    def _composed(self, step: Step) -> tuple[dict[str, _Ways], _Columns]:
        """One more step, after all that are known: of each field, and of the whole."""
        found = claims(step.shape, step.arguments, step.sources, self._values)
        fields = {name: self._ways(refs) for name, refs in found.fields.items()}
        direct, whole = self._ways(found.dataset)
        whole |= dict.fromkeys(direct)
        for result in dict.fromkeys(used.id for used in step.arguments):
            if result in self._folded:
                whole |= self._folded[result].whole
        return fields, whole

    def _ways(self, refs: Sequence[Ref]) -> _Ways:
        """Where columns come from in the end."""
        ways = _Ways({}, {})
        for ref in refs:
            known = self._folded.get(ref.dataset)
            column = ref.dataset, ref.field
            if known is not None:
                _add(ways, ref, known.fields.get(ref.field))
            elif ref.is_direct:
                ways.direct[column] = ref.subtype
            else:
                ways.vague[column] = None
        return ways


def _add(ways: _Ways, later: Ref, earlier: _Ways | None) -> None:
    """Lengthen a way by the step before."""
    if earlier is None:
        return
    ways.vague.update(earlier.vague)
    if not later.is_direct:
        ways.vague.update(dict.fromkeys(earlier.direct))
    elif later.subtype == "IDENTITY":
        ways.direct.update(earlier.direct)
    else:
        ways.direct.update(dict.fromkeys(earlier.direct, later.subtype))


def _refs(known: set[_Column], ways: _Ways) -> list[Ref]:
    """Those that may be named, each once: directly if that is one of the ways."""
    direct = [Ref(*c, is_direct=True, subtype=s) for c, s in ways.direct.items() if c in known]
    vague = [c for c in ways.vague if c in known and c not in ways.direct]
    return [*direct, *(Ref(*column, is_direct=False) for column in vague)]
