"""A proxy on this machine: it passes requests on, or connects to whom it is asked."""

import contextlib
import http.client
import select
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

Place = tuple[str, int]


class Proxy:
    """Stands between, and remembers what it was asked for.

    Args:
        login: what `Proxy-Authorization` must be; empty for nothing.
        leads_to: where it really goes, whatever it is asked for.
        refuses: status with which it refuses to connect; 0 for none.
    """

    def __init__(self, *, login: str = "", leads_to: Place | None = None, refuses: int = 0) -> None:
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self._is_refused():
                    return
                parts = urlsplit(self.path)
                to = leads_to or (parts.hostname or "", parts.port or 80)
                connection = http.client.HTTPConnection(*to, timeout=10)
                with contextlib.closing(connection):
                    connection.request("POST", parts.path, body, dict(self.headers))
                    answer = connection.getresponse()
                    said = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def do_CONNECT(self) -> None:
                if self._is_refused():
                    return
                host, _, port = self.path.rpartition(":")
                with socket.create_connection(leads_to or (host.strip("[]"), int(port))) as other:
                    self.send_response(200, "Connection established")
                    self.end_headers()
                    _carry(self.connection, other)
                self.close_connection = True

            def _is_refused(self) -> bool:
                proxy.asked.append(self.path)
                proxy.headers.append(dict(self.headers))
                status = refuses
                if login and self.headers.get("Proxy-Authorization") != login:
                    status = 407
                if status:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                return bool(status)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _carry(one: socket.socket, other: socket.socket) -> None:
    """Bytes both ways, until one of the two has no more."""
    while True:
        for source in select.select([one, other], [], [])[0]:
            data = source.recv(1 << 16)
            if not data:
                return
            (other if source is one else one).sendall(data)
