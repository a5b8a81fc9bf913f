"""`hamilton-ol config`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import json_option, store_option
from hamilton_ol.config import SETTINGS, Settings, resolve
from hamilton_ol.masking import Masker, clean_url
from hamilton_ol.store.location import candidates


@click.command(help="Show every setting, its value and where it comes from.")
@store_option
@json_option
def command(*, store: Path | None, as_json: bool) -> None:
    """Print the table of settings."""
    settings = resolve({"store": store})
    rows = [_row(settings, setting.name) for setting in SETTINGS]
    if as_json:
        docs = {s.name: {"does": s.doc, "variables": list(s.variables)} for s in SETTINGS}
        document = {
            name: {"value": value, "origin": origin, **docs[name]} for name, value, origin in rows
        }
        output.print_json({"settings": document, "problems": list(settings.problems)})
    else:
        shown = [(name, _shown(value), origin) for name, value, origin in rows]
        output.print_table(("setting", "value", "from"), shown)
    for problem in settings.problems:
        output.note(f"Left out: {problem}")


def _row(settings: Settings, name: str) -> tuple[str, Any, str]:
    value = settings.value(name)
    if name == "store" and value is None:
        value = next(candidates(None))
    if name == "targets":
        return name, {spec.name: spec.address for spec in settings.targets}, settings.origins[name]
    if name == "config":
        return name, _masked(settings), settings.origins[name]
    if isinstance(value, Path):
        value = str(value)
    if isinstance(value, Mapping):  # of addresses, which may hold passwords
        value = {key: clean_url(item) if "://" in item else item for key, item in value.items()}
    if isinstance(value, tuple):
        value = list(value)
    return name, value, settings.origins[name]


def _masked(settings: Settings) -> dict[str, str]:
    """The config of the dataflow, which may hold passwords."""
    masker = Masker(settings.mask)
    return {key: masker.kept(key, str(value)) for key, value in settings.config.items()}


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} = {item}" for key, item in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
