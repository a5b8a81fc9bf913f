"""Options that several commands have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from hamilton_ol.config import PROFILES, Settings, resolve
from hamilton_ol.errors import SettingError

F = TypeVar("F", bound=Callable[..., Any])


#: What RUN means, for the help of each command that takes one.
RUN_HELP = (
    "RUN is the id of a run, the beginning of one, or `latest`; `hamilton-ol runs` lists them."
)


def run_argument(function: F) -> F:
    """`RUN`, by default the newest."""
    return click.argument("run", default="latest")(function)


def json_option(function: F) -> F:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")(
        function
    )


def store_option(function: F) -> F:
    """`--store`."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        help="Folder of recorded runs; by default that of this project.",
    )(function)


def profile_option(function: F) -> F:
    """`--profile`."""
    return click.option(
        "--profile",
        type=click.Choice(PROFILES),
        help="The consumer whose rules the events follow.",
    )(function)


def granularity_option(function: F) -> F:
    """`--granularity`."""
    return click.option(
        "--granularity",
        type=click.Choice(["node"]),
        default="node",
        show_default=True,
        help="One job for each function and one for the dataflow.",
    )(function)


def settings_of(store: Path | None = None) -> Settings:
    """The settings; a value that means nothing stops a command, because nothing would be lost.

    Raises:
        SettingError: a variable or pyproject.toml holds a value that means nothing.
    """
    settings = resolve({"store": store})
    if settings.problems:
        text = "\n".join(settings.problems)
        raise SettingError(text, hint="`hamilton-ol config` shows all settings.")
    return settings
