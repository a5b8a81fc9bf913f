"""Ids that anybody can compute again: nothing is remembered to send a run twice, or elsewhere."""

from uuid import UUID, uuid5


def node_run_id(run_id: str, owner: str) -> str:
    """The run id of a node's job within a run: uuid5 of the run and the node that owns the job."""
    return str(uuid5(_uuid(run_id), owner))


def event_id(run_id: str, event_type: str) -> str:
    """The id of one event of a job's run: uuid5 of that run and the event's type."""
    return str(uuid5(_uuid(run_id), event_type))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:  # an id that somebody made up, still the same every time
        return uuid5(UUID(int=0), text)
