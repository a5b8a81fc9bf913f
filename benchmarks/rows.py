"""What a measurement says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row of the table.

    Attributes:
        what: was measured.
        peer: what Hamilton's own adapter takes, as text.
        ours: what ours takes, as text.
        gate: what was promised.
        met: whether it holds.
    """

    what: str
    peer: str
    ours: str
    gate: str
    met: bool


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | peer | ours | promised | holds |", "|---|---|---|---|---|"]
    lines += [
        f"| {r.what} | {r.peer} | {r.ours} | {r.gate} | {'yes' if r.met else '**no**'} |"
        for r in rows
    ]
    return "\n".join(lines)
