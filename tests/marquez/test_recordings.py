"""The double answers as a real Marquez did, request by request.

What is left out of the comparison is said in tests/support/marquez/comparison.py.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.marquez.client import MarquezClient
from tests.support.marquez.comparison import Comparable
from tests.support.marquez.server import MarquezDouble
from tests.support.marquez.times import instant, shown

RECORDINGS = Path(__file__).parents[3] / "shared" / "marquez-recordings"
GOOD = 34  # events of three runs, after which most reads were recorded
#: Reads that were recorded later: the write after which each came.
LATE = {
    "dataset name with slash, space and umlaut": 27,
    "namespace with port, name starting with a digit": 28,
    "duplicate of the first event": 29,
}

pytestmark = pytest.mark.skipif(
    not RECORDINGS.is_dir(),
    reason="the double is NOT compared with a real Marquez:"
    " ../shared/marquez-recordings (writes.ndjson, reads.ndjson) is not there",
)


class Exchange(NamedTuple):
    """A request and what the real one answered."""

    name: str
    method: str
    path: str
    body: str | None
    status: int
    response: Any


def _lines(name: str) -> list[dict[str, Any]]:
    path = RECORDINGS / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [json.loads(line) for line in text.splitlines()]


def _writes() -> list[Exchange]:
    def body(request: Any) -> str:
        return request if isinstance(request, str) else json.dumps(request)

    return [
        Exchange(
            line["case"],
            "POST",
            "/api/v1/lineage",
            body(line["request"]),
            line["status"],
            line["response"],
        )
        for line in _lines("writes.ndjson")
    ]


def _reads() -> list[Exchange]:
    return [
        Exchange(
            f"{number} {line['request'].replace('/api/v1/', '')}",
            line["request"].split(" ", 1)[0],
            line["request"].split(" ", 1)[1],
            line.get("body"),
            line["status"],
            line["response"],
        )
        for number, line in enumerate(_lines("reads.ndjson"))
    ]


def _in_order(writes: list[Exchange], reads: list[Exchange]) -> Iterator[Exchange]:
    """Writes and reads as they were recorded."""
    yield from writes[:GOOD]
    yield from reads[: min(LATE.values())]
    for write in writes[GOOD:]:
        yield write
        if write.name in LATE:
            yield reads[LATE[write.name]]


EXCHANGES = list(_in_order(_writes(), _reads()))


def _times() -> set[str]:
    sent = [e.body for e in EXCHANGES if e.method == "POST" and e.path.endswith("/lineage")]
    found = {shown(instant(time)) for text in sent for time in _event_times(text or "")}
    return {time for time in found if time}


def _event_times(text: str) -> Iterator[str]:
    try:
        time = json.loads(text)["eventTime"]
        instant(time)
    except (ValueError, TypeError, KeyError):
        return
    yield time


@pytest.fixture(scope="module")
def compared() -> list[tuple[Any, Any]]:
    """What the real one and the double answered to each request."""
    real, ours = Comparable(_times()), Comparable(_times())
    with MarquezDouble() as double:
        client = MarquezClient(double.url, "hamilton")
        return [
            (
                real.answer(one.status, one.response),
                ours.answer(*client.call(one.method, one.path, one.body)),
            )
            for one in EXCHANGES
        ]


@pytest.mark.parametrize(
    "number",
    range(len(EXCHANGES)) or [0],
    ids=[one.name for one in EXCHANGES] or ["every request"],
)
def test_the_double_answers_as_the_real_one_did(
    compared: list[tuple[Any, Any]], number: int
) -> None:
    real, ours = compared[number]
    assert ours == real


def test_every_recorded_exchange_is_replayed() -> None:
    assert len(EXCHANGES) == len(_lines("writes.ndjson")) + len(_lines("reads.ndjson"))
