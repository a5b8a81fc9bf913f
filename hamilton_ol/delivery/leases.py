"""Who sends the runs of a job now: one process at a time, and nobody for ever.

A lease says who has it and until when. Who dies leaves it; it is taken over when its process is
known to be gone, and after that time in any case.
"""

import contextlib
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from hamilton_ol.delivery.documents import Document, SharedDocument

LENGTH = 60.0  # seconds; whoever sends on renews in time


class Leases:
    """The leases of one target.

    Args:
        folder: where they are.
        now: seconds since the epoch.
        process: what tells this process from every other, as JSON has it; by default nothing.
        is_gone: whether the process that described itself so is known to be gone.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], float] = time.time,
        process: Callable[[], Sequence[object]] = tuple,
        is_gone: Callable[[Sequence[object]], bool] = lambda _process: False,
    ) -> None:
        self._folder, self._now = folder, now
        self._process, self._is_gone = process, is_gone
        self._token = secrets.token_hex(4)
        self._until: dict[str, float] = {}

    @property
    def _me(self) -> str:
        """A forked child is somebody else."""
        return f"{os.getpid()}-{self._token}"

    def take(self, name: str) -> bool:
        """Take a lease; False when somebody else has it.

        Raises:
            OSError: the folder cannot be written.
        """
        is_ours = False

        def claim(old: Document | None) -> Document:
            nonlocal is_ours
            is_ours = old is None or self._is_over(old)
            return old if old is not None and not is_ours else self._ours(name)

        return self._document(name).change(claim) and is_ours

    def renew(self, name: str) -> bool:
        """Keep the lease, if it is still ours; called for every event, and cheap.

        Raises:
            OSError: it cannot be written.
        """
        left = self._until.get(name, 0) - self._now()
        if LENGTH / 2 < left <= LENGTH:  # more than its length is of a clock that was set back
            return True
        is_ours = False

        def prolong(old: Document | None) -> Document | None:
            nonlocal is_ours
            is_ours = old is not None and old.get("owner") == self._me
            return self._ours(name) if is_ours else old

        return self._document(name).change(prolong) and is_ours

    def give_back(self, name: str) -> None:
        """Let go of a lease of ours."""
        self._until.pop(name, None)

        def leave(old: Document | None) -> Document | None:
            return None if old is None or old.get("owner") == self._me else old

        with contextlib.suppress(OSError):
            self._document(name).change(leave)

    def _ours(self, name: str) -> Document:
        self._until[name] = until = self._now() + LENGTH
        return {"owner": self._me, "until": until, "process": list(self._process())}

    def _is_over(self, lease: Document) -> bool:
        """Whether it holds no more."""
        until, process = lease.get("until"), lease.get("process")
        if not isinstance(until, int | float):
            return True
        if isinstance(process, list) and process and self._is_gone(process):
            return True
        # A clock that was set back may make it hold much longer than any lease does.
        return not self._now() <= until <= self._now() + 2 * LENGTH

    def _document(self, name: str) -> SharedDocument:
        return SharedDocument(self._folder / f"{name}.lease")


def lease_name(namespace: str, job: str) -> str:
    """What the lease of a job is called: readable, and no other job's."""
    readable = re.sub(r"[^a-z0-9]+", "-", job.lower()).strip("-")[:40]
    digest = hashlib.sha256(f"{namespace}\0{job}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable}-{digest[:16]}"
