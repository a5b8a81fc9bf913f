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
        is_scaled: whether it holds only because machines differ.
    """

    what: str
    peer: str
    ours: str
    gate: str
    met: bool
    is_scaled: bool = False

    @property
    def verdict(self) -> str:
        """Whether it holds, as text."""
        return ("yes, scaled" if self.is_scaled else "yes") if self.met else "**no**"


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | peer | ours | promised | holds |", "|---|---|---|---|---|"]
    lines += [f"| {r.what} | {r.peer} | {r.ours} | {r.gate} | {r.verdict} |" for r in rows]
    return "\n".join(lines)
