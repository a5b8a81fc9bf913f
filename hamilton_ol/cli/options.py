"""Options that several commands have."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from hamilton_ol.cli.output import note
from hamilton_ol.config import GRANULARITIES, PROFILES, Settings, resolve
from hamilton_ol.errors import SettingError

F = TypeVar("F", bound=Callable[..., Any])


#: What RUN means, for the help of each command that takes one.
RUN_HELP = (
    "RUN is the id of a run, the beginning of one, or `latest`; `hamilton-ol runs` lists them."
)


#: What a person is told whose dataflow has too many functions for a job each.
COARSE = (
    "The dataflow has more than 200 functions, so only its artifacts are jobs: requested outputs, "
    "savers and functions tagged artifact. `--granularity node` makes a job of each function."
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
        type=click.Choice(GRANULARITIES),
        help="How many jobs a run becomes: node: one for each function. artifact: one for each "
        "requested output, saver and function tagged artifact. dag: one. auto: node for at most "
        "200 functions, else artifact.",
    )(function)


def timeout_option(function: F) -> F:
    """`--timeout`."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0.1, max=3600),
        callback=_finite,
        help="Seconds that the target has for each answer.",
    )(function)


def _finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """The value, unless it is "nan", which is within every range."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("'nan' is not a number of seconds.")
    return value


def settings_of(store: Path | None = None) -> Settings:
    """The settings; a value that means nothing stops a command, because nothing would be lost.

    A target that means nothing is only told of: it may be set for others, as OpenLineage's
    variables are, and a command that sends nothing needs none.

    Raises:
        SettingError: a variable or pyproject.toml holds a value that means nothing.
    """
    settings = resolve({"store": store})
    about_targets = [
        text for text in settings.problems if text.startswith(("targets:", "targets."))
    ]
    for text in about_targets:
        note(f"Left out: {text}")
    _refuse([text for text in settings.problems if text not in about_targets])
    return settings


def settings_to_send(store: Path | None = None) -> Settings:
    """The settings of a command that sends, which must not leave out a target.

    Raises:
        SettingError: anything means nothing.
    """
    settings = resolve({"store": store})
    _refuse(settings.problems)
    return settings


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise SettingError("\n".join(problems), hint="`hamilton-ol config` shows all settings.")
