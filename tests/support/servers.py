"""Targets on this machine: one that takes events and says what it got, and rude ones."""

import contextlib
import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

#: A certificate for localhost that nobody trusts, with its key.
CERTIFICATE = Path(__file__).with_name("localhost.pem")


@dataclass(frozen=True)
class Reply:
    """What a target answers."""

    status: int = 201
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    closes: bool = False


@dataclass(frozen=True)
class Got:
    """A request; `connection` tells which connection it came on."""

    path: str
    headers: dict[str, str]
    body: bytes
    connection: tuple[str, int]
    method: str = "POST"

    @property
    def event(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.text)
        return document

    @property
    def text(self) -> str:
        is_gzip = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if is_gzip else self.body).decode()


class Target:
    """Takes events on loopback.

    Args:
        replies: what it answers, in order; 201 when there are no more.
        secure: whether it speaks TLS.
        tls: with which certificate; by default one for localhost that nobody trusts.
    """

    def __init__(
        self, *replies: Reply, secure: bool = False, tls: ssl.SSLContext | None = None
    ) -> None:
        self.got: list[Got] = []
        self._replies = list(replies)
        target = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                told = dict(self.headers)
                got = Got(self.path, told, body, self.client_address, self.command)
                reply = target._reply(got)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
                self.close_connection = reply.closes

            do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815 - names of the standard library

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        scheme = "https" if secure or tls else "http"
        if secure or tls:
            context = tls or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            if tls is None:
                context.load_cert_chain(CERTIFICATE)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.place = "127.0.0.1", self._server.server_port
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}"

    def _reply(self, got: Got) -> Reply:
        self.got.append(got)
        return self._replies.pop(0) if self._replies else Reply()

    @property
    def texts(self) -> list[str]:
        """The events, as they came."""
        return [got.text for got in self.got]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


#: Talks on one connection, until it returns or the event is set.
Talk = Callable[[socket.socket, threading.Event], None]


@contextlib.contextmanager
def rude_target(*talks: Talk) -> Iterator[str]:
    """The URL of a target whose connections talk like this, the last one again and again."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threads = [threading.Thread(target=_serve, args=(listener, talks, over), daemon=True)]
        threads[0].start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # else accept() waits on
            threads[0].join(10)


def _serve(listener: socket.socket, talks: Sequence[Talk], over: threading.Event) -> None:
    number = 0
    while not over.is_set():
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        talk = talks[min(number, len(talks) - 1)]
        number += 1
        threading.Thread(target=_talk, args=(connection, talk, over), daemon=True).start()


def _talk(connection: socket.socket, talk: Talk, over: threading.Event) -> None:
    with connection, contextlib.suppress(OSError):
        talk(connection, over)


def read_request(connection: socket.socket) -> None:
    """Read one request to its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if b"content-length" in line.lower()
    )
    while len(body) < length:
        body += _some(connection)


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(1 << 16)
    if not data:
        raise ConnectionResetError
    return data


def says(answer: bytes, *, then_hangs: bool = False) -> Talk:
    """Reads a request, says this, and closes; or says nothing more."""

    def talk(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        connection.sendall(answer)
        if then_hangs:
            over.wait(60)

    return talk


def repeats(start: bytes, again: bytes, *, every: float = 0.0) -> Talk:
    """Reads a request, begins an answer, and never comes to its end."""

    def talk(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        connection.sendall(start)
        while not over.wait(every):
            connection.sendall(again)

    return talk


def hangs(connection: socket.socket, over: threading.Event) -> None:
    """Takes the connection and says nothing."""
    over.wait(60)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
