"""What holds for every run that a test of the mapping maps."""

from collections.abc import Iterator

import pytest

from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.records import Run
from tests.support.events_classes import differences
from tests.support.events_rules import broken_rules


@pytest.fixture(autouse=True)
def every_event_is_as_it_should_be(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """OpenLineage's own classes write every event as we do, and no rule is broken."""
    runs: list[list[str]] = []
    original = EventMapper.events

    def events(self: EventMapper, run: Run) -> Iterator[Event]:
        texts: list[str] = []
        runs.append(texts)
        for event in original(self, run):
            texts.append(event.text)
            yield event

    monkeypatch.setattr(EventMapper, "events", events)
    yield
    assert [problem for texts in runs for problem in broken_rules(texts)] == []
    assert differences([text for texts in runs for text in texts]) == []
