"""Events that Marquez does not take, and what becomes of the others."""

import contextlib
import json
import uuid
from pathlib import Path
from typing import Any

from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.parcels import Order, Outcome
from tests.support.marquez.client import MarquezClient
from tests.support.parcels import Clock, Note, Parcel, account

BAD: dict[str, dict[str, Any]] = {
    "null": {"job": {"namespace": "n", "name": None}},  # 422
    "date": {"eventTime": "yesterday"},  # 500, and the body says 400
    "nul": {"run": {"runId": str(uuid.uuid4()), "facets": {"a": {"b": "\0"}}}},  # 500, and no more
}


class Told(Note):
    """An event as it is sent."""

    @property
    def text(self) -> str:
        return self.id


def event(marquez: MarquezClient, kind: str, run: str, more: dict[str, Any]) -> Told:
    document = {
        "eventType": kind,
        "eventTime": "2026-01-01T00:00:00Z",
        "run": {"runId": run},
        "job": {"namespace": marquez.namespace, "name": "j"},
        "producer": "https://example.org",
    } | more
    return Told(json.dumps(document), kind)


def test_what_marquez_never_takes_is_set_aside_and_the_rest_arrives(
    marquez: MarquezClient, tmp_path: Path
) -> None:
    run, other = str(uuid.uuid4()), str(uuid.uuid4())
    bad = [event(marquez, "START", other, more) for more in BAD.values()]
    notes = [event(marquez, "START", run, {}), *bad, event(marquez, "COMPLETE", run, {})]
    found: list[Outcome] = []
    made = Dispatcher(account(tmp_path, Clock()), lambda: HttpTransport(marquez.url))
    with contextlib.closing(made) as dispatcher:
        for _ in range(3):
            found += dispatcher.deliver([Parcel(run, notes)], order=Order.NOW)
        told = dispatcher.acknowledgements.of_run(run)
    assert [outcome.state for outcome in found] == ["waiting", "waiting", "done"]
    assert told.counts == (2, 3)
    assert set(told.rejected) == {note.id for note in bad}
    assert {one["id"]: one["state"] for one in marquez.runs("j")}[run] == "COMPLETED"
