"""Events over HTTP: one POST each on a connection that is kept, as Marquez takes them."""

import gzip
import http.client
import json
import re
import socket
import ssl
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import hamilton_ol
from hamilton_ol.errors import RefusedError, SettingError, UnreachableError

ENDPOINT = "/api/v1/lineage"
LONGEST_ANSWER = 1 << 16  # bytes that are read of an answer
LONGEST_MESSAGE = 300  # characters of it that are shown

_HINTS = {
    401: "The target wants to know who you are.",
    403: "The target does not let you.",
    404: "Is this the address of an OpenLineage target? The path is usually /api/v1/lineage.",
    413: "The event is larger than the target takes.",
    422: "The target found the event incomplete; `hamilton-ol events RUN` shows it.",
}


class HttpTransport:
    """Sends events to one address.

    Args:
        url: of the target; without a path that of Marquez is taken.
        timeout: seconds for connecting, and for each part of an answer.

    Raises:
        SettingError: the URL is none.
    """

    def __init__(self, url: str, timeout: float = 10.0) -> None:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in ("http", "https") or not parts.hostname or port == -1:
            raise SettingError(
                f"No address of a target: {url!r}", hint="For example http://localhost:5000"
            )
        self._host, self._secure, self._timeout = parts.hostname, parts.scheme == "https", timeout
        self._port = port
        self._path = _path(parts.path)
        shown = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self.address = f"{parts.scheme}://{shown}{f':{port}' if port else ''}{self._path}"
        self._connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        """For a `with` statement, which closes the connection."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.close()

    def send(self, event: bytes) -> None:
        """Send one event, compressed.

        Raises:
            UnreachableError: the target did not answer.
            RefusedError: it answered anything but that it took the event.
        """
        try:
            status, reason, body, location = self._post(gzip.compress(event, 3))
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise self._unreachable(error) from error
        if status in (200, 201, 202, 204):
            return
        self.close()
        if 300 <= status < 400:  # noqa: PLR2004 - a POST that is redirected arrives as a GET
            raise RefusedError(
                f"{self.address} points to {location or 'another address'}, which is not followed",
                status=status,
                hint="Send to that address.",
            )
        text = _message(body) or reason
        raise RefusedError(
            f"{self.address} answered {status}: {text}", status=status, hint=_hint(status)
        )

    def _post(self, body: bytes) -> tuple[int, str, bytes, str]:
        connection = self._connection or self._connect()
        headers = {
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
            "User-Agent": f"hamilton-ol/{hamilton_ol.__version__}",
        }
        connection.request("POST", self._path, body, headers)
        answer = connection.getresponse()
        text = answer.read(LONGEST_ANSWER)
        if not answer.isclosed():  # more than anybody wants to read
            self.close()
        return answer.status, answer.reason, text, answer.getheader("Location", "")

    def _connect(self) -> http.client.HTTPConnection:
        if self._secure:
            context = ssl.create_default_context()
            self._connection = http.client.HTTPSConnection(
                self._host, self._port, timeout=self._timeout, context=context
            )
        else:
            self._connection = http.client.HTTPConnection(
                self._host, self._port, timeout=self._timeout
            )
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection

    def close(self) -> None:
        """Close the connection; the next event opens another one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _unreachable(self, error: Exception) -> UnreachableError:
        hint = "Is it running, and is this its address?"
        if isinstance(error, socket.gaierror):
            return UnreachableError(f"There is no host called {self._host!r}", hint=hint)
        if isinstance(error, ssl.SSLError):
            return UnreachableError(f"{self.address}: no secure connection: {error.reason}")
        if isinstance(error, TimeoutError):
            return UnreachableError(
                f"{self.address} did not answer within {self._timeout:g} s", hint=hint
            )
        if isinstance(error, ConnectionRefusedError):
            return UnreachableError(f"{self.address} refuses the connection", hint=hint)
        return UnreachableError(f"{self.address} cut the connection: {error}", hint=hint)


def _path(path: str) -> str:
    path = path.rstrip("/")
    return path if path.endswith("/lineage") else f"{path}{ENDPOINT}"


def _hint(status: int) -> str:
    return _HINTS.get(status, "The target's own log says more." if status >= 500 else "")  # noqa: PLR2004


def _message(body: bytes) -> str:
    """What an answer says to a person: its message if it is JSON, its text if it is a page."""
    text = body.decode("utf-8", "replace")
    try:
        document = json.loads(text)
    except ValueError:
        text = re.sub(r"<(style|script|title).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
    else:
        if isinstance(document, dict):
            said = document.get("errors") or document.get("message") or document
            text = "; ".join(map(str, said)) if isinstance(said, list) else str(said)
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:LONGEST_MESSAGE]
