"""Events over HTTP: one POST each on a connection that is kept, as Marquez takes them."""

import contextlib
import functools
import gzip
import http.client
import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, NamedTuple, Self, cast

import hamilton_ol
from hamilton_ol.config.addresses import Address, parse_exactly
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.answers import LONGEST_ANSWER, OK, TAKEN, Answer, TimedResponse
from hamilton_ol.delivery.certificates import Certificates
from hamilton_ol.delivery.credentials import Credentials
from hamilton_ol.delivery.deadlines import Clock, Deadline, send_all, within
from hamilton_ol.delivery.interruption import Interruption
from hamilton_ol.delivery.proxies import proxy_of
from hamilton_ol.delivery.refusals import LOST, broken_off, refused, unreachable
from hamilton_ol.delivery.sockets import open_socket
from hamilton_ol.errors import SettingError, UnreachableError

_UNANSWERED = (OSError, http.client.HTTPException, UnicodeError, SettingError)


class _Request(NamedTuple):
    """What is asked of a server."""

    method: str
    path: str
    body: bytes | None
    headers: Mapping[str, str]
    longest: int = LONGEST_ANSWER  # bytes that are read of the answer


class HttpTransport:
    """Sends events to one address.

    Args:
        target: the target, or its address.
        timeout: seconds for each phase, in the place of those of the target.
        clock: a monotonic one, seconds.
        now: seconds since the epoch.

    Attributes:
        address: of the target, without user, password and query.

    Raises:
        SettingError: the target means nothing.
    """

    def __init__(
        self,
        target: TargetSpec | str,
        timeout: float | None = None,
        *,
        clock: Clock = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        spec = target_of(target) if isinstance(target, str) else target
        self._spec = spec if timeout is None else spec.with_timeout(timeout)
        self._clock, self._now = clock, now
        self._url = spec.url.read() if spec.url is not None else spec.address
        self._to, self.address = parse_exactly(self._url), spec.address
        self._certificates = Certificates(spec)
        self._credentials = Credentials(spec, self._to)
        self._more = spec.headers.read()
        self._proxy: Address | None = None
        self._connection: TimedConnection | None = None
        self._interruption = Interruption()

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
        if self._connection is None:
            with self._failures():
                self._connect()

    def send(self, event: bytes) -> None:
        """Send one event.

        Raises:
            UnreachableError: the target did not answer, or (NotAskedError) was not asked.
            RefusedError: it answered anything but that it took the event.
        """
        headers = self._headers()
        body = gzip.compress(event, 3) if self._spec.compression == "gzip" else event
        with self._failures():
            answer = self._ask(_Request("POST", self._to.path, body, headers))
        if answer.status not in TAKEN or (answer.status == OK and answer.is_page):
            self.close()
            masker = self._credentials.masker(self._url, self._through(headers))
            was_named = any(name.lower() == "authorization" for name in headers)
            raise refused(answer, self.address, masker, self._now(), was_named=was_named)

    def ask(
        self,
        method: str,
        path: str,
        document: bytes | None = None,
        longest: int = LONGEST_ANSWER,
    ) -> Answer:
        """Ask the same server something else, as who we are.

        Args:
            method: of HTTP.
            path: what is asked for, escaped, with its query.
            document: JSON that goes with it.
            longest: bytes that are read of the answer.

        Raises:
            UnreachableError: the target did not answer.
        """
        headers = self._headers()
        headers.pop("Content-Encoding", None)
        with self._failures():
            return self._ask(_Request(method, path, document, headers, longest))

    @property
    def base(self) -> str:
        """The path beside which events go: below it Marquez tells what it knows."""
        return self._to.path.partition("?")[0].rpartition("/")[0]

    @property
    def tag_base(self) -> str:
        """The path below which Marquez takes tags; empty where the target shall have none."""
        return self.base if self._spec.mirror_tags else ""

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        """Tells what comes instead of an answer, without what it may quote of the request."""
        began = self._clock()
        try:
            yield
        except (*_UNANSWERED, UnreachableError) as error:
            is_ours = self._interruption.is_set
            self.close()
            if is_ours:
                raise broken_off(self.address, self._clock() - began) from None
            if isinstance(error, UnreachableError):
                raise
            raise unreachable(error, self.address, self._to, self._proxy) from None

    def _headers(self) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"hamilton-ol/{hamilton_ol.__version__}",
            **self._credentials.headers(),
        }
        if self._spec.compression == "gzip":
            headers["Content-Encoding"] = "gzip"
        given = {name.lower() for name in self._more}
        kept = {name: value for name, value in headers.items() if name.lower() not in given}
        return kept | self._more

    def _ask(self, request: _Request) -> Answer:
        """Ask; once more where the target had closed the connection that was kept."""
        is_kept = self._connection is not None
        try:
            return self._answer(request)
        except LOST:
            if not is_kept or self._interruption.is_set:
                raise
        self.close()
        return self._answer(request)

    def _answer(self, request: _Request) -> Answer:
        connection, spec = self._connection, self._spec
        if connection is None or connection.sock is None:  # the target said that it would close it
            connection = self._connect()
        connection.deadline = within(
            spec.send_timeout, "did not take the event within", self._clock
        )
        with contextlib.suppress(*LOST):  # who says no at once may not wait for the whole event
            headers = self._through(request.headers)
            connection.waits_for_body = bool(request.body)
            connection.request(request.method, self._asked(request.path), request.body, headers)
        first = within(spec.answer_timeout, "did not answer within", self._clock)
        whole = within(spec.total_timeout, "did not end its answer within", self._clock)
        response = functools.partial(TimedResponse, first=first, whole=whole)
        connection.response_class = response  # type: ignore[assignment]
        with cast("TimedResponse", connection.getresponse()) as found:
            answer = found.to_answer(request.longest)
            if not found.isclosed():  # more than anybody wants to read
                self.close()
        return answer

    def _connect(self) -> "TimedConnection":
        self._proxy = proxy_of(self._spec, self._to)
        deadline = within(
            self._spec.connect_timeout, "could not be connected to within", self._clock
        )
        connection = TimedConnection(self._to.host, self._to.actual_port)
        connection.sock = open_socket(
            self._to, self._proxy, self._certificates, deadline, self._interruption
        )
        self._connection = connection
        return connection

    def _asked(self, path: str) -> str:
        """What is asked for: of a proxy that reads requests, the whole address."""
        is_read = self._proxy is not None and not self._to.secure
        return f"{self._to.origin}{path}" if is_read else path

    def _through(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers, with who we are to a proxy that reads requests."""
        proxy = self._proxy
        if proxy is None or self._to.secure or not proxy.authorization:
            return dict(headers)
        return {**headers, "Proxy-Authorization": proxy.authorization}

    def close(self) -> None:
        """Close the connection; the next event opens another one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        self._interruption.begin_anew()

    def interrupt(self) -> None:
        """Break off what it waits for, called from another thread: that fails, nothing else."""
        self._interruption.interrupt()


class TimedConnection(http.client.HTTPConnection):
    """A connection that is open already, and takes what is sent within a time."""

    deadline: Deadline
    waits_for_body = False
    _head = b""

    def send(self, data: Any) -> None:
        """Send bytes; the head of a request goes with its body, so that the target wakes up once.

        Raises:
            OSError: they were not taken, in time or at all.
        """
        if self.waits_for_body:
            self.waits_for_body, self._head = False, data
            return
        whole, self._head = self._head + data, b""
        send_all(self.sock, whole, self.deadline)
