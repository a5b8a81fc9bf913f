"""Leaves a target alone that has trouble: what one process finds out, all others know.

After a failure nobody asks for a while, longer with each failure; then one process asks once, and
its answer decides for all. What is known stands in one small file; who cannot write it goes by what
it knows itself. What keeps only this process from asking, such as a token that is not set in it, or
that the target does not take, keeps nobody else.
"""

import contextlib
import os
import random
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from hamilton_ol.delivery.documents import Document, SharedDocument
from hamilton_ol.delivery.notices import Notice
from hamilton_ol.delivery.verdicts import is_own_trouble
from hamilton_ol.errors import DeliveryError

FILE = "breaker.json"
FIRST, LONGEST = 1.0, 60.0  # seconds that a target is left alone
LONGEST_ASKED = 900.0  # seconds, where it asks for a time itself
PROBE = 60.0  # seconds that one has to find out; then another one tries
UNANSWERED = 0.2  # seconds without an answer, until the next process waits for none at its end
DOUBTS = 3  # events that fail with server errors in a row until that is the target's trouble
LONGEST_TEXT = 500


class BreakerStanding(NamedTuple):
    """How it stands.

    Attributes:
        state: `closed` when the target is asked, `open` when it is left alone, `half-open` when it
            is time to find out.
        until: when that is, seconds since the epoch; 0 when closed.
        failures: times that the target was left alone since it last took something.
        why: the last error.
    """

    state: Literal["closed", "open", "half-open"] = "closed"
    until: float = 0.0
    failures: int = 0
    why: str = ""


class Breaker:
    """Whether a target is asked.

    Args:
        folder: of the target.
        now: seconds since the epoch.
        jitter: a number from 0 to 1, so that not all come back at once.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._document, self._now, self._jitter = SharedDocument(folder / FILE), now, jitter
        self._token, self._lock = secrets.token_hex(4), threading.Lock()
        self._known: Document | None = None  # where the file cannot be written
        self._own: Document | None = None  # what keeps only this process from asking
        self._doubtful, self._is_calm = set[str](), False
        self._notice, self._is_noted = Notice(folder), False
        self._rest = 0.0, 0.0

    def standing(self) -> BreakerStanding:
        """How it stands now; changes nothing."""
        own = self._standing(self._own)
        if own.state == "open":
            return own
        return self._standing(self._document.read() or self._known)

    def _standing(self, document: Document | None) -> BreakerStanding:
        try:
            at, wait = float((document or {})["at"]), float((document or {})["wait"])
            failures, why = int((document or {})["failures"]), str((document or {})["why"])
        except (KeyError, TypeError, ValueError):
            return BreakerStanding()
        # What will have happened is of a clock that was set back, and says nothing.
        is_open = at <= self._now() < at + min(wait, LONGEST_ASKED)
        return BreakerStanding("open" if is_open else "half-open", at + wait, failures, why)

    @property
    def is_unanswered(self) -> bool:
        """Whether processes ended lately before the target had answered."""
        return self._notice.is_unanswered(self._now())

    def allows(self) -> bool:
        """Whether to ask the target; who gets a yes while it is half-open is the only one.

        `passed`, `failed` or `leave` must follow.
        """
        with self._lock:
            if self._standing(self._own).state == "open":
                return False
            self._is_noted = not self._notice.is_absent
            self._is_calm = self._document.is_absent and self._known is None
            if self._is_calm:
                return True
            is_ours = False

            def claim(old: Document | None) -> Document | None:
                nonlocal is_ours
                old = old or self._known
                state = self._standing(old).state
                is_ours = state == "closed" or (state == "half-open" and self._is_free(old))
                is_probe = is_ours and old is not None and state == "half-open"
                return {**(old or {}), **self._probe()} if is_probe else old

            self._change(claim)
            return is_ours

    def _probe(self) -> Document:
        return dict(zip(_PROBE, (self._me, self._now()), strict=True))

    def _is_free(self, document: Document | None) -> bool:
        """Whether nobody finds out already."""
        probed = (document or {}).get("probed")
        return not isinstance(probed, int | float) or not probed <= self._now() < probed + PROBE

    def passed(self) -> None:
        """The target took something; what was on its way when another failed changes nothing."""
        self._doubtful.clear()
        self._own = None
        if self._is_noted:
            self._is_noted = False
            self._notice.clear()
        if self._is_calm:
            return

        def close(old: Document | None) -> Document | None:
            old = old or self._known
            return old if self._standing(old).state == "open" else None

        with self._lock:
            self._change(close)
            self._is_calm = self.standing().state == "closed"

    def failed(self, error: DeliveryError, event_id: str = "") -> None:
        """The target did not take something, for whatever reason but that the event is bad.

        Args:
            error: what it said.
            event_id: the event that may be at fault: if several fail in a row, the target is.
        """
        with self._lock:
            if is_own_trouble(error):
                self._own, self._is_noted = self._opened(self._own, error), True
                waited = getattr(error, "waited", 0.0)
                self._notice.put(str(error), self._now() if waited >= UNANSWERED else None)
                self._rest = self._now(), self.standing().until
                return
            if event_id:
                self._doubtful.add(event_id)
                if len(self._doubtful) < DOUBTS and self._is_calm:
                    return
            self._is_calm = False
            self._change(lambda old: self._opened(old or self._known, error))
            self._rest = self._now(), self.standing().until

    @property
    def is_resting(self) -> bool:
        """Whether this process found out that the target has to be left alone now; cheap."""
        began, until = self._rest
        return began <= self._now() < until

    def _opened(self, old: Document | None, error: DeliveryError) -> Document:
        before, asked = self._standing(old), getattr(error, "retry_after", None) or 0.0
        if before.state == "open" and old is not None:  # of several who asked at once, one counts
            left = before.until - self._now()
            return {**old, "wait": old["wait"] + max(min(asked, LONGEST_ASKED) - left, 0)}
        longest = min(FIRST * 2 ** min(before.failures, 16), LONGEST)
        wait = max(longest * (1 + self._jitter()) / 2, min(asked, LONGEST_ASKED))
        why = str(error)[:LONGEST_TEXT]
        return {"at": self._now(), "wait": wait, "failures": before.failures + 1, "why": why}

    def leave(self) -> None:
        """Nothing was asked after all: another one may find out."""
        if self._is_calm:
            return

        def give_back(old: Document | None) -> Document | None:
            if old is None or old.get("prober") != self._me:
                return old
            return _without_prober(old)

        with self._lock:
            self._change(give_back)

    def ask_now(self) -> None:
        """A person asks: it is time to find out, whatever was waited for."""

        def due(old: Document | None) -> Document | None:
            old = old or self._known
            return _without_prober({**old, "wait": 0.0}) if old else None

        with self._lock:
            self._change(due)
            self._own, self._rest = None, (0.0, 0.0)

    @property
    def _me(self) -> str:
        return f"{os.getpid()}-{self._token}"

    def _change(self, how: Callable[[Document | None], Document | None]) -> None:
        new: list[Document | None] = []

        def noted(old: Document | None) -> Document | None:
            new.append(how(old))
            return new[-1]

        is_noted = False
        with contextlib.suppress(OSError):
            is_noted = self._document.change(noted)
        if not is_noted:
            self._known = new[-1] if new else how(self._document.read() or self._known)
        else:
            self._known = None


def _without_prober(document: Document) -> Document:
    return {key: value for key, value in document.items() if key not in _PROBE}


_PROBE = ("prober", "probed")
