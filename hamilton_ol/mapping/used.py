"""A dataset as one job sees it."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from hamilton_ol.mapping.naming import DatasetId
from hamilton_ol.mapping.shapes import Shape
from hamilton_ol.records import ColumnUse, DatasetAccess


class Check(NamedTuple):
    """What a check of a result found.

    Attributes:
        name: of its node.
        column: that it looked at, or None for the whole.
        passed: whether all is well.
    """

    name: str
    column: str | None
    passed: bool


class Used(NamedTuple):
    """A dataset as one job sees it; all that is said of it there, so that equals look the same.

    Attributes:
        id: its name.
        shape: its fields, or None where they cannot be told yet.
        role: `memory` for a job's result, `given` for an input or override, `source` and `sink`
            for what is outside.
        owner: the node whose tags and documentation it carries; empty for what was given.
        access: how it was read or written, if it is outside.
        has_rows: whether the number of its rows is known.
        lost: values of `source` tags that something better kept from being its name.
        checks: what the checks of its function found, as far as that was known in time.
        argument: the node through which the job takes it.
        field: the field of it that this node is, or None for the whole.
        uses: what the job takes of the whole, or None for all of it.
    """

    id: DatasetId
    shape: Shape | None
    role: Literal["memory", "given", "source", "sink"]
    owner: str = ""
    access: DatasetAccess | None = None
    has_rows: bool = False
    lost: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    argument: str = ""
    field: str | None = None
    uses: tuple[ColumnUse, ...] | None = None


def distinct(used: Iterable[Used]) -> list[Used]:
    """Each dataset once, as it was met first."""
    found: dict[DatasetId, Used] = {}
    for one in used:
        found.setdefault(one.id, one)
    return list(found.values())
