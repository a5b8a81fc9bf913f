"""`hamilton-ol runs`."""

from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import json_option, settings_of, store_option
from hamilton_ol.cli.reading import open_reader
from hamilton_ol.store.reader import RunSummary

SHORT = 8  # characters of an id that are enough for a person
STATUSES = ("succeeded", "failed", "aborted", "died", "running")


@click.command(help="List recorded runs, the newest first.")
@click.option("--limit", "-n", type=click.IntRange(min=0), default=20, show_default=True)
@click.option("--job", help="Only runs of this job.")
@click.option(
    "--status",
    type=click.Choice(STATUSES, case_sensitive=False),
    help="Only runs that ended so, or have not ended.",
)
@store_option
@json_option
def command(
    *, limit: int, job: str | None, status: str | None, store: Path | None, as_json: bool
) -> None:
    """Print the list."""
    reader = open_reader(settings_of(store))
    runs = reader.runs()
    found = [
        run
        for run in runs
        if (job is None or run.job == job) and (status is None or run.status == status.upper())
    ]
    shown = found[:limit] if limit else found
    if as_json:
        output.print_json([_document(run) for run in shown])
    elif shown:
        columns = ("run", "job", "status", "started", "took", "nodes", "requested")
        output.print_table(columns, [_row(run) for run in shown])
    if not shown:
        told = "No recorded run is like that" if runs else "No run is recorded yet"
        output.note(f"{told} ({reader.root}).")
    if len(found) > len(shown):
        output.note(f"{len(found) - len(shown)} older runs are not shown (--limit 0 shows all).")


def _row(run: RunSummary) -> tuple[str, ...]:
    failed = f", {run.failed} failed" if run.failed else ""
    return (
        run.run_id[:SHORT],
        run.job,
        run.status,
        output.local_time(run.started),
        output.duration(run.started, run.ended),
        f"{run.nodes}{failed}",
        ", ".join(run.requested),
    )


def _document(run: RunSummary) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "job": run.job,
        "namespace": run.namespace,
        "status": run.status,
        "started": output.utc_time(run.started),
        "ended": output.utc_time(run.ended),
        "nodes": run.nodes,
        "failed": run.failed,
        "requested": list(run.requested),
        "parent": run.parent or None,
    }
