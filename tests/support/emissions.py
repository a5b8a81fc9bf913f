"""Senders whose turns, clock and dataflows are a test's."""

import json
from pathlib import Path
from typing import Any

from hamilton_ol.config import resolve
from hamilton_ol.delivery.pace import Pace
from hamilton_ol.emission import Emission
from hamilton_ol.guard import Guard
from tests.support.outages import Outage
from tests.support.stores import DEAD, T0, header, run_id, run_lines, segment

NOW = T0 / 1e9


class Process:
    """A process with a sender, whose clock and dataflows are the test's."""

    def __init__(self, store: Path, url: str, **settings: Any) -> None:
        self.now, self.is_recording, self.guard = NOW + 60, False, Guard()
        target = {"url": url, "timeout": 5, **settings}
        self.settings = resolve({"targets": {"it": target}, "store": store})
        (self.spec,) = self.settings.targets
        self.pace = Pace(lambda: self.is_recording)
        self.emission = Emission(
            store, self.spec, self.settings, self.pace, self.guard, lambda: self.now
        )

    def turn(self) -> float:
        return self.emission.turn()


def leave(store: Path, number: int, *, day: str = "2026-01-01", **more: Any) -> str:
    """A run of a process that is gone; its id."""
    of, time = run_id(number), T0 + number * 10**9
    name = f"{number:06d}-1-aa"
    segment(store, header(DEAD), *run_lines(of, time=time, **more), name=name, day=day)
    return of


def told(outage: Outage) -> list[str]:
    """The runs whose events came, in the order of their ends."""
    events = [json.loads(text) for text in outage.texts]
    return [
        event["run"]["runId"]
        for event in events
        if event["eventType"] != "START" and event["job"]["name"] == "titanic"
    ]
