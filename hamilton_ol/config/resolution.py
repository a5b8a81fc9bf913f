"""Where the value of each setting comes from."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hamilton_ol import parsing
from hamilton_ol.config.openlineage import find_file, has_variables
from hamilton_ol.config.table import SETTINGS, Setting, Settings, no_parser
from hamilton_ol.errors import SettingError
from hamilton_ol.project import ProjectTable, read_table

ARGUMENT = "argument"
LONGEST = 80  # characters of a wrong value that are repeated


def resolve(
    arguments: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Resolve all settings.

    A value of the environment or of pyproject.toml that means nothing is left out and named in
    `Settings.problems`: a typo there must not stop anybody's run.

    Args:
        arguments: values given in code; None means not given.
        environ: the environment variables; by default the process's own.
        folder: where the search for pyproject.toml begins; by default the current folder.

    Raises:
        SettingError: an argument has a value that means nothing.
    """
    table = read_table(folder)
    problems = [table.problem] if table.problem else []
    variables = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for setting in SETTINGS:
        if setting.parse is no_parser:
            continue
        for origin, written in _candidates(setting, arguments or {}, variables, table):
            try:
                values[setting.name], origins[setting.name] = setting.parse(written), origin
            except ValueError as error:
                text = f"{setting.name}: {origin} holds {_shown(written)}, expected {error}"
                if origin == ARGUMENT:
                    raise SettingError(text, hint=setting.doc) from error
                problems.append(text)
            else:
                break
        else:
            values[setting.name], origins[setting.name] = setting.default, "default"
    targets = _targets((arguments or {}).get("targets"), variables, table, folder)
    values["targets"], origins["targets"] = targets[:2]
    problems += (*targets[2], *_unknown(table))
    return Settings(**values, origins=MappingProxyType(origins), problems=tuple(problems))


def _targets(
    argument: object, environ: Mapping[str, str], table: ProjectTable, folder: Path | None
) -> tuple[Any, str, tuple[str, ...]]:
    """(targets, origin, problems); their code is loaded only where anything is said of them."""
    is_said = (
        argument is not None or environ.get("HAMILTON_OL_TARGETS") or "targets" in table.values
    )
    if not (is_said or has_variables(environ) or find_file(environ, folder)):
        return (), "default", ()
    from hamilton_ol.config.targetsettings import find_targets  # noqa: PLC0415

    return find_targets(argument, environ, table, folder)


def _candidates(
    setting: Setting,
    arguments: Mapping[str, object],
    environ: Mapping[str, str],
    table: ProjectTable,
) -> list[tuple[str, object]]:
    """Where a value for the setting is written, the strongest first: [(origin, as written)]."""
    found: list[tuple[str, object]] = []
    if arguments.get(setting.name) is not None:
        found.append((ARGUMENT, arguments[setting.name]))
    found += [(name, environ[name]) for name in setting.variables if environ.get(name)]
    if setting.name in table.values:
        found.append((str(table.path), _anchored(setting, table)))
    return found


def _anchored(setting: Setting, table: ProjectTable) -> object:
    """A path in pyproject.toml starts at that file, wherever the program is started."""
    value = table.values[setting.name]
    is_relative = isinstance(value, str) and value != "" and not value.startswith("~")
    if setting.parse is parsing.path and is_relative and table.path is not None:
        return table.path.parent / value
    return value


def _unknown(table: ProjectTable) -> Iterator[str]:
    """What is wrong with each key of the table that is no setting."""
    names = [setting.name for setting in SETTINGS]
    for key in table.values:
        if key not in names:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a typo

            near = "".join(f"; is {n} meant?" for n in get_close_matches(key, names, 1))
            yield f"{key}: {table.path} has it, but there is no such setting{near}"


def _shown(written: object) -> str:
    """What was written, as far as it is short and can hold no password."""
    text = repr(written)
    return "a value" if len(text) > LONGEST or "://" in text or "@" in text else text


def environment() -> Mapping[str, str]:
    """The process's environment variables, for the few who look for names that they cannot know."""
    return os.environ
