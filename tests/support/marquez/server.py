"""A double of Marquez 0.51.1 on loopback, made after what a real one answered.

It knows what this project's tests ask: it takes events, keeps jobs, runs, datasets and versions,
and draws the lineage of both as the real one does, with its faults. It does not know symlinks,
lifecycle changes, nominal times, deleting jobs and datasets, statistics, limits on the length of
names, and a dataset that a job both reads and writes.
"""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.support.marquez.answers import JSON, Answer, document
from tests.support.marquez.catalog import Catalog
from tests.support.marquez.routes import Api

BASE = "/api/v1/"
_NO_JSON = document({"code": 415, "message": "HTTP 415 Unsupported Media Type"}, 415)


class MarquezDouble:
    """Answers as Marquez does, from the moment that it is made.

    Attributes:
        url: where.
        catalog: what it knows.
    """

    def __init__(self) -> None:
        self.catalog = Catalog(tags={"PII": "Personally identifiable information"})
        self._api, self._one_at_a_time = Api(self.catalog), threading.Lock()
        double = self

        class Handler(_Handler):
            def answer(self, method: str, body: bytes) -> Answer:
                return double._answer(method, self.path, body)

        self._handler: type[BaseHTTPRequestHandler] = Handler
        self._server = self._listen(0)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _listen(self, port: int) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", port), self._handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server

    def stop(self) -> None:
        """Take no more connections; what is known is kept."""
        self._server.shutdown()
        self._server.server_close()

    def start(self) -> None:
        """Take connections again, at the same address."""
        self._server = self._listen(self._server.server_port)

    def _answer(self, method: str, target: str, body: bytes) -> Answer:
        parts = urlsplit(target)
        if not parts.path.startswith(BASE):
            return document({"code": 404, "message": "HTTP 404 Not Found"}, 404)
        path = [unquote(part) for part in parts.path.removeprefix(BASE).split("/")]
        with self._one_at_a_time:
            return self._api.answer(method, path, dict(parse_qsl(parts.query)), body)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Handler(BaseHTTPRequestHandler):
    """Speaks HTTP, with connections that are kept and bodies that may be compressed."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self, method: str, body: bytes) -> Answer:
        """The answer to a call."""
        raise NotImplementedError

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        is_json = not body or (self.headers.get_content_type() == JSON)
        answer = self.answer(self.command, body) if is_json else _NO_JSON
        self.send_response(answer.status)
        if answer.body:
            self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_DELETE = _do  # noqa: N815 - names of the standard library

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
