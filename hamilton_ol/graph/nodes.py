"""What a graph knows of one node and of one edge."""

from typing import NamedTuple

from hamilton_ol.records import NOTHING, Tags

#: {kind of a node: what it is}.
KINDS = {
    "function": "makes a result",
    "input": "is given to each run",
    "config": "decides what the dataflow looks like",
    "loader": "reads something outside",
    "saver": "writes something outside",
    "check": "looks whether a result is well",
    "column": "a column or key, taken out of a result",
    "expand": "makes the parts of a block",
    "collect": "puts the parts of a block together",
    "source": "is outside, and read",
    "sink": "is outside, and written",
    "dataset": "any other dataset",
    "job": "a job of another producer",
}
#: {kind of an edge: what it says}.
EDGES = {
    "argument": "the second takes the first as an argument",
    "reads": "the second reads the first",
    "writes": "the first writes the second",
}


class Dataset(NamedTuple):
    """A dataset outside, by its names in OpenLineage."""

    namespace: str
    name: str

    @property
    def id(self) -> str:
        """The id of its node, as Marquez makes it too."""
        return f"dataset:{self.namespace}:{self.name}"


class Node(NamedTuple):
    """One node.

    Attributes:
        id: what tells it from every other node of the graph.
        name: what people call it; several nodes may be called so.
        kind: one of `KINDS`, or a word of another producer.
        type: of its result.
        namespace: of the dataset or the job; empty for nodes of a single dataflow.
        module: that its function is in.
        function: its function, with the module; `LineageGraph.texts` may hold its text.
        file, line: where that begins; 0 where it is not known.
        doc: its documentation.
        tags: the user's.
        owners: who owns it, as its tags or another producer say.
        part_of: the node whose job it belongs to, if that is another.
        field: the column or key of that node's result that it is.
        columns: (name, type) of its result's columns, as far as known.
        sources, sinks: what it reads and writes outside.
        code: hash of its function.
        variant: which of several functions for it was chosen.
        status, seconds, rows: how its execution ended, how long it took and how many rows the
            result had, in the run that the graph was made from.
        run: the id of that run, for nodes that it executed.
        first_seen, last_seen: nanoseconds since the epoch, where the graph was made from what
            several runs told.
    """

    id: str
    name: str
    kind: str = "function"
    type: str = ""
    namespace: str = ""
    module: str = ""
    function: str = ""
    file: str = ""
    line: int = 0
    doc: str = ""
    tags: Tags = NOTHING
    owners: tuple[str, ...] = ()
    part_of: str = ""
    field: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    sources: tuple[Dataset, ...] = ()
    sinks: tuple[Dataset, ...] = ()
    code: str = ""
    variant: str = ""
    status: str = ""
    seconds: float | None = None
    rows: int | None = None
    run: str = ""
    first_seen: int | None = None
    last_seen: int | None = None


class Edge(NamedTuple):
    """One edge, in the direction in which data flows.

    Attributes:
        origin, target: ids of its nodes.
        kind: one of `EDGES`, or a word of another producer.
        argument: of the target's function, if it is one.
        required: whether the target cannot do without.
        first_seen, last_seen: as of a node.
    """

    origin: str
    target: str
    kind: str = "argument"
    argument: str = ""
    required: bool = True
    first_seen: int | None = None
    last_seen: int | None = None
