"""What must have arrived at a target, and in which order."""

from collections.abc import Sequence
from pathlib import Path

from hamilton_ol.config import resolve
from hamilton_ol.delivery.senders import of_process
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.children import until
from tests.support.outages import Outage

FLOW = """
    def first(number: int) -> int:
        return number

    def second(first: int) -> int:
        return _act(first)

    def third(second: int) -> int:
        return second + 1

    def _act(number: int) -> int:
        return number
"""


def due(store: Path) -> list[list[str]]:
    """The events of each run, the oldest run first."""
    reader, mapper = StoreReader(store), event_mapper(resolve({}))
    runs = [reader.run(run.run_id) for run in reversed(reader.runs())]
    return [[event.text for event in mapper.events(run)] for run in runs]


def arrives(outage: Outage, store: Path, runs: int, seconds: float = 60.0) -> None:
    """Wait until all has arrived of so many runs; then look at the order.

    A target that breaks off before it answers gets an event again. Nothing else comes twice, the
    events of a run come in their order, and none after the one that ends it.
    """
    until(lambda: flush_all(1))
    events = due(store)
    assert len(events) == runs
    missing = {text for run in events for text in run}
    until(lambda: missing.issubset(outage.texts), seconds)
    until(all_idle)
    in_order(outage.texts, events)


def in_order(texts: Sequence[str], events: Sequence[Sequence[str]]) -> None:
    """Each run's events came in order, and nothing else did."""
    assert set(texts) == {text for run in events for text in run}
    firsts = list(dict.fromkeys(texts))
    for run in events:
        assert [text for text in firsts if text in set(run)] == list(run)
        assert texts.index(run[-1]) > max(last(texts, text) for text in run[:-1])


def last(texts: Sequence[str], text: str) -> int:
    """Where a text stands for the last time."""
    return len(texts) - 1 - list(reversed(texts)).index(text)


def all_idle() -> bool:
    """Whether every sender of this process waits for the next run, or the next search."""
    return all(sender.is_idle for sender in of_process())
