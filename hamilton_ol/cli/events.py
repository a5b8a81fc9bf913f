"""`hamilton-ol events`."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import (
    COARSE,
    RUN_HELP,
    granularity_option,
    json_option,
    profile_option,
    run_argument,
    settings_of,
    store_option,
)
from hamilton_ol.cli.progress import Progress
from hamilton_ol.cli.reading import open_reader, read_run
from hamilton_ol.mapping.events import Event
from hamilton_ol.pipeline import event_mapper


@click.command(
    help="Print the OpenLineage events of a run, exactly as they would be sent: one a line, as "
    f"JSON. OpenLineage is the format in which lineage tools talk to each other.\n\n{RUN_HELP}"
)
@run_argument
@granularity_option
@profile_option
@store_option
@json_option
def command(
    *, run: str, granularity: str | None, profile: str | None, store: Path | None, as_json: bool
) -> None:
    """Print one event a line, or with --json one array."""
    settings = settings_of(store)
    found = read_run(open_reader(settings), run)
    mapper = event_mapper(settings, profile, granularity)
    texts = _texts(mapper.events(found))
    if as_json:
        output.print_json([json.loads(text) for text in texts])
    else:
        for text in texts:  # printable ASCII, whatever is in it
            click.echo(text)
    if mapper.is_coarse_by_size(found):
        output.note(COARSE)
    if found.status == "RUNNING":
        output.note("The run is not finished: these are its events so far.")
    if found.status == "DIED":
        output.note("The process of this run is gone, so the run ends in ABORT.")


def _texts(events: Iterable[Event]) -> Iterator[str]:
    """Their texts, with a count on the terminal where they go elsewhere."""
    if output.is_terminal(sys.stdout):
        yield from (event.text for event in events)
        return
    with Progress("Writing events") as progress:
        for count, event in enumerate(events, 1):
            progress.show(count)
            yield event.text
