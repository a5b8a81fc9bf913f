"""From what was recorded to events on disk, beside what the OpenLineage client takes to write them.

Each in processes of its own, as the command line does it, in turn.
"""

import statistics
import subprocess
import sys

from benchmarks import adapters, flows
from benchmarks.rows import Row
from hamilton_ol.store.writers import flush_all

RUNS, COUNT, ROUNDS = 20, 1000, 5
_OURS = """
import sys, time
from pathlib import Path
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.mapping.options import Options
from hamilton_ol.store.reader import StoreReader

begin, count, path = time.perf_counter(), 0, Path(sys.argv[2])
reader, mapper = StoreReader(Path(sys.argv[1])), EventMapper(Options())
with path.open("w", encoding="utf-8") as file:
    for summary in reader.runs():
        for event in mapper.events(reader.run(summary.run_id)):
            file.write(event.text + "\\n")
            count += 1
print(count / (time.perf_counter() - begin), path.stat().st_size / count)
"""


def rows() -> list[Row]:
    """Events a second: read, mapped and written, to events built and emitted by the client."""
    adapters.clean()
    dr = flows.build(flows.module(COUNT), adapters.ours())
    for _ in range(RUNS):
        dr.execute(flows.last_layer(COUNT), inputs={"seed": 1})
    flush_all(60)
    mine = ["-c", _OURS, str(adapters.STORE), str(flows.FOLDER / "events.ndjson")]
    found = [(_figures(mine), _figures(["-m", "benchmarks.peerevents"])) for _ in range(ROUNDS)]
    (ours, size), (peer, peer_size) = map(_median, zip(*found, strict=True))
    return [
        Row(
            f"records to events on disk, {size:,.0f} bytes each",
            f"{peer:,.0f} a second (client, file, {peer_size:,.0f} bytes each)",
            f"{ours:,.0f} a second ({ours / peer:.1f}x)",
            "10x the client",
            ours >= 10 * peer,
        )
    ]


def _figures(arguments: list[str]) -> tuple[float, float]:
    """(events a second, bytes an event) that a child prints."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    speed, size = done.stdout.split()
    return float(speed), float(size)


def _median(found: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    return statistics.median(one[0] for one in found), found[0][1]
