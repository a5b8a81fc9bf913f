"""Puts the parts together for a front end: from a store to runs, and from runs to events.

The command line is above this module; the store, mapping and delivery, which do not know each
other, below.
"""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.errors import UnknownNodeError
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.mapping.jobs import OUTSIDE
from hamilton_ol.mapping.naming import node_job
from hamilton_ol.mapping.options import Options
from hamilton_ol.records import Parent, Run
from hamilton_ol.store.location import find
from hamilton_ol.store.reader import StoreReader


def open_store(
    store: Path | None, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> StoreReader:
    """A store, for reading.

    Args:
        store: its folder, or None to find one.
        progress: called with bytes read and bytes in all.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    return StoreReader(find(store), progress)


def event_mapper(
    settings: Settings,
    profile: str | None = None,
    granularity: str | None = None,
    target: TargetSpec | None = None,
) -> EventMapper:
    """Makes the OpenLineage events of runs, in the order in which they are to be sent.

    Args:
        settings: decide what they look like.
        profile: the consumer whose rules are followed, if not the target's.
        granularity: how many jobs a run becomes, if not as the target has it.
        target: where they go; it decides before the settings do.
    """
    options = Options(
        profile=profile or (target and target.profile) or settings.profile,
        granularity=granularity or (target and target.granularity) or settings.granularity,
        level=(target and target.send_level) or settings.send_level,
        source_namespace=settings.source_namespace,
        sources=settings.sources,
    )
    return EventMapper(options)


def parent_of_children(run: Run, node: str | None = None) -> Parent:
    """A run, or that of the job of one of its nodes, as the parent of what a child process runs.

    Raises:
        UnknownNodeError: the dataflow has no such function.
    """
    if node is None:
        return run.started.as_parent()
    nodes = run.graph.nodes if run.graph else ()
    owners = {record.name: record.owner for record in nodes if record.kind not in OUTSIDE}
    if node not in owners:
        raise UnknownNodeError.of(node, get_close_matches(node, owners, 3))
    owner = owners[node]
    return run.started.as_parent(node_run_id(run.run_id, owner), node_job(run.started.job, owner))
