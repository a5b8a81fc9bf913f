"""A graph of 100,000 nodes from files of events: another producer's, and our own of many runs.

The other producer is made up: jobs of SQL with a START and a COMPLETE, the facets that such events
have, and more than a gigabyte of text in all. Beside it stands what it takes to read the same
lines with `json` alone, which is where it would begin whoever does it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks import adapters, flows
from benchmarks.rows import Row
from benchmarks.speed import Promise, slowness
from hamilton_ol.config import resolve
from hamilton_ol.pipeline import event_mapper, open_store
from hamilton_ol.store.writers import flush_all

JOBS, SOURCES, COLUMNS = 48_000, 10_000, 12
RUNS, FUNCTIONS = 20, 1000
FOLDER, MOST = flows.FOLDER / "events", 10  # seconds
_PRODUCER = "https://example.org/warehouse/2.1"
_BEGIN = datetime(2026, 3, 4, tzinfo=UTC)
_CHILD = """
import json, re, sys, time
from pathlib import Path
from hamilton_ol.config import resolve
from hamilton_ol.sources.loading import load

begin = time.process_time()
if sys.argv[1] == "json":
    with open(sys.argv[2], "rb") as file:
        for line in file:
            json.loads(line)
    found = 0
else:
    found = len(load(f"events:{sys.argv[2]}", settings=resolve({}, environ={})))
taken = time.process_time() - begin
status = Path("/proc/self/status").read_text()
print(found, taken, int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) / 1024)
"""


def rows() -> list[Row]:
    """Seconds and memory of each, of a process that does nothing else."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    others, own = FOLDER / "others.ndjson", FOLDER / "own.ndjson"
    _write(str(others), map(json.dumps, _events()))
    _write(str(own), _own_events())
    found = [_row("another producer's", str(others), 100_000), _row("our own", str(own), FUNCTIONS)]
    for path in (others, own):
        path.unlink()
    return found


def _row(whose: str, path: str, least: int) -> Row:
    slow = slowness()
    _, bare, _ = _child("json", path)
    count, taken, memory = _child("load", path)
    assert count >= least
    with open(path, "rb") as file:  # noqa: PTH123
        events = sum(1 for _ in file)
        size = file.tell() / 1e6
    row = Promise(MOST, slow).row(
        f"{count:,.0f} nodes from {events:,} events of {whose}, {size:,.0f} MB",
        f"{bare:.1f} s (json alone)",
        f"{taken:.1f} s ({taken / bare:.1f}x), {memory:,.0f} MB of memory",
        taken,
        more=" and 1 GB",
    )
    return replace(row, met=row.met and memory <= 1024)


def _child(what: str, path: str) -> tuple[float, float, float]:
    command = [sys.executable, "-c", _CHILD, what, path]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    return float(told[0]), float(told[1]), float(told[2])


def _write(path: str, lines: Iterator[str]) -> None:
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.writelines(f"{line}\n" for line in lines)


# --- another producer ----------------------------------------------------------------------------


def _events() -> Iterator[dict[str, Any]]:
    """Each job makes a table of two earlier ones."""
    for number in range(JOBS):
        made = SOURCES + number
        taken = [number * 7919 % made, made - 1 - number % 50]
        for kind in ("START", "COMPLETE"):
            yield _event(number, kind, taken, made)


def _event(number: int, kind: str, taken: list[int], made: int) -> dict[str, Any]:
    moment = _BEGIN + timedelta(milliseconds=number * 700 + (kind == "COMPLETE") * 350)
    is_end = kind == "COMPLETE"
    run = f"{number:08x}-0000-7000-8000-{made:012x}"
    output = _dataset(made, is_end=is_end) | {"outputFacets": _statistics(number)}
    if is_end:
        output["facets"]["columnLineage"] = _facet("ColumnLineage", fields=_lineage(taken))
    return {
        "eventTime": moment.isoformat().replace("+00:00", "Z"),
        "eventType": kind,
        "producer": _PRODUCER,
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": run, "facets": _run_facets()},
        "job": {"namespace": "warehouse", "name": _job(number), "facets": _job_facets(number)},
        "inputs": [_dataset(one, is_end=is_end) for one in taken],
        "outputs": [output],
    }


def _facet(kind: str, **fields: Any) -> dict[str, Any]:
    url = f"https://openlineage.io/spec/facets/1-0-0/{kind}DatasetFacet.json#/$defs/{kind}"
    return {"_producer": _PRODUCER, "_schemaURL": url, **fields}


def _job(number: int) -> str:
    return f"shop.marts.area_{number % 97}.table_{number}"


def _dataset(number: int, *, is_end: bool) -> dict[str, Any]:
    place = f"shop.area_{number % 97}.table_{number}"
    facets = {"dataSource": _facet("Datasource", name="warehouse", uri="postgres://db:5432")}
    if is_end:
        fields = [
            {"name": f"column_{n}", "type": ("text", "int8", "timestamp")[n % 3]}
            for n in range(COLUMNS)
        ]
        text = f"Table {number} of the shop, made every night from what came in the day before."
        facets["schema"] = _facet("Schema", fields=fields)
        facets["documentation"] = _facet("Documentation", description=text)
    return {"namespace": "postgres://db:5432", "name": place, "facets": facets}


def _lineage(taken: list[int]) -> dict[str, Any]:
    how = [{"type": "DIRECT", "subtype": "IDENTITY", "description": "", "masking": False}]
    return {
        f"column_{n}": {
            "inputFields": [
                {
                    "namespace": "postgres://db:5432",
                    "name": f"shop.area_{one % 97}.table_{one}",
                    "field": f"column_{n}",
                    "transformations": how,
                }
                for one in taken
            ]
        }
        for n in range(COLUMNS)
    }


def _statistics(number: int) -> dict[str, Any]:
    return {"outputStatistics": _facet("OutputStatistics", rowCount=number, size=number * 100)}


def _run_facets() -> dict[str, Any]:
    parent = {
        "run": {"runId": "00000000-0000-7000-8000-000000000000"},
        "job": {"namespace": "warehouse", "name": "nightly"},
    }
    return {
        "parent": _facet("Parent", **parent),
        "processing_engine": _facet("ProcessingEngine", name="sql", version="16.2"),
        "environment": _facet("Environment", variables={f"V{n}": "x" * 40 for n in range(10)}),
    }


def _job_facets(number: int) -> dict[str, Any]:
    columns = ", ".join(f"a.column_{n}" for n in range(COLUMNS))
    query = f"select {columns} from a join b on a.column_0 = b.column_0 where a.n < {number}"
    kind = {"processingType": "BATCH", "integration": "SQL", "jobType": "MODEL"}
    return {
        "jobType": _facet("JobType", **kind),
        "sql": _facet("SQL", query=query, dialect="postgres"),
        "ownership": _facet("Ownership", owners=[{"name": f"team:{number % 30}", "type": "OWNER"}]),
    }


# --- our own -------------------------------------------------------------------------------------


def _own_events() -> Iterator[str]:
    """Of runs of a dataflow, each function a job."""
    adapters.clean()
    dr = flows.build(flows.module(FUNCTIONS), adapters.ours())
    for _ in range(RUNS):
        dr.execute(flows.last_layer(FUNCTIONS), inputs={"seed": 1})
    flush_all(60)
    reader = open_store(adapters.STORE)
    mapper = event_mapper(resolve({}), granularity="node")
    for summary in reader.runs():
        yield from (event.text for event in mapper.events(reader.run(summary.run_id)))
