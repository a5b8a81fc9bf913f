"""How much room things get. Every length is in the units of the cards, which are pixels at zoom 1."""

from dataclasses import dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    """Which way the edges run."""

    RIGHT = "LR"
    DOWN = "TB"


@dataclass(frozen=True)
class Spacing:
    """Room between things.

    Attributes:
        column: least room between two columns; it grows with the travel of the edges in it.
        column_most: the most it grows to.
        card: room between two cards of a column.
        lane: room between two lanes of long edges.
        clear: room between a card and a lane.
        part: room between unconnected parts.
    """

    column: float = 32.0
    column_most: float = 150.0
    card: float = 14.0
    lane: float = 9.0
    clear: float = 8.0
    part: float = 42.0


@dataclass(frozen=True)
class Style:
    """How a layout looks.

    Attributes:
        direction: which way the edges run.
        aspect: wanted width of the page by its height; tall columns are folded by it.
        row: height of a row of a card.
        foot: room below the last row.
        pitch, group_pitch: room between two ports of arguments, of the bundles of an open group.
        port_pad: room above the first and below the last port of an argument.
        ports_most: the most room that the ports of arguments take; above it they move closer.
        group_ports_most: the same of bundles, where a group is no larger than that.
        keep_arguments: whether the ports of arguments stay in their order; else they are ordered by
            what enters, which saves crossings.
        share_width: whether the cards of a column share one width, so that their ports line up.
        heading: room above the members of an open group.
        inset: room around them.
        spacing: room between cards.
        group_spacing: room between groups.
    """

    direction: Direction = Direction.RIGHT
    aspect: float = 1.6
    row: float = 20.0
    foot: float = 5.0
    pitch: float = 7.0
    group_pitch: float = 21.0
    port_pad: float = 9.0
    ports_most: float = 420.0
    group_ports_most: float = 420.0
    keep_arguments: bool = False
    share_width: bool = True
    heading: float = 34.0
    inset: float = 18.0
    spacing: Spacing = field(default_factory=Spacing)
    group_spacing: Spacing = field(
        default_factory=lambda: Spacing(
            column=90.0, column_most=160.0, card=28.0, lane=20.0, clear=14.0
        )
    )

    @property
    def is_right(self) -> bool:
        """Whether the edges run to the right."""
        return self.direction == Direction.RIGHT
