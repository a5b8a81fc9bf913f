"""Where targets are set, and what is wrong with them."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.config.openlineage import client_transport, has_variables
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import ARGUMENT, KEYS, read_target
from hamilton_ol.errors import SettingError
from hamilton_ol.masking import clean_url
from hamilton_ol.project import ProjectTable

VARIABLE, DEFAULT = "HAMILTON_OL_TARGETS", "default"
CLIENT = "openlineage"  # what the target of OpenLineage's own configuration is called
EXPECTED = "an address, a list of addresses, or a table of targets by their names"
HINT = 'For example targets={"marquez": {"url": "http://localhost:5000", "granularity": "dag"}}.'


class Written(NamedTuple):
    """Something that was written for targets.

    Attributes:
        origin: where.
        value: what.
        folder: where relative paths in it begin.
    """

    origin: str
    value: object
    folder: Path | None = None


class Targets(NamedTuple):
    """What became of it.

    Attributes:
        specs: the targets.
        origin: where they are set.
        problems: what is wrong with those that were left out.
    """

    specs: tuple[TargetSpec, ...] = ()
    origin: str = DEFAULT
    problems: tuple[str, ...] = ()


def read_targets(written: Written) -> Targets:
    """The targets that are written in one place; a wrong one is left out, and named.

    Raises:
        ValueError: it is nothing of the kind.
    """
    specs: list[TargetSpec] = []
    problems = []
    try:
        named = list(_named(written.value))
    except ValueError as error:
        raise ValueError(f"targets: {written.origin} holds a value, expected {error}") from None
    for name, value in named:
        try:
            found = _read(name, value, written)
        except ValueError as error:
            problems.append(f"targets.{name}: {written.origin}: {error}")
        else:
            problems += _add(specs, found)
    return Targets(tuple(specs), written.origin, tuple(problems))


def _read(name: str, value: object, written: Written) -> list[TargetSpec]:
    if isinstance(value, TargetSpec):
        return [value]
    return read_target(name, value, written.origin, folder=written.folder)


def _add(specs: list[TargetSpec], found: Sequence[TargetSpec]) -> Iterator[str]:
    """Add targets, but none that is there already; what is wrong with those."""
    for spec in found:
        same = next((one for one in specs if one.address == spec.address), None)
        where = f"targets.{spec.name}: {spec.origin}"
        if same is not None:
            yield f"{where}: target {same.name} has the same address, {spec.address}"
        elif any(one.name == spec.name for one in specs):
            yield f"{where}: another target is called so too"
        else:
            specs.append(spec)


def _named(value: object) -> Iterator[tuple[str, object]]:
    """(name, as written) of each target."""
    if isinstance(value, str):
        value = _parsed(value)
    if isinstance(value, TargetSpec):
        yield value.name, value
    elif isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        yield from [("target", value)] if _is_one(value) else value.items()
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value, 1):
            yield _name(item, number), item
    else:
        raise ValueError(EXPECTED)


def _is_one(table: Mapping[str, object]) -> bool:
    """Whether a table is a target, rather than targets by their names."""
    if "url" in table or "transport" in table:
        return True
    return any(key in KEYS and not isinstance(value, Mapping) for key, value in table.items())


def _parsed(text: str) -> object:
    """A JSON document, or addresses between blanks or commas."""
    if not text.strip():
        raise ValueError(EXPECTED)
    if not text.lstrip().startswith(("{", "[")):
        return re.split(r"[\s,]+", text.strip())
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(EXPECTED) from None


def _name(item: object, number: int) -> str:
    if isinstance(item, TargetSpec):
        return item.name
    if not isinstance(item, str):
        return f"target-{number}"
    url = clean_url(item if "://" in item else f"http://{item}")
    return url.partition("://")[2].partition("/")[0] or f"target-{number}"


# --- OpenLineage's own --------------------------------------------------------------------------


def read_client(environ: Mapping[str, str], folder: Path | None) -> Targets:
    """The targets that OpenLineage's own client is told of."""
    found = client_transport(environ, folder)
    problems = [f"targets: {found.problem}"] if found.problem else []
    if found.transport is None:
        return Targets((), found.origin or DEFAULT, tuple(problems))
    known = {value: name for name, value in environ.items() if name.startswith("OPENLINEAGE_")}
    specs: list[TargetSpec] = []
    try:
        table = {"transport": found.transport}
        problems += _add(specs, read_target(CLIENT, table, found.origin, known=known))
    except ValueError as error:
        problems.append(f"targets: {found.origin}: {error}")
    return Targets(tuple(specs), found.origin, tuple(problems))


def find_targets(
    argument: object, environ: Mapping[str, str], table: ProjectTable, folder: Path | None
) -> Targets:
    """All targets: those of the strongest place that says something of them.

    Args:
        argument: as given in code; None means not given.
        environ: environment variables.
        table: of pyproject.toml.
        folder: the current folder.

    Raises:
        SettingError: the argument means nothing.
    """
    problems: list[str] = []
    for read in _places(argument, environ, table, folder):
        try:
            found = read()
        except ValueError as error:
            found = Targets(problems=(str(error),))
        if argument is not None and found.problems:
            raise SettingError(found.problems[0], hint=HINT)
        problems += found.problems
        if found.origin != DEFAULT:
            return found._replace(problems=tuple(problems))
    return Targets(problems=tuple(problems))


def _places(
    argument: object, environ: Mapping[str, str], table: ProjectTable, folder: Path | None
) -> Iterator[Callable[[], Targets]]:
    """What reads the places where targets are set, the strongest first."""
    if argument is not None:
        yield partial(read_targets, Written(ARGUMENT, argument))
    if environ.get(VARIABLE):
        yield partial(read_targets, Written(VARIABLE, environ[VARIABLE]))
    if has_variables(environ):
        yield partial(read_client, environ, folder)
    if table.path and "targets" in table.values:
        written = Written(str(table.path), table.values["targets"], table.path.parent)
        yield partial(read_targets, written)
    if not has_variables(environ):
        yield partial(read_client, environ, folder)
