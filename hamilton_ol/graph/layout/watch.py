"""What stops a layout: somebody who does not want it any more, or the end of its time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from hamilton_ol.errors import LayoutCancelledError


def _nobody() -> bool:
    return False


@dataclass
class Watch:
    """Asked between all steps that take long.

    Attributes:
        is_cancelled: says whether the layout is still wanted.
        budget: seconds for making it better, None for all that are worth it.
        clock: tells the time in seconds.
    """

    is_cancelled: Callable[[], bool] = _nobody
    budget: float | None = None
    clock: Callable[[], float] = time.monotonic
    _begun: float = field(init=False)

    def __post_init__(self) -> None:
        """Look at the clock."""
        self._begun = self.clock() if self.budget is not None else 0.0

    def check(self) -> None:
        """Go on, or not.

        Raises:
            LayoutCancelledError: when the layout is not wanted any more.
        """
        if self.is_cancelled():
            raise LayoutCancelledError("The layout was cancelled")

    @property
    def is_spent(self) -> bool:
        """Whether there is no time left for making it better."""
        return self.budget is not None and self.clock() - self._begun >= self.budget
