"""Recorded runs as rows: when, of what, how they ended, how long they took."""

from collections.abc import Sequence
from typing import NamedTuple

from explorer_app.model.words import ago, moment, seconds
from hamilton_ol.graph.runs import RunFacts
from hamilton_ol.graph.scene.kinds import STATUSES
from hamilton_ol.store.reader import RunSummary

HEADINGS = ("Run", "Status", "Started", "Took", "Job", "Nodes", "Requested")
NANO = 1e9


class RunRow(NamedTuple):
    """One run.

    Attributes:
        run_id: its id.
        cells: a text for each of HEADINGS.
        values: what each column is sorted by.
        status: a word of `scene.words.STATUSES`.
        job: that it is of.
    """

    run_id: str
    cells: tuple[str, ...]
    values: tuple[str | float, ...]
    status: str
    job: str = ""


def run_rows(runs: Sequence[RunSummary], now: float) -> list[RunRow]:
    """A row for each run; `now` in seconds since the epoch."""
    return [_row(run, now) for run in runs]


def rows_of_facts(runs: Sequence[RunFacts], now: float) -> list[RunRow]:
    """The same of runs that are no store's."""
    return [_row(_summary(run), now) for run in runs]


def _summary(run: RunFacts) -> RunSummary:
    failed = sum(one.status == "FAILED" for one in run.executions.values())
    times, count = (run.started, run.ended), len(run.executions)
    return RunSummary(run.run_id, run.job, "", (), run.status, *times, count, failed, "")


def _row(run: RunSummary, now: float) -> RunRow:
    started, took = run.started / NANO, max(run.ended - run.started, 0) / NANO
    requested = ", ".join(run.requested)
    texts = (
        run.run_id[:8],
        run.status.lower(),
        f"{moment(started, now)}, {ago(started, now)}",
        seconds(took) if run.ended else "",
        run.job,
        f"{run.nodes:,}{f', {run.failed:,} failed' if run.failed else ''}",
        requested,
    )
    values = (run.run_id, run.status, started, took, run.job, run.nodes, requested)
    return RunRow(run.run_id, texts, values, STATUSES.get(run.status, ""), run.job)
