"""`hamilton-ol env`."""

import shlex
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
from hamilton_ol.parents import environment_of
from hamilton_ol.pipeline import parent_of_children


@click.command(
    help="Print the variables that make a run the parent of dbt, Spark or another dataflow."
    '\n\nIn a shell: eval "$(hamilton-ol env RUN)"; what is started then names RUN as its parent.'
    f"\n\n{RUN_HELP}"
)
@run_argument
@click.option("--node", help="Make the run of this node's job the parent, not the whole run.")
@store_option
@json_option
def command(*, run: str, node: str | None, store: Path | None, as_json: bool) -> None:
    """Print `OPENLINEAGE_*` for child processes."""
    parent = parent_of_children(read_run(open_reader(settings_of(store)), run), node)
    variables = environment_of(parent)
    if as_json:
        output.print_json(variables)
    else:
        for name, value in variables.items():
            output.say(f"export {name}={shlex.quote(value)}")
    if "/" in parent.namespace or "/" in parent.job:
        output.note(
            "The namespace or the job has a slash: dbt before OPENLINEAGE_CONTEXT was known to it "
            "(OpenLineage 1.52) cannot read OPENLINEAGE_PARENT_ID."
        )
