"""`hamilton-ol stamp`."""

from pathlib import Path

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import (
    RUN_HELP,
    json_option,
    run_argument,
    settings_of,
    store_option,
)
from hamilton_ol.cli.reading import open_reader, read_run
from hamilton_ol.stamps import stamp_of


@click.command(
    help=f"Print the facts that tie a model or a file to the run that made it.\n\n{RUN_HELP}"
)
@run_argument
@store_option
@json_option
def command(*, run: str, store: Path | None, as_json: bool) -> None:
    """Print the stamp of a run."""
    facts = stamp_of(read_run(open_reader(settings_of(store)), run))
    if as_json:
        output.print_json(facts)
    else:
        for name, value in facts.items():
            output.say(f"{name}={value}")
