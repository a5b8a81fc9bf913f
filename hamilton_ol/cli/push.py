"""`hamilton-ol push`."""

import math
from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import (
    RUN_HELP,
    granularity_option,
    json_option,
    profile_option,
    settings_of,
    store_option,
)
from hamilton_ol.cli.progress import Progress
from hamilton_ol.cli.reading import open_reader, read_run
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.push import push
from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.records import Run

_NOTES = {
    "RUNNING": "is not finished: its events so far were sent; push it again when it is.",
    "DIED": "ended without notice, its process is gone: it was sent as aborted.",
}


def _finite(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """The value, unless it is "nan", which is within every range."""
    if math.isnan(value):
        raise click.BadParameter("'nan' is not a number of seconds.")
    return value


@click.command(
    help="Send the events of runs, in order, to Marquez or anything else that takes OpenLineage."
    f"\n\n{RUN_HELP}"
)
@click.argument("runs", nargs=-1, required=True, metavar="RUN...")
@click.option("--to", "url", required=True, help="Address, for example http://localhost:5000.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=3600),
    callback=_finite,
    default=10.0,
    show_default=True,
    help="Seconds that the target has for each answer.",
)
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
    """Send each run from its START to its end."""
    settings = settings_of(store)
    sent: list[dict[str, Any]] = []
    with HttpTransport(url, timeout) as transport:
        reader, mapper = open_reader(settings), event_mapper(settings, profile, granularity)
        for run_id in dict.fromkeys(reader.find(run) for run in runs):
            run = read_run(reader, run_id)
            count = _send(run, _events(run, mapper), transport)
            sent.append({"run_id": run_id, "job": run.started.job, "events": count})
            if not as_json:
                output.say(f"{run_id} {run.started.job}: {count} events to {transport.address}")
            if run.status in _NOTES:
                output.note(f"{run_id} {_NOTES[run.status]}")
    if as_json:
        output.print_json({"target": transport.address, "runs": sent})


def _events(run: Run, mapper: EventMapper) -> list[Event]:
    events = []
    with Progress("Preparing events") as progress:
        for event in mapper.events(run):
            events.append(event)
            progress.show(len(events))
    return events


def _send(run: Run, events: list[Event], transport: HttpTransport) -> int:
    labelled = (
        (f"{event.type} of {event.job} in run {run.run_id}", event.text) for event in events
    )
    with Progress("Sending events") as progress:
        return push(labelled, transport, lambda sent: progress.show(sent, len(events)))
