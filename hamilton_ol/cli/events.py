"""`hamilton-ol events`."""

import json
from pathlib import Path

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import (
    granularity_option,
    json_option,
    profile_option,
    settings_of,
    store_option,
)
from hamilton_ol.pipeline import events_of, open_store


@click.command(help="Print the OpenLineage events of a run, exactly as they would be sent.")
@click.argument("run", default="latest")
@granularity_option
@profile_option
@store_option
@json_option
def command(
    *, run: str, granularity: str, profile: str | None, store: Path | None, as_json: bool
) -> None:
    """Print one event a line, or with --json one array."""
    settings = settings_of(store)
    found = open_store(settings.store, output.progress("Reading the store")).run(run)
    events = events_of(found, settings, profile, granularity)
    if as_json:
        output.print_json([json.loads(event.text) for event in events])
    else:
        for event in events:
            click.echo(event.text)
    if found.status == "RUNNING":
        output.note("The run is not finished: these are its events so far.")
    if found.status == "DIED":
        output.note("The process of this run is gone, so the run ends in ABORT.")
