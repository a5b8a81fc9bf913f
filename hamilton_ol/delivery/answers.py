"""What a target answers: read within a time limit, and turned into what a person understands."""

import html
import io
import json
import re
import socket
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from typing import Any

from hamilton_ol.delivery.deadlines import Deadline

OK = 200
TAKEN = frozenset({OK, 201, 202, 204})
FINAL = frozenset({400, 413, 422})  # the event is at fault, and will be tomorrow
LONGEST_ANSWER = 1 << 16  # bytes that are read of an answer to an event
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
        retry_after: when it wants to be asked again, as it says it.
        date: when it said so, as it says it.
    """

    status: int
    reason: str
    body: bytes
    kind: str
    location: str
    retry_after: str = ""
    date: str = ""

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

    def seconds_to_wait(self, now: float) -> float | None:
        """Seconds after which the target wants to be asked again; None where it does not say.

        Retry-After is a number of seconds or a moment (RFC 9110, 10.2.3); a moment counts from the
        target's own clock, where it tells what that shows.

        Args:
            now: seconds since the epoch.
        """
        text = self.retry_after.strip()
        if text.isascii() and text.isdigit():
            return float(text[:_DIGITS])
        moment = _moment(text)
        if moment is None:
            return None
        since = _moment(self.date)
        return max(0.0, moment - (now if since is None else since))


_DIGITS = 15  # of a number of seconds, more than anybody means
_TAGS = re.compile(r"<(style|script|title).*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def _said(document: Any) -> str:
    if not isinstance(document, dict):
        return str(document)
    said = next((document[key] for key in ("errors", "message") if document.get(key)), document)
    return "; ".join(map(str, said)) if isinstance(said, list) else str(said)


def one_line(text: str) -> str:
    """Words from outside on one line, without control characters of a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _moment(text: str) -> float | None:
    """Seconds since the epoch of a date in a header."""
    if not text:
        return None
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


class TimedResponse(HTTPResponse):
    """An answer that must begin, and be there as a whole, at a certain time.

    Args:
        sock: where it comes from.
        first: until when it must begin.
        whole: until when all of it must be there.
        more: as of the base class.
    """

    def __init__(
        self, sock: socket.socket, *, first: Deadline, whole: Deadline, **more: Any
    ) -> None:
        super().__init__(sock, **more)
        self.fp = io.BufferedReader(_TimedReader(self.fp.detach(), sock, first, whole))

    def to_answer(self, longest: int = LONGEST_ANSWER) -> Answer:
        """Read it, up to so many bytes.

        Raises:
            OSError, HTTPException: it did not come, in time or at all.
        """
        body = self.read(longest)
        names = ("Content-Type", "Location", "Retry-After", "Date")
        return Answer(self.status, self.reason, body, *(self.getheader(n, "") for n in names))


class _TimedReader(io.RawIOBase):
    """Reads from a socket until a certain time."""

    def __init__(
        self, raw: io.RawIOBase, sock: socket.socket, first: Deadline, whole: Deadline
    ) -> None:
        self._raw, self._sock, self._whole = raw, sock, whole
        self._deadline = min(first, whole, key=lambda deadline: deadline.at)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what is there, or wait for it as long as there is time."""
        self._sock.settimeout(self._deadline.left())
        try:
            count = self._raw.readinto(buffer)
        except TimeoutError:
            raise TimeoutError(self._deadline.what) from None
        self._deadline = self._whole
        return count

    def close(self) -> None:
        """Let go of the socket."""
        self._raw.close()
        super().close()
