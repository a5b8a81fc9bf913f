"""Readers and a writer at once, on one store."""

import threading
from pathlib import Path

from hamilton_ol.store.reader import StoreReader
from tests.support.stores import LIVING, header, run_lines, segment

NODES = [f"n{number}" for number in range(300)]
DATA = "".join([header(LIVING), *run_lines(nodes=NODES)]).encode()
BEGUN = 700  # bytes, with the line that says that the run began


class Reader(threading.Thread):
    """Reads the run again and again, until it is written.

    Attributes:
        seen: number of nodes, each time.
        problem: what stopped it.
    """

    def __init__(self, store: Path, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self._store, self._over = store, over
        self.seen: list[int] = []
        self.problem: Exception | None = None

    def run(self) -> None:
        is_last = False
        while not is_last and self.problem is None:
            is_last = self._over.is_set()
            try:
                self.seen.append(len(StoreReader(self._store).run("latest").nodes))
            except Exception as error:
                self.problem = error


def test_readers_see_more_and_more_of_what_a_writer_writes(store: Path) -> None:
    path, over = segment(store, DATA[:BEGUN]), threading.Event()
    readers = [Reader(store, over), Reader(store, over)]
    for reader in readers:
        reader.start()
    with path.open("ab", buffering=0) as file:
        for start in range(BEGUN, len(DATA), 97):  # no respect for lines
            file.write(DATA[start : start + 97])
    over.set()
    for reader in readers:
        reader.join(60)
        assert reader.problem is None
        assert reader.seen == sorted(reader.seen)
        assert reader.seen[-1] == len(NODES)
    assert [found.name for found in store.iterdir() if found.suffix == ".part"] == []
