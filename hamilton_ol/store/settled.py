"""Which segments hold nothing that is still to be sent to a target: told once, true for ever.

Names of segments, a line each, only ever appended by whoever finds out; a line that is torn or lost
costs another look at its segment.
"""

import os
from pathlib import Path

FILE = "settled"
_WIDE = 1000  # names of segments that are gone, until they are left out


class Settled:
    """The segments of one store that are settled for one target.

    Args:
        folder: of the target.

    Attributes:
        names: of segments.
    """

    def __init__(self, folder: Path) -> None:
        self._path, self.names = folder / FILE, set[str]()
        self.refresh()

    def refresh(self) -> None:
        """Take in what others found out."""
        try:
            self.names = set(self._path.read_text("ascii", "replace").split())
        except FileNotFoundError:
            self.names = set()

    def add(self, names: list[str]) -> None:
        """These are settled now.

        Raises:
            OSError: it cannot be written.
        """
        self.names.update(names)
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(self._path, flags, 0o600)
        try:
            os.write(descriptor, "".join(f"\n{name}\n" for name in names).encode("ascii"))
        finally:
            os.close(descriptor)

    def searched(self, existing: set[str]) -> None:
        """All segments were looked at; leave out those that are gone, once there are many of them.

        The time of the file says that somebody sends from this store to this target.

        Raises:
            OSError: it cannot be written.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        if len(self.names) - len(existing) > _WIDE:
            self.names &= existing
            part = self._path.with_name(f"{FILE}.{os.getpid()}.part")
            part.write_text("".join(f"{name}\n" for name in self.names), encoding="ascii")
            part.replace(self._path)
