"""How many jobs a run becomes.

`node`: one for each function and one for the dataflow. `artifact`: one for each result that leaves
the level of functions, with all that lies between folded in, and one for the dataflow. `dag`: the
dataflow alone. `auto`: what suits the consumer; `node` for a dataflow that a person can still look
at whole, else `artifact`. That goes by the dataflow and not by what a run asks of it, so that it stays the same
from run to run.
"""

from hamilton_ol.mapping.jobs import JobGraph

MOST_FUNCTIONS = 200  # of which each is a job of its own, unless somebody asks for it


def granularity_for(asked: str, usual: str, jobs: JobGraph) -> str:
    """`node`, `artifact` or `dag`, where that is left to the consumer or the size of the dataflow.

    Args:
        asked: one of these, or `auto`.
        usual: what the consumer is told when nobody asks, or `auto`.
        jobs: of the graph, one for each function.
    """
    if (chosen := usual if asked == "auto" else asked) != "auto":
        return chosen
    return "node" if len(jobs.members) <= MOST_FUNCTIONS else "artifact"
