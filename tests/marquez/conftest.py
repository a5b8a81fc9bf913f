"""Where the tests of this folder send events: the double, and a live Marquez where one is named."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from tests.support.marquez.client import MarquezClient
from tests.support.marquez.recorded import Recorder
from tests.support.marquez.server import MarquezDouble

LIVE = os.environ.get("MARQUEZ_URL", "")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that asks for `marquez` runs against the double, and the live one if it is there."""
    if "marquez" in metafunc.fixturenames:
        targets = ["double", "live"] if LIVE else ["double"]
        metafunc.parametrize("target", targets, scope="session")


@pytest.fixture(scope="session")
def target(request: pytest.FixtureRequest) -> str:
    """Which Marquez: `double` or `live`."""
    return str(request.param)


@pytest.fixture
def double(target: str) -> Iterator[MarquezDouble | None]:
    """The double, where it is the one that is asked."""
    if target == "live":
        yield None
        return
    with MarquezDouble() as double:
        yield double


@pytest.fixture
def marquez(double: MarquezDouble | None) -> MarquezClient:
    """A Marquez, with a namespace that nobody used before."""
    url = double.url if double else LIVE.rstrip("/")
    return MarquezClient(url, f"it-{uuid.uuid4().hex[:12]}")


@pytest.fixture
def recorder(marquez: MarquezClient, store: Path) -> Recorder:
    """Records runs of `flow`."""
    return Recorder(marquez, store)


@pytest.fixture
def demo(marquez: MarquezClient, store: Path) -> Recorder:
    """Has recorded and sent a run of the demo."""
    recorder = Recorder(marquez, store, JOB)
    recorder.drive(build, REQUESTED, inputs())
    recorder.send(*recorder.events)
    return recorder


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say whether a live Marquez was asked."""
    if LIVE:
        terminalreporter.write_line(f"Marquez: tests ran against the double and live, {LIVE}")
        return
    terminalreporter.write_line(
        "Marquez: the live part did NOT run, only the double was asked;"
        " MARQUEZ_URL=http://localhost:5000 names a live one",
        yellow=True,
    )
