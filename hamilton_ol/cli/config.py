"""`hamilton-ol config`."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import json_option, store_option
from hamilton_ol.config import SETTINGS, Settings, resolve
from hamilton_ol.config.secret import Secret, SecretTable, SecretUrl
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.masking import MASK, Masker, clean_url
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
        output.print_table(("setting", "value", "from"), [*_lines(rows)])
    for problem in settings.problems:
        output.note(f"Left out: {problem}")


def _row(settings: Settings, name: str) -> tuple[str, Any, str]:
    value = settings.value(name)
    if name == "store" and value is None:
        value = next(candidates(None))
    if name == "targets":
        value = [_target(spec) for spec in settings.targets]
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


def _target(spec: TargetSpec) -> dict[str, Any]:
    """What is set of a target; of what is secret only where it is kept."""
    told: dict[str, Any] = {"name": spec.name, "address": spec.address, "origin": spec.origin}
    for field in fields(spec):
        value = getattr(spec, field.name)
        if field.name not in told and field.name not in _IN_ADDRESS and value != field.default:
            told[field.name] = _told(value)
    return told


_IN_ADDRESS = ("url", "transport")


def _told(value: Any) -> Any:
    if isinstance(value, SecretTable):
        return value.keys
    if isinstance(value, SecretUrl):
        return value.place
    if isinstance(value, Secret):
        return value.place if value.variable or value.file else MASK
    return str(value) if isinstance(value, Path) else value


def _lines(rows: list[tuple[str, Any, str]]) -> Iterator[tuple[str, str, str]]:
    """(setting, value, origin) as they stand in the table; each target has a line of its own."""
    for name, value, origin in rows:
        if name != "targets":
            yield name, _shown(value), origin
            continue
        yield name, _shown([target["name"] for target in value]), origin
        for target in value:
            more = [f"{key} {_shown(item)}" for key, item in target.items() if key not in _NAMES]
            yield (
                f"targets.{target['name']}",
                ", ".join([target["address"], *more]),
                target["origin"],
            )


_NAMES = ("name", "address", "origin")


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} = {item}" for key, item in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)
