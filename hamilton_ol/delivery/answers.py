"""What a target answers: read within a time limit, and turned into what a person understands."""

import html
import io
import json
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPResponse
from time import monotonic
from typing import Any

OK = 200
TAKEN = frozenset({OK, 201, 202, 204})
FINAL = frozenset({400, 413, 422})  # the event is at fault, and will be tomorrow
LONGEST_ANSWER = 1 << 16  # bytes that are read of an answer
LONGEST_MESSAGE = 300  # characters of it that are shown


@dataclass(frozen=True, slots=True)
class Answer:
    """What a target answered.

    Attributes:
        status: of HTTP.
        reason: the phrase beside it.
        body: the beginning of it.
        kind: its content type.
        location: where the target points to.
    """

    status: int
    reason: str
    body: bytes
    kind: str
    location: str

    @property
    def is_page(self) -> bool:
        """Whether it is meant for a browser: a login, or another program at this address."""
        return "text/html" in self.kind.lower()

    @property
    def message(self) -> str:
        """What it says to a person: its message if it is JSON, its text if it is a page."""
        text = self.body.decode("utf-8", "replace")
        try:
            said = _said(json.loads(text))
        except (ValueError, RecursionError):
            said = html.unescape(_TAGS.sub(" ", text))
        return one_line(said)[:LONGEST_MESSAGE] or one_line(self.reason)

    @property
    def blames_event(self) -> bool:
        """Whether a server error says in its body that the event is at fault, as Marquez does."""
        try:
            code = json.loads(self.body)["code"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return False
        return isinstance(code, int) and 400 <= code < 500  # noqa: PLR2004 - faults of the client


_TAGS = re.compile(r"<(style|script|title).*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def _said(document: Any) -> str:
    if not isinstance(document, dict):
        return str(document)
    said = next((document[key] for key in ("errors", "message") if document.get(key)), document)
    return "; ".join(map(str, said)) if isinstance(said, list) else str(said)


def one_line(text: str) -> str:
    """Words from outside on one line, without control characters of a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class TimedResponse(HTTPResponse):
    """An answer that must be there, as a whole, at a certain time.

    A socket's own limit begins anew with every byte that comes.

    Args:
        sock: where it comes from.
        deadline: seconds, of the monotonic clock.
        clock: that clock.
        more: as of the base class.
    """

    def __init__(
        self,
        sock: socket.socket,
        *,
        deadline: float,
        clock: Callable[[], float] = monotonic,
        **more: Any,
    ) -> None:
        super().__init__(sock, **more)
        self.fp = io.BufferedReader(_TimedReader(self.fp.detach(), sock, deadline, clock))

    def to_answer(self) -> Answer:
        """Read it.

        Raises:
            OSError, HTTPException: it did not come, in time or at all.
        """
        body = self.read(LONGEST_ANSWER)
        kind, location = self.getheader("Content-Type", ""), self.getheader("Location", "")
        return Answer(self.status, self.reason, body, kind, location)


class _TimedReader(io.RawIOBase):
    """Reads from a socket until a certain time."""

    def __init__(
        self, raw: io.RawIOBase, sock: socket.socket, deadline: float, clock: Callable[[], float]
    ) -> None:
        self._raw, self._sock, self._deadline, self._clock = raw, sock, deadline, clock

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what is there, or wait for it as long as there is time."""
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeoutError("the answer takes too long")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Let go of the socket."""
        self._raw.close()
        super().close()
