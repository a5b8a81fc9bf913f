"""Who sends a run now: one process at a time, and nobody for ever.

A lease is a file that only one process can create. It says until when it holds; who dies leaves it,
and who comes after that time takes it over.
"""

import contextlib
import json
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

LENGTH = 60.0  # seconds; whoever sends on renews in time


class Leases:
    """The leases of one target.

    Args:
        folder: where they are.
        now: seconds since the epoch.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._folder, self._now = folder, now
        self._me = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._until: dict[str, float] = {}

    def take(self, run_id: str) -> bool:
        """Take the lease of a run; False when somebody else has it.

        Raises:
            OSError: the folder cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(run_id)
        if self._create(path):
            return True
        if not self._is_over(path):
            return False
        old = path.with_name(f"{path.name}.{self._me}")
        try:
            path.rename(old)  # of several who want to take it over, one can
        except FileNotFoundError:
            return False
        old.unlink(missing_ok=True)
        return self._create(path)

    def renew(self, run_id: str) -> bool:
        """Keep the lease, if it is still ours; called for every event, and cheap.

        Raises:
            OSError: it cannot be written.
        """
        if self._now() < self._until.get(run_id, 0) - LENGTH / 2:
            return True
        path = self._path(run_id)
        if self._owner(path) != self._me:
            return False
        self._until[run_id] = self._now() + LENGTH
        path.write_bytes(self._text(self._until[run_id]))
        return True

    def give_back(self, run_id: str) -> None:
        """Let go of a lease of ours."""
        self._until.pop(run_id, None)
        path = self._path(run_id)
        if self._owner(path) == self._me:
            with contextlib.suppress(OSError):
                path.unlink()

    def _create(self, path: Path) -> bool:
        until = self._now() + LENGTH
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return False
        try:
            os.write(descriptor, self._text(until))
        finally:
            os.close(descriptor)
        self._until[path.stem] = until
        return True

    def _text(self, until: float) -> bytes:
        return json.dumps({"owner": self._me, "until": until}).encode()

    def _is_over(self, path: Path) -> bool:
        """Whether it holds no more; one that cannot be understood goes by its age."""
        try:
            until = float(json.loads(path.read_bytes())["until"])
        except FileNotFoundError:
            return True
        except (OSError, ValueError, TypeError, KeyError):
            with contextlib.suppress(OSError):
                return self._now() > path.stat().st_mtime + LENGTH
            return False
        # A clock that was set back may make it hold much longer than any lease does.
        return not self._now() <= until <= self._now() + 2 * LENGTH

    def _owner(self, path: Path) -> str:
        try:
            return str(json.loads(path.read_bytes())["owner"])
        except (OSError, ValueError, TypeError, KeyError):
            return ""

    def _path(self, run_id: str) -> Path:
        return self._folder / f"{run_id}.lease"
