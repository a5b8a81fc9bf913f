"""A target on this machine that is in trouble, and well again when a test says so."""

import contextlib
import gzip
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.support.servers import CERTIFICATE

HERE = Path(__file__).parent
EXPIRED, ELSEWHERE = HERE / "expired.pem", HERE / "elsewhere.pem"
TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a target.

    Attributes:
        answer: what it says to a request, before it closes; None: it says nothing.
        again: what it then says again and again.
        every: seconds between.
        takes: events that it takes before.
        reads: whether it reads requests at all.
        certificate: what it shows who it is with.
        listens: whether anybody may connect.
    """

    answer: bytes | None = None
    again: bytes = b""
    every: float = 0.0
    takes: int = 0
    reads: bool = True
    certificate: Path | None = None
    listens: bool = True


def status(number: int, *headers: str) -> Trouble:
    """An HTTP status, always."""
    head = "".join(f"{header}\r\n" for header in headers)
    return Trouble(f"HTTP/1.1 {number} No\r\n{head}Content-Length: 2\r\n\r\nno".encode())


class Outage:
    """The target; each event that it takes is noted, those that it refuses are not.

    Args:
        trouble: what is wrong with it until it recovers; None for nothing.
        delay: seconds until it answers when it is well.

    Attributes:
        texts: events that were taken, as they came.
        met: how many connections met its trouble.
    """

    def __init__(self, trouble: Trouble | None = None, *, delay: float = 0.0) -> None:
        self._trouble, self._delay = trouble, delay
        self.texts, self.met = list[str](), 0
        self._over, self._lock = threading.Event(), threading.Lock()
        self._is_awaited: Callable[[str], bool] = lambda _text: True
        self._is_recovering = trouble is None
        self._server = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._server.getsockname()[1]
        self._secure = trouble is not None and trouble.certificate is not None
        self.url = f"{'https' if self._secure else 'http'}://127.0.0.1:{self.port}"
        self._connections = set[socket.socket]()

    def __enter__(self) -> Self:
        if self._trouble is None or self._trouble.listens:
            self._listen()
        else:
            self._server.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.die()

    def _listen(self) -> None:
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def die(self) -> None:
        """As when its process is killed: nobody listens any more, and all connections break."""
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def recover(self, is_awaited: Callable[[str], bool] = lambda _text: True) -> None:
        """Be well from now on, or from the first event of a kind on."""
        self._is_awaited, self._is_recovering = is_awaited, True
        self._over.set()
        if self._server.fileno() < 0:
            self._server = socket.create_server(("127.0.0.1", self.port), backlog=128)
            self._listen()

    # --- the threads ---------------------------------------------------------------------------

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), self._secured(plain) as connection:
            with self._lock:
                self._connections.add(connection)
            try:
                while self._answer(connection):
                    pass
            finally:
                with self._lock:
                    self._connections.discard(connection)

    def _secured(self, plain: socket.socket) -> socket.socket:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self._secure:
            return plain
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        bad = self._trouble.certificate if self._trouble and not self._is_recovering else None
        self.met += bad is not None
        context.load_cert_chain(bad or CERTIFICATE)
        return context.wrap_socket(plain, server_side=True)

    def _answer(self, connection: socket.socket) -> bool:
        """Answer a request; False when the connection is over."""
        trouble = None if self._is_recovering else self._trouble
        if trouble is not None and not trouble.reads:
            self.met += 1
            self._over.wait(60)
            return False
        text = request(connection)
        if self._is_recovering and self._is_awaited(text):
            self._trouble = None
        trouble = self._trouble
        if trouble is None or len(self.texts) < trouble.takes:
            self._over.wait(self._delay) if self._delay else None
            self.texts.append(text)
            connection.sendall(TAKEN)
            return True
        self.met += 1
        self._complain(connection, trouble)
        return False

    def _complain(self, connection: socket.socket, trouble: Trouble) -> None:
        if trouble.takes:
            self.die()
        if trouble.answer is None:
            self._over.wait(60)
            return
        connection.sendall(trouble.answer)
        while trouble.again and not self._over.wait(trouble.every):
            connection.sendall(trouble.again)


def request(connection: socket.socket) -> str:
    """The event of one request."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [h for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")]
    length = int(lengths[0].partition(b":")[2])
    while len(body) < length:
        body += _some(connection)
    return gzip.decompress(body).decode()


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(1 << 16)
    if not data:
        raise ConnectionResetError
    return data
