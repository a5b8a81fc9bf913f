"""What holds for every test: a clean environment, nothing swallowed, every event valid."""

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from hamilton_ol import guard
from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.records import Run
from tests.support.dbt import DBT
from tests.support.flows import Flows
from tests.support.official import OFFICIAL, invalid_events

_seen: set[str] = set()

# No test fails because the machine has other things to do.
# Where a change is judged, examples are the same for all, so that it fails by its own fault alone; at
# a desk each run tries others, which is where what they find can be mended.
settings.register_profile(
    "patient",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("patient")
PROXIES = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}


@pytest.fixture(autouse=True)
def clean_environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the developer's settings or writes to the developer's folders."""
    for name in list(os.environ):
        if name.startswith(("HAMILTON_OL_", "OPENLINEAGE_", "GIT_")) or name.upper() in PROXIES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "data"))
    # They take a child process a second to import; a test that needs them asks for `extensions`.
    monkeypatch.setenv("HAMILTON_AUTOLOAD_EXTENSIONS", "0")


@pytest.fixture
def extensions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Child processes load Hamilton's extensions, as a person's do."""
    monkeypatch.delenv("HAMILTON_AUTOLOAD_EXTENSIONS")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder for recorded runs that is not there yet."""
    return tmp_path / "store"


@pytest.fixture
def flows(tmp_path: Path) -> Iterator[Flows]:
    """Makes modules from source text."""
    made = Flows(tmp_path)
    yield made
    made.forget()


@pytest.fixture
def swallowed() -> list[tuple[str, BaseException]]:
    """What the guard swallowed; a test that asks for it expects something there."""
    return []


@pytest.fixture(autouse=True)
def nothing_swallowed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that does not ask for `swallowed` fails if the guard swallowed anything."""
    found: list[tuple[str, BaseException]] = (
        request.getfixturevalue("swallowed") if "swallowed" in request.fixturenames else []
    )

    def observe(where: str, error: BaseException) -> None:
        found.append((where, error))

    guard.observers.append(observe)
    yield
    guard.observers.remove(observe)
    if "swallowed" not in request.fixturenames and found:
        where, error = found[0]
        raise AssertionError(f"swallowed at {where!r}: {error!r}") from error


@pytest.fixture(autouse=True)
def no_warnings_logged(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Only a test that expects trouble may make the package log a warning."""
    yield
    if {"swallowed", "warned"} & set(request.fixturenames):
        return
    ours = [r for r in caplog.get_records("call") if r.name.startswith("hamilton_ol")]
    assert [r.getMessage() for r in ours if r.levelno >= logging.WARNING] == []


@pytest.fixture
def warned() -> None:
    """Marks a test that expects the package to log a warning."""


@pytest.fixture(autouse=True)
def every_event_is_valid(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every event that any test maps is checked against the official schemas, where they are."""
    texts: list[str] = []
    original = EventMapper.events

    def events(self: EventMapper, run: Run) -> Iterator[Event]:
        for event in original(self, run):
            texts.append(event.text)
            yield event

    monkeypatch.setattr(EventMapper, "events", events)
    yield
    fresh = [text for text in dict.fromkeys(texts) if text not in _seen]
    _seen.update(fresh)
    assert invalid_events(fresh) == []


def pytest_configure() -> None:
    """Let Ctrl-C be Ctrl-C in children: what a shell runs in the background ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header(config: Any) -> list[str]:
    """Say whether events are checked against the official schemas, and whether dbt runs."""
    schemas = OFFICIAL or "NOT at hand, events are checked by the classes only"
    dbt = DBT or "NOT set up, what it once told is read instead (`make dbt` runs it)"
    return [f"official OpenLineage schemas: {schemas}", f"dbt: {dbt}"]
