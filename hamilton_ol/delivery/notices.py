"""Why something waits though the target may be well: for a person, and it decides nothing."""

import contextlib
from pathlib import Path

from hamilton_ol.delivery.documents import SharedDocument

FILE = "notice.json"
LONGEST = 500  # characters


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

    def put(self, why: str) -> None:
        """Note it, where that can be written."""
        with contextlib.suppress(OSError):
            self._document.change(lambda _old: {"why": why[:LONGEST]})

    def clear(self) -> None:
        """Something was taken."""
        with contextlib.suppress(OSError):
            self._document.change(lambda _old: None)
