"""`hamilton-ol stamp`."""

from pathlib import Path

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import json_option, settings_of, store_option
from hamilton_ol.pipeline import open_store
from hamilton_ol.stamps import stamp_of


@click.command(help="Print the facts that tie an artifact to its lineage.")
@click.argument("run", default="latest")
@store_option
@json_option
def command(*, run: str, store: Path | None, as_json: bool) -> None:
    """Print the stamp of a run; RUN is an id, the beginning of one, or `latest`."""
    reader = open_store(settings_of(store).store, output.progress("Reading the store"))
    facts = stamp_of(reader.run(run))
    if as_json:
        output.print_json(facts)
    else:
        for name, value in facts.items():
            click.echo(f"{name}={value}")
