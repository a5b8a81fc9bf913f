"""Why something waits though the target may be well: for a person.

It decides one thing: after a target that gave no answer, the next processes wait for none at their end.
"""

import contextlib
from pathlib import Path

from hamilton_ol.delivery.documents import Document, SharedDocument

FILE = "notice.json"
LONGEST = 500  # characters
FIRST, MOST = 1.0, 60.0  # seconds that no end of a process waits for an answer, longer each time


class Notice:
    """What a process of this machine could not do for a target, until one of them can.

    Args:
        folder: of the target.
    """

    def __init__(self, folder: Path) -> None:
        self._document = SharedDocument(folder / FILE)

    def read(self) -> str:
        """What it was; empty when all is well."""
        return str((self._document.read() or {}).get("why", ""))

    @property
    def is_absent(self) -> bool:
        """Whether there is none; cheap."""
        return self._document.is_absent

    def put(self, why: str, unanswered: float | None = None) -> None:
        """Note it, where that can be written.

        Args:
            why: what it was.
            unanswered: since when, in seconds since the epoch, the target is known to give no
                answer; None where that is not why.
        """

        def noted(old: Document | None) -> Document:
            known = {**(old or {}), "why": why[:LONGEST]}
            return known if unanswered is None else known | _unanswered(known, unanswered)

        with contextlib.suppress(OSError):
            self._document.change(noted)

    def is_unanswered(self, now: float) -> bool:
        """Whether it would be in vain that the end of a process waits for an answer.

        Args:
            now: seconds since the epoch.
        """
        since, times = _known(self._document.read() or {})
        return since <= now < since + _length(times)

    def clear(self) -> None:
        """Something was taken."""
        with contextlib.suppress(OSError):
            self._document.change(lambda _old: None)


def _unanswered(known: Document, since: float) -> Document:
    return {"unanswered": since, "times": _known(known)[1] + 1}


def _known(document: Document) -> tuple[float, int]:
    """(since when there is no answer, how often none came); (0, 0) where nothing is known."""
    try:
        return float(document["unanswered"]), int(document["times"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return 0.0, 0


def _length(times: int) -> float:
    return min(FIRST * 2 ** min(times - 1, 16), MOST) if times > 0 else 0.0
