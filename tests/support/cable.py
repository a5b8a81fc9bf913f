"""A cable between a client and a server on loopback, which is cut in the middle of what is said."""

import contextlib
import socket
import threading
from typing import Self
from urllib.parse import urlsplit

TAKEN = b"HTTP/1.1 201"


class Cable:
    """Carries bytes both ways until so many events were taken; then nobody answers any more.

    Args:
        server: URL of the server at the other end.
        carries: answers 201 after which it is cut.
        loses_last: whether the client never sees the last of them.

    Attributes:
        url: of this end.
        loses_last: as given.
        is_cut: whether it is.
    """

    def __init__(self, server: str, carries: int, *, loses_last: bool = False) -> None:
        parts = urlsplit(server)
        self._server = parts.hostname or "", parts.port or 80
        self._left, self.loses_last = carries, loses_last
        self._lock, self._ends = threading.Lock(), list[socket.socket]()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port: int = self._listener.getsockname()[1]
        self.is_cut, self.url = threading.Event(), f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._cut()

    def mend(self) -> None:
        """Carry again, and for good."""
        assert self.is_cut.wait(30)
        self._left = -1
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self.__enter__()

    def _cut(self) -> None:
        for end in (self._listener, *self._ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()
        self.is_cut.set()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = listener.accept()
                there = socket.create_connection(self._server)
                self._ends += here, there
                threading.Thread(target=self._carry, args=(here, there), daemon=True).start()
                threading.Thread(target=self._answer, args=(there, here), daemon=True).start()

    def _carry(self, source: socket.socket, to: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)

    def _answer(self, source: socket.socket, to: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                with self._lock:
                    if not self._counts(data):
                        to.sendall(data)
                        continue
                    for end in (self._listener, source):  # a quick client may send the next at once
                        with contextlib.suppress(OSError):
                            end.shutdown(socket.SHUT_RDWR)
                    if not self.loses_last:
                        to.sendall(data)
                    self._cut()
            to.shutdown(socket.SHUT_WR)

    def _counts(self, data: bytes) -> bool:
        """Whether this is the last answer."""
        self._left -= data.startswith(TAKEN)
        return self._left == 0 and data.startswith(TAKEN)
