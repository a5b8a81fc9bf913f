"""Runs to be delivered, targets that take them, and accounts of what was taken, without a store."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.delivery.account import Account
from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.breaker import Breaker
from hamilton_ol.delivery.leases import Leases
from hamilton_ol.delivery.rejected import RejectedEvents
from hamilton_ol.errors import DeliveryError, RefusedError, UnreachableError

NOON = 1_000_000.0


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, time: float = NOON) -> None:
        self.time = time

    def __call__(self) -> float:
        return self.time


class Note(NamedTuple):
    """An event."""

    id: str
    type: str = "START"
    job: str = "j"

    @property
    def text(self) -> str:
        return self.id


@dataclass
class Parcel:
    """A run; `made` counts how often its events were asked for."""

    run_id: str
    notes: Sequence[Note]
    is_over: bool = True
    namespace: str = "n"
    job: str = "j"
    started: int = 1
    made: int = 0

    def events(self) -> Iterator[Note]:
        self.made += 1
        yield from self.notes


def parcel(run_id: str, count: int = 3, *, started: int = 1, job: str = "j") -> Parcel:
    """A run that is over, with events `r0`, `r1`, ..."""
    notes = [Note(f"{run_id}{number}") for number in range(count - 1)]
    end = Note(f"{run_id}{count - 1}", "COMPLETE")
    return Parcel(run_id, [*notes, end], started=started, job=job)


@dataclass
class Taker:
    """A transport that takes events, unless it is told otherwise.

    Attributes:
        asked: all events that it was asked to take.
        taken: those that it took.
        answers: {event: why it is not taken}.
        is_down: whether nobody is there.
    """

    asked: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    answers: dict[str, DeliveryError] = field(default_factory=dict)
    is_down: bool = False
    is_open: bool = False
    address: str = "http://target"

    def reach(self) -> None:
        self.is_open = True
        if self.is_down:
            raise UnreachableError("gone", hint="h")

    def send(self, event: bytes) -> None:
        self.reach()
        text = event.decode()
        self.asked.append(text)
        if text in self.answers:
            raise self.answers[text]
        self.taken.append(text)

    def close(self) -> None:
        self.is_open = False


def final(status: int = 422) -> RefusedError:
    """The event is at fault, and the target says so."""
    return RefusedError("bad", status=status, hint="h", is_final=True)


def server_error(status: int = 500) -> RefusedError:
    """Something is at fault."""
    return RefusedError("oops", status=status, hint="h")


def account(folder: Path, now: Callable[[], float], jitter: float = 1.0) -> Account:
    """What is known of a target, as a process that comes new reads it."""
    return Account(
        Acknowledgements(folder / "acks"),
        Leases(folder / "leases", now),
        Breaker(folder, now, lambda: jitter),
        RejectedEvents(folder),
        now,
        lambda: jitter,
    )
