"""Jobs that are more than one function: what lies between artifacts is folded into them.

An artifact is the function of a requested output, of a saver, or one that is tagged `artifact`
(with anything but false, no or 0). It folds everything that it is made from, back to sources, to
what the run was given and to other artifacts. A function that several artifacts are made from is
folded into each: its own work is done once, but each of them depends on what it read, and edges
between what a consumer is shown are exact. For the whole dataflow as one job nothing is left out.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from hamilton_ol.mapping.jobs import OUTSIDE, JobGraph
from hamilton_ol.mapping.subgraphs import executed
from hamilton_ol.mapping.tags import ARTIFACT_TAG, tag_values
from hamilton_ol.records import Dependency

_NO = frozenset({"false", "no", "0"})


class Fold(NamedTuple):
    """A job, and what is folded into it.

    Attributes:
        owner: the artifact that it is called after; empty for the whole dataflow.
        results: owners of what it leaves in memory.
        makers: these, and then the owners of what it writes outside besides.
        members: owners of all functions that it consists of, producers before consumers.
        taken: what these take that is made elsewhere, or given.
        nodes: the nodes that its run lasts for.
    """

    owner: str
    results: tuple[str, ...]
    makers: tuple[str, ...]
    members: tuple[str, ...]
    taken: tuple[Dependency, ...] = ()
    nodes: frozenset[str] = frozenset()


class Folds:
    """The folds of one graph, for what a run asks of it.

    Args:
        jobs: of the graph, one for each function.
        requested: the outputs that the run was asked for.
        overridden: nodes whose results it was given.

    Attributes:
        artifacts: their owners, producers before consumers.
    """

    def __init__(
        self, jobs: JobGraph, requested: tuple[str, ...], overridden: frozenset[str]
    ) -> None:
        self._jobs, self._overridden = jobs, overridden
        self._arguments = executed(jobs, requested, overridden).arguments
        everything = jobs.needed(requested, overridden)
        self._needed = frozenset(n for n in everything if jobs.nodes[n].kind not in OUTSIDE)
        asked = (jobs.owner(name) for name in requested if name in self._needed)
        self._requested = tuple(o for o in dict.fromkeys(asked) if self._is_executed(o))
        kept = {*self._requested, *self._savers(), *self._tagged()}
        self.artifacts = self._in_order(kept)

    def whole(self) -> Fold:
        """The dataflow as one job."""
        members = self._in_order({self._jobs.owner(name) for name in self._needed})
        savers = self._in_order(set(self._savers()).difference(self._requested))
        return Fold("", self._requested, (*self._requested, *savers), members, self._taken(members))

    @cached_property
    def of_artifacts(self) -> Mapping[str, Fold]:
        """{artifact: its job}, producers before consumers."""
        artifacts = frozenset(self.artifacts)
        return {owner: self._fold(owner, artifacts) for owner in self.artifacts}

    def _is_executed(self, owner: str) -> bool:
        """Whether a function has a run: neither it nor all that it does was given to the run."""
        own = self._needed.difference(self._jobs.taken_apart(owner))
        return owner not in self._overridden and not own.isdisjoint(self._jobs.members[owner])

    @cached_property
    def back_to_sources(self) -> Mapping[str, Fold]:
        """The same, where other artifacts are folded too."""
        return {owner: self._fold(owner, frozenset()) for owner in self.artifacts}

    def _savers(self) -> Iterator[str]:
        nodes = (self._jobs.nodes[name] for name in self._needed)
        return (node.owner for node in nodes if node.kind == "saver")

    def _tagged(self) -> Iterator[str]:
        for name in self._needed:
            values = tag_values(self._jobs.nodes[name], ARTIFACT_TAG)
            if any(value.lower() not in _NO for value in values):
                yield self._jobs.owner(name)

    def _fold(self, owner: str, artifacts: frozenset[str]) -> Fold:
        jobs = self._jobs
        others = artifacts - {owner}
        nodes = set(jobs.members[owner]) & self._needed
        rest = list(nodes)
        while rest:
            for taken in jobs.nodes[rest.pop()].dependencies:
                name = taken.name
                if name in self._needed and name not in nodes and jobs.owner(name) not in others:
                    nodes.add(name)
                    rest.append(name)
        members = self._in_order({jobs.owner(name) for name in nodes})
        lasting = frozenset(nodes) - jobs.taken_apart(owner)
        return Fold(owner, (owner,), (owner,), members, self._taken(members), lasting)

    def _taken(self, members: tuple[str, ...]) -> tuple[Dependency, ...]:
        """What passes the border inwards, each once."""
        jobs, inside = self._jobs, frozenset(members)
        found = {
            taken.name: taken
            for member in members
            for taken in self._arguments[member]
            if taken.name in self._overridden or jobs.owner(taken.name) not in inside
        }
        return tuple(found.values())

    def _in_order(self, owners: set[str]) -> tuple[str, ...]:
        """Those that the run does not have from elsewhere, producers before consumers."""
        ranks = self._jobs.ranks
        own = filter(self._is_executed, owners)
        return tuple(sorted(own, key=lambda owner: (ranks.get(owner, 0), owner)))
