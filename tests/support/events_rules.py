"""What holds for the events of every run, whatever it did."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

ENDS = frozenset({"COMPLETE", "FAIL", "ABORT"})
_NAMESPACE = re.compile(r"[a-zA-Z:;=/0-9_.@+-]{1,1024}")


def broken_rules(texts: Sequence[str]) -> list[str]:
    """Which rules the events of one run, or those told so far, break.

    Args:
        texts: the events as JSON, in order.
    """
    events = [json.loads(text) for text in texts]
    found = [*_order(events)]
    for text, event in zip(texts, events, strict=True):
        where = f"{event['eventType']} {event['job']['name']}"
        found += [f"{where}: {problem}" for problem in (*_of_text(text), *_of_event(event))]
    return found


def _order(events: list[Json]) -> Iterator[str]:
    times = [event["eventTime"] for event in events]
    if any(one >= other for one, other in pairwise(times)):
        yield f"times do not increase: {times}"
    runs: dict[str, list[str]] = {}
    for event in events:
        runs.setdefault(event["run"]["runId"], []).append(event["eventType"])
    for types in runs.values():
        if types[0] != "START" or len(types) > 2 or not ENDS.issuperset(types[1:]):
            yield f"a run is told as {types}"
    last = events[-1] if events else None
    if last and last["eventType"] in ENDS and "hamilton_run" in last["run"]["facets"]:
        yield from (f"never ended: {types}" for types in runs.values() if len(types) < 2)


def _of_text(text: str) -> Iterator[str]:
    if "\\u0000" in text:
        yield "a NUL"
    if re.search(r"\\ud[89ab]\w\w(?!\\ud[c-f])|(?<!\\ud[89ab]\w\w)\\ud[c-f]", text):
        yield "half a character"
    if not text.isascii() or "\n" in text:
        yield "not one line of ASCII"


def _of_event(event: Json) -> Iterator[str]:
    job_type = event["job"]["facets"]["jobType"]
    if not all(job_type.get(key) for key in ("processingType", "integration", "jobType")):
        yield "jobType is not whole"
    for side in ("inputs", "outputs"):
        counts = Counter((one["namespace"], one["name"]) for one in event[side])
        yield from (f"twice in {side}: {one}" for one, count in counts.items() if count > 1)
        for one in event[side]:
            yield from _of_dataset(one, event["eventType"], side)
    yield from _of_lineage(event)


def _of_dataset(one: Json, state: str, side: str) -> Iterator[str]:
    if not _NAMESPACE.fullmatch(one["namespace"]):
        yield f"namespace {one['namespace']!r}"
    if not one["name"] or "UNKNOWN" in one["name"]:
        yield f"name {one['name']!r}"
    if side == "outputs" and state in {"FAIL", "ABORT"}:
        if "facets" in one:
            yield f"an output that failed has facets: {one['name']}"
        return
    fields = one["facets"].get("schema", {}).get("fields")
    if fields is None or not all(field["type"] for field in fields):
        yield f"no whole schema: {one['name']}"


def _of_lineage(event: Json) -> Iterator[str]:
    """What a consumer would drop, because no dataset of the event has such a field."""
    known = {
        (one["namespace"], one["name"], field["name"])
        for one in event["inputs"]
        for field in one["facets"].get("schema", {}).get("fields", [])
    }
    for one in event["outputs"]:
        facets = one.get("facets", {})
        lineage = facets.get("columnLineage", {"fields": {}})
        columns = {field["name"] for field in facets.get("schema", {}).get("fields", [])}
        yield from (f"lineage of no column: {name}" for name in lineage["fields"].keys() - columns)
        refs = [ref for field in lineage["fields"].values() for ref in field["inputFields"]]
        for ref in (*refs, *lineage.get("dataset", [])):
            if (ref["namespace"], ref["name"], ref["field"]) not in known:
                yield f"lineage from nowhere: {ref}"
