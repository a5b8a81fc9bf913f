"""From what was recorded to events on disk, beside what the OpenLineage client takes to write them."""

import statistics
import time
from pathlib import Path

from openlineage.client import OpenLineageClient, event_v2
from openlineage.client.transport.file import FileConfig, FileTransport

from benchmarks import adapters, flows
from benchmarks.peerevents import event_like
from benchmarks.rows import Row
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.mapping.options import Options
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all

RUNS, COUNT = 20, 1000
PEER_EVENTS = 2000


def rows() -> list[Row]:
    """Events a second: read, mapped and written, to events built and emitted by the client."""
    adapters.clean()
    dr = flows.build(flows.module(COUNT), adapters.ours())
    for _ in range(RUNS):
        dr.execute(flows.last_layer(COUNT), inputs={"seed": 1})
    flush_all(60)
    ours, size = zip(*[_map_all() for _ in range(5)], strict=True)
    peer = statistics.median(_emit_all() for _ in range(5))
    mine = statistics.median(ours)
    return [
        Row(
            f"records to events on disk, {size[0]:.0f} bytes each",
            f"{peer:,.0f} a second (client, file)",
            f"{mine:,.0f} a second ({mine / peer:.0f}x)",
            "10x the client",
            mine >= 10 * peer,
        )
    ]


def _map_all() -> tuple[float, float]:
    """(events a second, bytes an event) for all recorded runs."""
    path = flows.FOLDER / "events.ndjson"
    begin, count = time.perf_counter(), 0
    reader, mapper = StoreReader(adapters.STORE), EventMapper(Options())
    with path.open("w", encoding="utf-8") as file:
        for summary in reader.runs():
            for event in mapper.events(reader.run(summary.run_id)):
                file.write(event.text + "\n")
                count += 1
    taken = time.perf_counter() - begin
    return count / taken, path.stat().st_size / count


def _emit_all() -> float:
    """Events a second of the client with events of about the same content."""
    path = Path(flows.FOLDER) / "peer.ndjson"
    path.unlink(missing_ok=True)
    transport = FileTransport(FileConfig(log_file_path=str(path), append=True))
    client = OpenLineageClient(transport=transport)
    begin = time.perf_counter()
    for number in range(PEER_EVENTS):
        event: event_v2.RunEvent = event_like(number)
        client.emit(event)
    return PEER_EVENTS / (time.perf_counter() - begin)
