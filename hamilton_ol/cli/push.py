"""`hamilton-ol push`."""

from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import (
    granularity_option,
    json_option,
    profile_option,
    settings_of,
    store_option,
)
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.push import push
from hamilton_ol.mapping.events import Event
from hamilton_ol.pipeline import events_of, open_store
from hamilton_ol.records import Run


@click.command(help="Send the events of runs to Marquez or any OpenLineage target, in order.")
@click.argument("runs", nargs=-1, required=True, metavar="RUN...")
@click.option("--to", "url", required=True, help="For example http://localhost:5000.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=10.0, show_default=True)
@granularity_option
@profile_option
@store_option
@json_option
def command(
    *,
    runs: tuple[str, ...],
    url: str,
    timeout: float,
    granularity: str,
    profile: str | None,
    store: Path | None,
    as_json: bool,
) -> None:
    """Send each run from its START to its end; RUN is an id, the beginning of one, or `latest`."""
    settings = settings_of(store)
    reader = open_store(settings.store, output.progress("Reading the store"))
    found = [reader.run(run) for run in dict.fromkeys(runs)]
    with HttpTransport(url, timeout) as transport:
        done = [
            _send(run, list(events_of(run, settings, profile, granularity)), transport)
            for run in found
        ]
    if as_json:
        output.print_json({"target": transport.address, "runs": done})
        return
    for row in done:
        click.echo(f"{row['run_id']} {row['job']}: {row['events']} events to {transport.address}")


def _send(run: Run, events: list[Event], transport: HttpTransport) -> dict[str, Any]:
    bar = output.progress(f"Sending {run.started.job}")
    count = push(
        ((f"{event.type} of {event.job}", event.text) for event in events),
        transport,
        lambda sent: bar(sent, len(events)),
    )
    if run.status == "RUNNING":
        output.note(f"{run.run_id} is not finished: its events so far were sent.")
    return {"run_id": run.run_id, "job": run.started.job, "events": count}
