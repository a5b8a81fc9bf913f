"""The one place that swallows an exception: it counts it, and says it once.

Lineage must never harm the dataflow that it describes, so whatever goes wrong while recording ends
here. It is not lost: the counts are written beside the run, and each cause is logged once.
"""

import logging
from collections import Counter
from collections.abc import Callable

log = logging.getLogger("hamilton_ol")

#: Told of everything that is swallowed: (where, exception). The project's tests fail on it.
observers: list[Callable[[str, BaseException], None]] = []


class Guard:
    """Counts what could not be recorded.

    Attributes:
        counts: {cause: how often}.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def caught(self, where: str, error: BaseException) -> None:
        """Note an exception that was stopped at `where`; raises nothing itself."""
        try:
            self._count(f"{where}: {type(error).__name__}{_number(error)}", 1)
            for observer in observers:
                observer(where, error)
        except Exception:  # out of memory, or of stack: the count is what is left
            self.counts["not even this could be noted"] += 1

    def dropped(self, reason: str, count: int) -> None:
        """Note that records were given up."""
        self._count(reason, count)

    def _count(self, cause: str, count: int) -> None:
        self.counts[cause] += count
        if self.counts[cause] == count:
            log.warning(
                "Lineage is incomplete (%s). Your dataflow is not affected; "
                "this is logged once, `hamilton-ol show` counts it.",
                cause,
            )


def _number(error: BaseException) -> str:
    number = getattr(error, "errno", None) if isinstance(error, OSError) else None
    return f" {number}" if isinstance(number, int) else ""
