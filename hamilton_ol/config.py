"""One table of settings, and the only reader of the environment.

A value comes from, in this order: an argument, an environment variable, `[tool.hamilton_ol]` of
the nearest pyproject.toml that has one, the default.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from hamilton_ol import parsing
from hamilton_ol.errors import SettingError
from hamilton_ol.project import ProjectTable, read_table

LEVELS = ("minimal", "standard", "full")
PROFILES = ("marquez", "generic")
GRANULARITIES = ("auto", "node", "artifact", "dag")
ARGUMENT = "argument"
LONGEST = 80  # characters of a wrong value that are repeated


class Setting(NamedTuple):
    """One row of the table.

    Attributes:
        name: the key in pyproject.toml, and the attribute of `Settings`.
        default: its value when nobody says anything.
        parse: turns what was written into a value, or raises ValueError with what was expected.
        doc: what it does, one sentence.
        variables: environment variables that set it, the first one that is set wins.
    """

    name: str
    default: object
    parse: Callable[[object], object]
    doc: str
    variables: tuple[str, ...] = ()


class Settings(NamedTuple):
    """All settings, resolved once. `SETTINGS` says what each one does."""

    job_name: str | None
    namespace: str
    store: Path | None
    granularity: str
    source_namespace: str | None
    sources: Mapping[str, str]
    profile: str
    record_level: str
    send_level: str
    record_values: tuple[str, ...]
    mask: tuple[str, ...]
    retention_days: int
    retention_bytes: int
    disabled: bool
    origins: Mapping[str, str] = MappingProxyType({})
    problems: tuple[str, ...] = ()

    def value(self, name: str) -> object:
        """The value of the setting called `name`."""
        return getattr(self, name)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "job_name",
        None,
        parsing.text,
        "Name of the dataflow's job; else the modules' common package, else the last module.",
        ("HAMILTON_OL_JOB_NAME",),
    ),
    Setting(
        "namespace",
        "hamilton",
        parsing.text,
        "Namespace of the jobs.",
        ("HAMILTON_OL_NAMESPACE", "OPENLINEAGE_NAMESPACE"),
    ),
    Setting(
        "store",
        None,
        parsing.path,
        "Folder for recorded runs; else .hamilton_ol in the project, else the user's data folder.",
        ("HAMILTON_OL_STORE", "HAMILTON_OL_HOME"),
    ),
    Setting(
        "granularity",
        "auto",
        parsing.choice(*GRANULARITIES),
        "How many jobs a run becomes: node (one for each function), artifact (one for each "
        "requested output, saver and function tagged artifact), dag (one), auto (node for at most "
        "200 functions, else artifact).",
        ("HAMILTON_OL_GRANULARITY",),
    ),
    Setting(
        "source_namespace",
        None,
        parsing.text,
        "Namespace of datasets that only a tag names; else the namespace of the jobs.",
        ("HAMILTON_OL_SOURCE_NAMESPACE",),
    ),
    Setting(
        "sources",
        MappingProxyType({}),
        parsing.mapping,
        "What a source really is: tag value, location or node to URI, so that it joins.",
        ("HAMILTON_OL_SOURCES",),
    ),
    Setting(
        "profile",
        "marquez",
        parsing.choice(*PROFILES),
        "The consumer whose rules the events follow.",
        ("HAMILTON_OL_PROFILE",),
    ),
    Setting(
        "record_level",
        "standard",
        parsing.choice(*LEVELS),
        "What is stored: minimal (names, types, tags), standard (also places, counts, source "
        "text, open values), full (also every value that does not look secret).",
        ("HAMILTON_OL_RECORD_LEVEL",),
    ),
    Setting(
        "send_level",
        "standard",
        parsing.choice(*LEVELS),
        "What is sent: minimal (names, types, tags), standard (also places, counts, open "
        "values), full (also source text).",
        ("HAMILTON_OL_SEND_LEVEL",),
    ),
    Setting(
        "record_values",
        (),
        parsing.texts,
        "Config keys and inputs whose values are stored although they are not in the open.",
        ("HAMILTON_OL_RECORD_VALUES",),
    ),
    Setting(
        "mask",
        (),
        parsing.texts,
        "More words that make a key secret, besides password, token and their like.",
        ("HAMILTON_OL_MASK",),
    ),
    Setting(
        "retention_days",
        90,
        parsing.count,
        "Days after which a recorded run is removed; 0 keeps it for ever.",
        ("HAMILTON_OL_RETENTION_DAYS",),
    ),
    Setting(
        "retention_bytes",
        1 << 30,
        parsing.count,
        "Bytes that the recorded runs may take, the oldest go first; 0 is no limit.",
        ("HAMILTON_OL_RETENTION_BYTES",),
    ),
    Setting(
        "disabled",
        False,
        parsing.flag,
        "Records nothing.",
        ("HAMILTON_OL_DISABLED", "OPENLINEAGE_DISABLED"),
    ),
)


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
    problems += _unknown(table)
    return Settings(**values, origins=MappingProxyType(origins), problems=tuple(problems))


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
