"""`hamilton-explorer [SOURCE ...]`: opens a window on a dataflow."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from explorer_app.desktop import install
from explorer_app.loading.early import early

INSTALL = 'pip install "hamilton-ol[explorer]"'
LARGEST = 16_384  # px of a side
THEMES = click.Choice(["light", "dark"])


def _size(_context: click.Context, _option: click.Parameter, text: str) -> tuple[int, int]:
    wide, _, high = text.lower().partition("x")
    sides = [int(side) for side in (wide, high) if side.isdigit()]
    if not (len(sides) == len((wide, high)) and 0 < min(sides) <= max(sides) <= LARGEST):
        raise click.BadParameter("it is written as 1440x900")
    return sides[0], sides[1]


def _install(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:  # noqa: FBT001 - as click calls it
    if not is_asked:
        return
    try:
        for path in install():
            click.echo(f"Wrote {path}")
    except OSError as error:
        click.echo(f"Error: {error}\nHint: XDG_DATA_HOME names the folder.", err=True)
        context.exit(2)
    context.exit(0)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--select", "query", default="", help="The question to open with: +model, age..model."
)
@click.option("--store", default="", help="Folder of recorded runs; by default the project's.")
@click.option("--theme", type=THEMES, help="By default as the system.")
@click.option("--trust", is_flag=True, help="The code of the sources may run; do not ask.")
@click.option("--screenshot", type=click.Path(path_type=Path), help="Draw into a PNG and exit.")
@click.option("--size", default="1440x900", callback=_size, help="Of the window, px.")
@click.option(
    "--install-desktop",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_install,
    help="Put it into the menu of the desktop, and exit.",
)
def command(**options: Any) -> None:
    """Explore a dataflow.

    SOURCE is a file or folder of Python, module:NAME, git:REVISION, run:ID, run:latest, store,
    stamp:FILE, events:FILE, marquez:URL#NAMESPACE, or a graph in a .json file.
    """
    if find_spec("PySide6") is None:
        click.echo(f"Error: The explorer needs PySide6\nHint: {INSTALL}", err=True)
        sys.exit(2)
    processes = early(*(options[name] for name in ("sources", "query", "store")))
    from explorer_app.qt.application import Wanted, run  # noqa: PLC0415 - it may not be installed

    sys.exit(run(Wanted(**options), processes))


def main() -> None:
    """Run it."""
    command(prog_name="hamilton-explorer")


if __name__ == "__main__":
    main()
