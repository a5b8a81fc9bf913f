"""Reads recorded runs back, whatever state their process left them in."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hamilton_ol.errors import AmbiguousRunError, RunNotFoundError
from hamilton_ol.records import Run
from hamilton_ol.store.assembly import Assembly
from hamilton_ol.store.index import Index, RunEntry, is_told, load, parse, read_lines
from hamilton_ol.store.liveness import is_alive
from hamilton_ol.store.location import SEGMENTS

LATEST = "latest"
MOST_CANDIDATES = 10

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A row in the list of runs.

    Attributes:
        run_id: Hamilton's id.
        job, namespace: of the run.
        requested: outputs.
        status: SUCCEEDED, FAILED, ABORTED, RUNNING or DIED.
        started, ended: nanoseconds since the epoch; `ended` is 0 while it is not known.
        nodes, failed: how many nodes ended, and failed.
        parent: the run that it is a part of, or an empty text.
    """

    run_id: str
    job: str
    namespace: str
    requested: tuple[str, ...]
    status: str
    started: int
    ended: int
    nodes: int
    failed: int
    parent: str


class StoreReader:
    """One store, for reading.

    Args:
        root: its folder.
        progress: called while segments are read, with bytes done and bytes in all.
        now: seconds since the epoch.
        index: what is known of its segments; by default all of them are looked at.
    """

    def __init__(
        self,
        root: Path,
        progress: Progress = lambda _done, _all: None,
        now: Callable[[], float] = time.time,
        index: Index | None = None,
    ) -> None:
        self.root, self._now = root, now
        self._index: Index = load(root, progress) if index is None else index
        self._kept: dict[str, Any] = {}

    def runs(self) -> list[RunSummary]:
        """All runs, the newest first."""
        merged: dict[str, RunEntry] = {}
        for entry in self._index.values():
            for run_id, run in entry.runs.items():
                merged[run_id] = _merge(merged[run_id], run) if run_id in merged else run
        summaries = [
            _summary(run_id, run, run.status or self._open_status(run_id))
            for run_id, run in merged.items()
            if run.started
        ]
        return sorted(summaries, key=lambda s: (s.started, s.run_id), reverse=True)

    def find(self, reference: str) -> str:
        """The id of the run that an id, a prefix of one, or `latest` means.

        Raises:
            RunNotFoundError: there is none.
            AmbiguousRunError: there are several.
        """
        if self._has(reference):  # as whoever goes through all runs asks: without looking at all
            return reference
        runs = self.runs()
        if not runs:
            raise RunNotFoundError(
                f"No run is recorded in {self.root}",
                hint="Run a dataflow with OpenLineageHook, or `hamilton-ol demo`.",
            )
        wanted = reference.strip().lower()
        if wanted == LATEST:
            return runs[0].run_id
        found = [run.run_id for run in runs if run.run_id.lower().startswith(wanted)]
        exact = [run_id for run_id in found if run_id.lower() == wanted]
        if exact or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise RunNotFoundError(
                f"No recorded run begins with {reference!r}",
                hint="`hamilton-ol runs` lists them; `latest` means the newest.",
            )
        raise AmbiguousRunError(
            f"{len(found)} recorded runs begin with {reference!r}",
            candidates=found[:MOST_CANDIDATES],
            hint="Give more of the id.",
        )

    def _has(self, run_id: str) -> bool:
        """Whether a run with exactly this id began."""
        found = (entry.runs.get(run_id) for entry in self._index.values())
        return any(run is not None and run.started for run in found)

    def run(self, reference: str) -> Run:
        """All that is known of one run.

        Raises:
            RunNotFoundError, AmbiguousRunError: as `find`.
            StoreError: a part of the store cannot be read.
        """
        return self.read(self.find(reference))

    def read(self, run_id: str, breathe: Callable[[], None] = lambda: None) -> Run:
        """All that is known of one run, by its id.

        Args:
            run_id: of a run that is in the index.
            breathe: called between any two lines.

        Raises:
            StoreError: a part of the store cannot be read.
        """
        assembly = Assembly(run_id, self.root, self._kept)
        for fields in self._lines(run_id):
            assembly.take(fields)
            breathe()
        return assembly.run(is_alive=self._is_alive(run_id), breathe=breathe)

    def _lines(self, run_id: str) -> Iterator[dict[str, Any] | None]:
        """The lines that name a run, and those that its lines may refer to; None for one that is torn.

        The last of a segment may not be whole yet, and is left out while it is not.
        """
        wanted = run_id.encode()
        for name, entry in self._index.items():
            path = self.root / SEGMENTS / name
            for data in read_lines(path, entry.spans(run_id)) if run_id in entry.runs else ():
                if is_told(data, wanted):
                    fields = parse(data, path)
                    if fields is not None or data.endswith(b"\n"):
                        yield fields

    def _open_status(self, run_id: str) -> str:
        """The status of a run whose end was not written."""
        return "RUNNING" if self._is_alive(run_id) else "DIED"

    def _is_alive(self, run_id: str) -> bool:
        """Whether the process that began the run still runs."""
        for name, entry in self._index.items():
            if run_id in entry.runs and entry.runs[run_id].started:
                try:
                    touched = (self.root / SEGMENTS / name).stat().st_mtime
                except OSError:
                    continue
                if is_alive(entry.process, touched, self._now()):
                    return True
        return False


def _merge(one: RunEntry, other: RunEntry) -> RunEntry:
    """What two segments say of a run: a worker's tells only of nodes."""
    main, more = (one, other) if one.started else (other, one)
    return replace(
        main,
        nodes=one.nodes + other.nodes,
        failed=one.failed + other.failed,
        status=main.status or more.status,
        ended=main.ended or more.ended,
    )


def _summary(run_id: str, run: RunEntry, status: str) -> RunSummary:
    return RunSummary(
        run_id,
        run.job,
        run.namespace,
        run.requested,
        status,
        run.started,
        run.ended,
        run.nodes,
        run.failed,
        run.parent,
    )
