"""Where the tests of this folder send events: the double, and a live Marquez where one is named."""

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.marquez.client import MarquezClient
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
def marquez(target: str) -> Iterator[MarquezClient]:
    """A Marquez, with a namespace that nobody used before."""
    namespace = f"it-{uuid.uuid4().hex[:12]}"
    if target == "live":
        yield MarquezClient(LIVE.rstrip("/"), namespace)
        return
    with MarquezDouble() as double:
        yield MarquezClient(double.url, namespace)


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
