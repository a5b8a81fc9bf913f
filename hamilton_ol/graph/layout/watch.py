"""What stops a layout: somebody who does not want it any more, or the end of its time."""

from collections.abc import Callable
from dataclasses import dataclass

from hamilton_ol.errors import LayoutCancelledError


class Budget:
    """Time for making a layout better; it begins to run at once.

    Args:
        seconds: how long.
        clock: tells the time in seconds, as `time.monotonic` does.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock, self._end = clock, clock() + seconds

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self._clock() >= self._end


@dataclass(frozen=True)
class Watch:
    """Asked between all steps that take long.

    Attributes:
        is_cancelled: says whether the layout is not wanted any more, None when nobody can say so.
        budget: time for making it better, None for all that is worth it.
    """

    is_cancelled: Callable[[], bool] | None = None
    budget: Budget | None = None

    def check(self) -> None:
        """Go on, or not.

        Raises:
            LayoutCancelledError: when the layout is not wanted any more.
        """
        if self.is_cancelled is not None and self.is_cancelled():
            raise LayoutCancelledError("The layout was cancelled")

    @property
    def is_spent(self) -> bool:
        """Whether there is no time left for making it better."""
        return self.budget is not None and self.budget.is_spent
