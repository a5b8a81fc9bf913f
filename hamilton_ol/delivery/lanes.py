"""Threads that each send one run, and say what became of it."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from hamilton_ol.delivery.parcels import Outcome, Parcel
from hamilton_ol.delivery.queue import Job, job_of


class Lanes:
    """Runs that are being sent.

    Args:
        send: sends a run; called on a thread of its own.
    """

    def __init__(self, send: Callable[[Parcel], Outcome]) -> None:
        self._send = send
        self._threads: dict[Job, threading.Thread] = {}
        self._done: SimpleQueue[tuple[Parcel, Outcome | BaseException]] = SimpleQueue()

    @property
    def jobs(self) -> set[Job]:
        """The jobs whose runs are being sent."""
        return set(self._threads)

    def start(self, parcel: Parcel) -> None:
        """Send a run; at once where there is no thread to be had, as while the interpreter ends."""
        name = f"hamilton-ol-send-{len(self._threads)}"
        thread = threading.Thread(target=self._run, args=(parcel,), name=name, daemon=True)
        self._threads[job_of(parcel)] = thread
        try:
            thread.start()
        except RuntimeError:
            self._run(parcel)

    def _run(self, parcel: Parcel) -> None:
        try:
            self._done.put((parcel, self._send(parcel)))
        except BaseException as error:  # raised where somebody waits for it
            self._done.put((parcel, error))

    def wait(self, seconds: float | None) -> tuple[Parcel, Outcome] | None:
        """The next run that is over; None when there is none in time.

        Raises:
            OSError: what it sent cannot be noted.
        """
        try:
            parcel, outcome = self._done.get(timeout=seconds)
        except Empty:
            return None
        _join(self._threads.pop(job_of(parcel)))
        if isinstance(outcome, BaseException):
            raise outcome
        return parcel, outcome

    def close(self) -> None:
        """Wait until nothing is being sent any more."""
        for thread in self._threads.values():
            _join(thread)


def _join(thread: threading.Thread) -> None:
    if thread.ident is not None:  # it was started
        thread.join()
