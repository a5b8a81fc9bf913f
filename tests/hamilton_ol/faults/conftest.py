"""Troubles that pass in hundredths of a second, and nothing left behind by a test."""

from collections.abc import Iterator
from typing import Any

import pytest

from hamilton_ol import emission
from hamilton_ol.delivery import breaker, outbox, rundelivery, sender, senders
from hamilton_ol.store import appender, writers
from tests.support.arrivals import FLOW
from tests.support.flows import Flows

SHORT = 0.02


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes a second or a minute takes no time."""
    for module in (breaker, outbox, rundelivery):
        monkeypatch.setattr(module, "FIRST", SHORT)
        monkeypatch.setattr(module, "LONGEST", SHORT)
    monkeypatch.setattr(breaker, "LONGEST_ASKED", SHORT)
    monkeypatch.setattr(outbox, "BROKEN", SHORT)
    for name in ("BUSY", "TROUBLE", "PROGRESS"):
        monkeypatch.setattr(emission, name, SHORT)
    monkeypatch.setattr(sender, "RETRY", SHORT)
    monkeypatch.setattr(appender, "RETRY", SHORT)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """End the threads that a test started."""
    yield
    writers.close_all()
    senders.close_all()
    writers._writers.clear()
    senders._senders.clear()


@pytest.fixture
def flow(flows: Flows) -> Any:
    return flows.module(FLOW)
