"""Breaks off what a connection waits for, from another thread: a process does not wait with it."""

import contextlib
import socket
import threading


class Interruption:
    """What one transport waits for.

    Attributes:
        is_set: whether it was broken off, and not begun anew since.
    """

    def __init__(self) -> None:
        self._lock, self.is_set = threading.Lock(), False
        self._handle: socket.socket | None = None

    def watch(self, sock: socket.socket) -> None:
        """This is what is waited for from now on; whoever has the socket may wrap and close it.

        Raises:
            ConnectionAbortedError: it was broken off before.
        """
        with self._lock:
            self.check()  # here, so that no interruption comes between
            self._drop()
            self._handle = sock.dup()

    def check(self) -> None:
        """Go no further when it was broken off.

        Raises:
            ConnectionAbortedError: it was.
        """
        if self.is_set:
            raise ConnectionAbortedError("broken off, because the process ends or forks")

    def interrupt(self) -> None:
        """Break it off."""
        with self._lock:
            self.is_set = True
            if self._handle is not None:
                with contextlib.suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)

    def begin_anew(self) -> None:
        """Nothing is waited for any more."""
        with self._lock:
            self._drop()
            self.is_set = False

    def _drop(self) -> None:
        if self._handle is not None:
            self._handle.close()
        self._handle = None
