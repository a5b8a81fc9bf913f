"""What is sent, and what became of it: the words that delivery and its callers share.

What the store holds and what events it becomes are handed in, so that delivery knows neither.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Literal, NamedTuple, Protocol

State = Literal["done", "waiting", "busy", "open", "newer"]


class Event(Protocol):
    """What is to be sent."""

    @property
    def id(self) -> str:
        """The same whenever the event is made."""

    @property
    def job(self) -> str:
        """Name of its job."""

    @property
    def type(self) -> str:
        """START, COMPLETE, FAIL or ABORT."""

    @property
    def text(self) -> str:
        """JSON on one line."""


class Parcel(Protocol):
    """The events of a run."""

    @property
    def run_id(self) -> str:
        """Of the run."""

    @property
    def namespace(self) -> str:
        """Of its job."""

    @property
    def job(self) -> str:
        """Name of its job."""

    @property
    def started(self) -> int:
        """When the run began, nanoseconds since the epoch."""

    @property
    def is_over(self) -> bool:
        """Whether there will be no more events than there are now."""

    def events(self) -> Iterator[Event]:
        """All of them, in order; made while they are asked for, which may be never."""


class Order(Enum):
    """What the caller wants of a run."""

    PENDING = "what the target has not got yet, when it is time"
    NOW = "what the target has not got yet, whatever is being waited for: a person asks"
    AGAIN = "all of it, also what the target has got, unless that would undo a newer run"
    FORCED = "all of it, also what the target has got"

    @property
    def is_whole(self) -> bool:
        """Whether what was taken before is sent again."""
        return self in {Order.AGAIN, Order.FORCED}


class Outcome(NamedTuple):
    """What became of a run's events.

    Attributes:
        run_id: of the run.
        sent: how many were taken now.
        rejected: how many never will be, found out now.
        state: `done` when all there is was sent; `waiting` for better times, or stopped; `busy`
            while another process sends runs of this job; `open` while the target is left alone;
            `newer` when it is not sent again because a newer run of its job was taken.
        error: what stopped it, if anything did.
        until: when it is worth another try, seconds since the epoch; 0 for any time.
        holds_up: whether newer runs of its job have to wait for it.
    """

    run_id: str
    sent: int = 0
    rejected: int = 0
    state: State = "done"
    error: Exception | None = None
    until: float = 0.0
    holds_up: bool = False
