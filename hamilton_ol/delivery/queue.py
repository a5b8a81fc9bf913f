"""Runs that wait for their turn: those of one job one after the other, as they came."""

from collections import deque
from collections.abc import Collection, Iterable

from hamilton_ol.delivery.parcels import Parcel

MOST = 1000  # runs that are looked ahead for one whose job has nothing on its way

#: (namespace, name) of a job.
Job = tuple[str, str]


def job_of(parcel: Parcel) -> Job:
    """The job of a run."""
    return parcel.namespace, parcel.job


class JobQueue:
    """Runs by their jobs.

    Args:
        parcels: the runs; taken as they are needed.
    """

    def __init__(self, parcels: Iterable[Parcel]) -> None:
        self._coming = iter(parcels)
        self._waiting: dict[Job, deque[Parcel]] = {}
        self._count = 0

    def take(self, busy: Collection[Job]) -> Parcel | None:
        """The next run of a job that is not busy; None while there is none."""
        ready = next((job for job in self._waiting if job not in busy), None)
        while ready is None and self._count < MOST:
            parcel = next(self._coming, None)
            if parcel is None:
                return None
            self._keep(parcel)
            ready = job_of(parcel) if job_of(parcel) not in busy else None
        return None if ready is None else self._first(ready)

    def is_empty(self) -> bool:
        """Whether nothing comes any more."""
        if not self._count:
            parcel = next(self._coming, None)
            if parcel is not None:
                self._keep(parcel)
        return not self._count

    def _keep(self, parcel: Parcel) -> None:
        self._waiting.setdefault(job_of(parcel), deque()).append(parcel)
        self._count += 1

    def _first(self, job: Job) -> Parcel:
        parcels = self._waiting[job]
        parcel = parcels.popleft()
        if not parcels:
            del self._waiting[job]
        self._count -= 1
        return parcel
