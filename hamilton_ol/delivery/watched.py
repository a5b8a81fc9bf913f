"""The connections of one sender, so that other threads see how they are and can break them off."""

import threading
from collections.abc import Callable
from typing import Any

from hamilton_ol.delivery.transport import Transport
from hamilton_ol.errors import NotAskedError, RefusedError


class Watch:
    """Opens transports and knows of them.

    Args:
        connect: opens a transport.
        is_well: whether the target took what it was sent last, before.

    Attributes:
        is_well: whether the target took what it was sent last, or blamed the event alone.
    """

    def __init__(self, connect: Callable[[], Transport], *, is_well: bool) -> None:
        self._connect, self.is_well = connect, is_well
        self._open, self._lock = set[Watched](), threading.Lock()

    def connect(self) -> "Watched":
        """Open another one.

        Raises:
            HamiltonOLError: as whatever opens it.
        """
        made = Watched(self, self._connect())
        with self._lock:
            self._open.add(made)
        return made

    def forget(self, closed: "Watched") -> None:
        """This one is closed."""
        with self._lock:
            self._open.discard(closed)

    def interrupt(self) -> None:
        """Break off what any of them waits for, where it can be."""
        with self._lock:
            for transport in self._open:
                transport.interrupt()


class Watched:
    """A transport that is known of; otherwise as the one in it."""

    def __init__(self, watch: Watch, inner: Transport) -> None:
        self._watch, self._inner, self.address = watch, inner, inner.address

    def reach(self) -> None:
        """Open the connection."""
        try:
            self._inner.reach()
        except NotAskedError:  # which says nothing of the target
            raise
        except BaseException:
            self._watch.is_well = False
            raise

    def send(self, event: bytes) -> None:
        """Send one event."""
        try:
            self._inner.send(event)
        except RefusedError as error:
            self._watch.is_well = error.is_final
            raise
        except NotAskedError:
            raise
        except BaseException:
            self._watch.is_well = False
            raise
        self._watch.is_well = True

    def interrupt(self) -> None:
        """Break off what it waits for, called from another thread; a few transports cannot."""
        getattr(self._inner, "interrupt", lambda: None)()

    def __getattr__(self, name: str) -> Any:
        """What only some transports can, such as setting tags."""
        return getattr(self._inner, name)

    def close(self) -> None:
        """Give back what is open."""
        self._watch.forget(self)
        self._inner.close()
