"""`hamilton-ol explore`: opens the explorer, which is a program of its own."""

import importlib.util
import subprocess
import sys

import click

from hamilton_ol.errors import MissingExtraError

INSTALL = 'pip install "hamilton-ol[explorer]"'


@click.command(
    help="Open a dataflow in the explorer, point and click.\n\nTakes what `hamilton-explorer` takes: "
    "sources, --select QUERY, --screenshot FILE, --size 1440x900, --theme dark, --trust, --store.",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[SOURCE]...")
def command(*, words: tuple[str, ...]) -> None:
    """Start it, and end as it ends."""
    if importlib.util.find_spec("PySide6") is None:
        raise MissingExtraError("The explorer needs PySide6", hint=INSTALL)
    done = subprocess.run([sys.executable, "-m", "explorer_app", *words], check=False)
    sys.exit(done.returncode)
