"""The one place that swallows an exception: it counts it, and says it once.

Lineage must never harm the dataflow that it describes, so whatever goes wrong while recording ends
here. It is not lost: the counts are written beside the run, and each cause is logged once.
"""

import logging
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

log = logging.getLogger("hamilton_ol")

T = TypeVar("T")
MISSED = "there was no stack or memory left to say more"

#: Told of everything that is swallowed: (where, exception). The project's tests fail on it.
observers: list[Callable[[str, BaseException], None]] = []


class Guard:
    """Counts what could not be recorded.

    Attributes:
        counts: {cause: how often}.
        missed: how often not even a cause could be noted; whoever has no stack left to call
            `caught` counts here.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.missed = 0

    @property
    def problems(self) -> dict[str, int]:
        """All that is counted: {cause: how often}."""
        return {**self.counts, MISSED: self.missed} if self.missed else dict(self.counts)

    def caught(self, where: str, error: BaseException) -> None:
        """Note an exception that was stopped at `where`; raises nothing itself."""
        try:
            self._count(f"{where}: {_name(type(error))}{_number(error)}", 1)
            for observer in observers:
                observer(where, error)
        except Exception:
            self.missed += 1

    def dropped(self, reason: str, count: int) -> None:
        """Note that records were given up; raises nothing itself."""
        try:
            self._count(reason, count)
        except Exception:
            self.missed += count

    def attempt(self, where: str, action: Callable[[], T], otherwise: T) -> T:
        """What an action returns, or `otherwise` when it raises, which is noted."""
        try:
            return action()
        except Exception as error:
            self.caught(where, error)
            return otherwise

    def _count(self, cause: str, count: int) -> None:
        self.counts[cause] += count
        if self.counts[cause] == count:
            log.warning(
                "Lineage is incomplete (%s). Your dataflow is not affected; "
                "this is logged once, `hamilton-ol show` counts it.",
                cause,
            )


# An exception may be a stranger's, so that its class and its attributes are not asked.
_name = vars(type)["__name__"].__get__


def _number(error: BaseException) -> str:
    number = vars(OSError)["errno"].__get__(error) if issubclass(type(error), OSError) else None
    return f" {number}" if type(number) is int else ""
