"""What happened, in plain frozen dataclasses.

No type of Hamilton, OpenLineage or pandas appears here, and nothing that is secret: a value is
masked before it becomes a record. Times are integers, nanoseconds since the epoch, UTC.
"""

from hamilton_ol.records.dataflows import (
    NOTHING,
    ColumnUse,
    Dependency,
    GraphRecord,
    Kind,
    NodeRecord,
    Place,
    Schema,
    Tags,
)
from hamilton_ol.records.runs import (
    DatasetAccess,
    ErrorRecord,
    NodeRun,
    Parent,
    Revision,
    Run,
    RunContext,
    RunFinished,
    RunStarted,
    Scalar,
    Status,
    Value,
    stamp_facts,
)

__all__ = [
    "NOTHING",
    "ColumnUse",
    "DatasetAccess",
    "Dependency",
    "ErrorRecord",
    "GraphRecord",
    "Kind",
    "NodeRecord",
    "NodeRun",
    "Parent",
    "Place",
    "Revision",
    "Run",
    "RunContext",
    "RunFinished",
    "RunStarted",
    "Scalar",
    "Schema",
    "Status",
    "Tags",
    "Value",
    "stamp_facts",
]
