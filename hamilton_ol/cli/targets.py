"""Which targets a command means."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import target_of
from hamilton_ol.errors import SettingError

F = TypeVar("F", bound=Callable[..., Any])

_HOW = (
    "Give one with --to, for example --to http://localhost:5000, or set one: in pyproject.toml "
    '[tool.hamilton_ol.targets.marquez] url = "http://localhost:5000", or OPENLINEAGE_URL.'
)


def to_option(function: F) -> F:
    """`--to`."""
    return click.option(
        "--to",
        "wanted",
        multiple=True,
        metavar="TARGET",
        help="Address, for example http://localhost:5000, or the name of a target that is set; may "
        "be given several times. By default all targets that are set.",
    )(function)


def targets_of(settings: Settings, wanted: tuple[str, ...]) -> tuple[TargetSpec, ...]:
    """The targets that are meant, each once: by name or address, or all that are set.

    Raises:
        SettingError: none is set, or what is given means nothing.
    """
    found = [_one(settings, text) for text in wanted] if wanted else settings.targets
    if not found:
        raise SettingError("No target is given, and none is set", hint=_HOW)
    return tuple({spec.address: spec for spec in found}.values())


def _one(settings: Settings, text: str) -> TargetSpec:
    """A target; an address of one that is set means that one, unless it says who we are."""
    named = next((spec for spec in settings.targets if spec.name == text), None)
    if named is not None:
        return named
    given = target_of(text)
    known = (spec for spec in settings.targets if spec.address == given.address)
    return given if "@" in text else next(known, given)
