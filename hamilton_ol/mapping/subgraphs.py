"""What of a graph a run executes: of some functions only a part, which reads no more than it takes.

A run may ask for a node within a function (what a check has not seen yet, what a loader brings), or
be given one: then what the other nodes of the function would take was not read.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.records import Dependency


class Subgraph(NamedTuple):
    """The part of a graph that is executed.

    Attributes:
        jobs: of the graph.
        arguments: {owner: what its nodes take from other jobs, from outside, and of what was given
            in the place of others of its nodes}.
        sources: {owner: values of `source` tags, where it reads itself}.
        loaders: owners of jobs that load data.
        is_whole: whether of each function all is executed, or nothing.
    """

    jobs: JobGraph
    arguments: Mapping[str, tuple[Dependency, ...]]
    sources: Mapping[str, tuple[str, ...]]
    loaders: frozenset[str]
    is_whole: bool


def whole(jobs: JobGraph) -> Subgraph:
    """All of a graph."""
    return Subgraph(jobs, jobs.arguments, jobs.sources, jobs.loaders, is_whole=True)


def executed(jobs: JobGraph, requested: tuple[str, ...], overridden: frozenset[str]) -> Subgraph:
    """What is executed of a graph.

    Args:
        jobs: of the graph.
        requested: the outputs that the run was asked for.
        overridden: nodes whose results it was given.
    """
    nodes, graph = jobs.needed(requested, overridden), whole(jobs)
    parts = list(_parts(jobs, nodes, overridden))
    if not parts:
        return graph
    arguments = {owner: _arguments(jobs, owner, nodes, overridden) for owner in parts}
    given = {owner for owner in parts if jobs.roots(owner).isdisjoint(nodes)}
    return Subgraph(
        jobs,
        {**graph.arguments, **arguments},
        {**graph.sources, **dict.fromkeys(given, ())},
        graph.loaders - given,
        is_whole=False,
    )


def _parts(jobs: JobGraph, nodes: frozenset[str], overridden: frozenset[str]) -> Iterator[str]:
    """Owners of functions of which only a part is executed, if the rest would read something."""
    for owner, takers in jobs.composed.items():
        lasting = jobs.lasting(owner)
        is_part = not overridden.isdisjoint(lasting) or not takers <= nodes
        if is_part and not nodes.isdisjoint(lasting):
            yield owner


def _arguments(
    jobs: JobGraph, owner: str, nodes: frozenset[str], overridden: frozenset[str]
) -> tuple[Dependency, ...]:
    members = jobs.members[owner]
    inside = frozenset(members) - (overridden & jobs.lasting(owner))
    return jobs.taken_by((name for name in members if name in nodes), inside)
