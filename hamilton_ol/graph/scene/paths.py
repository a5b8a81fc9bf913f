"""Paths as SVG writes them: what is drawn is said once, and every painter reads it."""

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle, px."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """The height of its middle, y."""
        return self.top + self.height / 2


def number(value: float) -> str:
    """A length, to a tenth of a px."""
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"  # noqa: PLR2004


def polyline(*points: tuple[float, float]) -> str:
    """Straight lines from point to point."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def rounded(box: Box, radii: Sequence[float]) -> str:
    """A rectangle with its own radius at each corner, from the top left on, clockwise."""
    one, two, three, four = (min(r, box.height / 2, box.width / 2) for r in radii)
    return joined(
        *("M", box.left + one, box.top, "H", box.right - two),
        *turn(two, two, two),
        *("V", box.bottom - three, *turn(three, -three, three)),
        *("H", box.left + four, *turn(four, -four, -four)),
        *("V", box.top + one, *turn(one, one, -one), "Z"),
    )


def turn(radius: float, right: float, down: float) -> tuple[str | float, ...]:
    """A quarter of a circle, clockwise, to a point that lies beside; nothing without a radius."""
    return ("a", radius, radius, 0, 0, 1, right, down) if radius else ()


def joined(*steps: str | float) -> str:
    """Letters and lengths as one path."""
    return " ".join(step if isinstance(step, str) else number(step) for step in steps)
