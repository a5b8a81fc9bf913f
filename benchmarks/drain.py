"""Sending what is pending, beside the client's own HTTP transport; the target has its own process.

The same events for both: the client gets them built, ours are rendered. Ours also notes what was
taken, so that nothing is sent twice; the client does not.
"""

import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from openlineage.client import event_v2
from openlineage.client.serde import Serde
from openlineage.client.transport.http import HttpConfig, HttpTransport

from benchmarks.peerevents import event_like
from benchmarks.rows import Row
from benchmarks.sink import sink
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.sending import open_dispatcher

COUNT, ROUNDS = 1000, 5
SLOW, AT_ONCE, SLOW_COUNT = 0.05, 8, 30


class Event(NamedTuple):
    id: str
    text: str
    job: str = "job"
    type: str = "START"


class Parcel(NamedTuple):
    run_id: str
    told: list[Event]
    job: str
    is_over: bool = True
    namespace: str = "hamilton"
    started: int = 1

    def events(self) -> Iterator[Event]:
        return iter(self.told)


class Speed(NamedTuple):
    """Events a second on the clock, and seconds of the processor for each."""

    rate: float
    cpu: float


def rows() -> list[Row]:
    """Events a second, to a target that answers at once and to a slow one."""
    built = [event_like(number) for number in range(COUNT)]
    texts = [Serde.to_json(event) for event in built]
    with sink(0) as url:
        found = [(_speed(_client, url, built), _speed(_ours, url, texts)) for _ in range(ROUNDS)]
    times = statistics.median(ours.rate / client.rate for client, ours in found)
    less = statistics.median(client.cpu / ours.cpu for client, ours in found)
    client, ours = (
        statistics.median(one.rate for one in side) for side in zip(*found, strict=True)
    )
    with sink(SLOW) as url:
        slow = _speed(_ours_at_once, url, texts[: AT_ONCE * SLOW_COUNT]).rate
        alone = _speed(_client, url, built[:SLOW_COUNT]).rate
    return [
        Row(
            f"events of {len(texts[1]):,} bytes to a target that answers at once, one connection",
            f"{client:,.0f} a second (client, HTTP)",
            f"{ours:,.0f} a second ({times:.1f}x, with 1/{less:.1f} of the processor)",
            "4x the client",
            times >= 4,
        ),
        Row(
            "8 runs pending, to a target that takes 50 ms for each event",
            f"{alone:,.0f} a second (client, HTTP)",
            f"{slow:,.0f} a second",
            "140 a second",
            slow >= 140,
        ),
    ]


def _speed(
    send: Callable[..., None], url: str, events: list[event_v2.RunEvent] | list[str]
) -> Speed:
    begin, cpu = time.perf_counter(), time.process_time()
    send(url, events)
    taken, used = time.perf_counter() - begin, time.process_time() - cpu
    return Speed(len(events) / taken, used / len(events))


def _client(url: str, events: list[event_v2.RunEvent]) -> None:
    with contextlib.closing(HttpTransport(HttpConfig(url))) as transport:
        for event in events:
            transport.emit(event)


def _ours(url: str, texts: list[str], runs: int = 1) -> None:
    target = target_of(url)
    told = [Event(f"{number}", text) for number, text in enumerate(texts)]
    parcels = [Parcel(f"{run}", told[run::runs], f"job{run}") for run in range(runs)]
    with tempfile.TemporaryDirectory() as store:
        dispatcher = open_dispatcher(
            Path(store), target.address, lambda: open_transport(target), at_once=AT_ONCE
        )
        with contextlib.closing(dispatcher):
            outcomes = list(dispatcher.deliver(parcels))
    assert sum(outcome.sent for outcome in outcomes) == len(texts)


def _ours_at_once(url: str, texts: list[str]) -> None:
    _ours(url, texts, AT_ONCE)
