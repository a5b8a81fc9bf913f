"""Events over HTTP: one POST each on a connection that is kept, as Marquez takes them."""

import contextlib
import functools
import gzip
import http.client
import socket
import ssl
from time import monotonic
from types import TracebackType
from typing import Self, cast

import hamilton_ol
from hamilton_ol.config.addresses import parse
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.answers import FINAL, OK, TAKEN, Answer, TimedResponse, one_line
from hamilton_ol.errors import RefusedError, UnreachableError

_LOST = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError)

_IS_IT_THERE = "Is the target running, and is this its address?"
_TRY_LATER = (
    "The target has trouble: try again later. If it always refuses this event, see its log."
)
_HINTS = {
    401: "The target asks who you are: write the address as https://user:password@host.",
    403: "The target knows you, but does not let you send events.",
    404: "Is this the address of an OpenLineage target? The path is usually /api/v1/lineage.",
    405: "Is this the address of an OpenLineage target? The path is usually /api/v1/lineage.",
    413: "The event is larger than the target takes; its operator can raise the limit.",
    422: "The target finds the event incomplete; `hamilton-ol events RUN` prints it.",
    429: "The target has too much to do: try again later.",
}
_BAD_EVENT = "The target cannot read the event; `hamilton-ol events RUN` prints it."


class HttpTransport:
    """Sends events to one address.

    Args:
        target: the target, or its address.
        timeout: seconds for connecting, and again for each whole answer.

    Attributes:
        address: of the target, without user, password and query.

    Raises:
        SettingError: the address is none.
    """

    def __init__(self, target: TargetSpec | str, timeout: float | None = None) -> None:
        spec = target_of(target) if isinstance(target, str) else target
        url = spec.url.read() if spec.url is not None else spec.address
        self._to, self._timeout = parse(url), timeout or spec.total_timeout
        self.address = self._to.shown
        self._connection: http.client.HTTPConnection | None = None
        self._headers = {
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
            "User-Agent": f"hamilton-ol/{hamilton_ol.__version__}",
        }
        if self._to.authorization:
            self._headers["Authorization"] = self._to.authorization

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

    def reach(self) -> None:
        """Connect, unless that was done.

        Raises:
            UnreachableError: the target is not there.
        """
        if self._connection is not None:
            return
        try:
            self._connect()
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            self.close()
            raise self._unreachable(error) from error

    def send(self, event: bytes) -> None:
        """Send one event, compressed.

        Raises:
            UnreachableError: the target did not answer.
            RefusedError: it answered anything but that it took the event.
        """
        try:
            answer = self._ask(gzip.compress(event, 3))
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            self.close()
            raise self._unreachable(error) from error
        if answer.status not in TAKEN or (answer.status == OK and answer.is_page):
            self.close()
            raise self._refused(answer)

    def _ask(self, body: bytes) -> Answer:
        """Post; once more where the target had closed the connection that was kept."""
        is_kept = self._connection is not None
        try:
            return self._post(body)
        except _LOST:
            if not is_kept:
                raise
        self.close()
        return self._post(body)

    def _post(self, body: bytes) -> Answer:
        connection = self._connection
        if connection is None or connection.sock is None:  # the target said that it would close it
            connection = self._connect()
        connection.sock.settimeout(self._timeout)
        response = functools.partial(TimedResponse, deadline=monotonic() + self._timeout)
        connection.response_class = response  # type: ignore[assignment]
        with contextlib.suppress(*_LOST):  # who says no at once may not wait for the whole event
            connection.request("POST", self._to.path, body, self._headers)
        with cast("TimedResponse", connection.getresponse()) as found:
            answer = found.to_answer()
            if not found.isclosed():  # more than anybody wants to read
                self.close()
        return answer

    def _connect(self) -> http.client.HTTPConnection:
        to = self._to
        if to.secure:
            context = ssl.create_default_context()
            self._connection = http.client.HTTPSConnection(
                to.host, to.port, timeout=self._timeout, context=context
            )
        else:
            self._connection = http.client.HTTPConnection(to.host, to.port, timeout=self._timeout)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection

    def close(self) -> None:
        """Close the connection; the next event opens another one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    # --- what went wrong -----------------------------------------------------------------------

    def _refused(self, answer: Answer) -> RefusedError:
        status = answer.status
        if 300 <= status < 400:  # noqa: PLR2004 - a POST that is redirected arrives as a GET
            place = one_line(answer.location) or "another address"
            text, hint = f"points to {place}, which is not followed", "Send to that address."
        elif status in TAKEN:
            text = f"answered with a web page, not as a target does: {answer.message}"
            hint = "Is this the address of the API, and not of a web interface or a login?"
        else:
            text, hint = f"answered {status}: {answer.message}", _hint(answer)
        is_final = status in FINAL or answer.blames_event
        return RefusedError(f"{self.address} {text}", status=status, hint=hint, is_final=is_final)

    def _unreachable(self, error: Exception) -> UnreachableError:
        if isinstance(error, socket.gaierror | UnicodeError):
            return UnreachableError(
                f"There is no host called {self._to.host!r}", hint="Is the address spelt right?"
            )
        if isinstance(error, ssl.SSLCertVerificationError):
            text = f"its certificate is not trusted: {error.verify_message}"
            hint = "SSL_CERT_FILE names a file with the certificates that you trust."
        elif isinstance(error, ssl.SSLError):
            text = f"no secure connection: {error.reason or error}"
            hint = "Does the target speak http rather than https?"
        elif isinstance(error, TimeoutError):
            text = f"did not answer within {self._timeout:g} s"
            hint = f"{_IS_IT_THERE} --timeout gives it more time."
        elif isinstance(error, ConnectionRefusedError):
            text, hint = "refuses the connection", _IS_IT_THERE
        elif isinstance(error, (*_LOST, http.client.IncompleteRead)):
            text, hint = "cut the connection", "The log of the target may say why."
        elif isinstance(error, http.client.HTTPException):
            text = f"does not answer as a web server does ({type(error).__name__})"
            hint = "Is this the right port, and does it speak http rather than https?"
        else:
            text, hint = (
                f"cannot be reached: {getattr(error, 'strerror', None) or error}",
                _IS_IT_THERE,
            )
        return UnreachableError(f"{self.address}: {text}", hint=hint)


def _hint(answer: Answer) -> str:
    if answer.status in _HINTS:
        return _HINTS[answer.status]
    is_ours = answer.status < 500 or answer.blames_event  # noqa: PLR2004 - the target's own faults
    return _BAD_EVENT if is_ours else _TRY_LATER
