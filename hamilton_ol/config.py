"""One table of settings, and the only reader of the environment.

A value comes from, in this order: an argument, an environment variable, `[tool.hamilton_ol]` of
the nearest pyproject.toml that has one, the default.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hamilton_ol.errors import SettingError

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
LEVELS = ("minimal", "standard", "full")
PROFILES = ("marquez", "generic")


@dataclass(frozen=True, slots=True)
class Setting:
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


@dataclass(frozen=True)
class Settings:
    """All settings, resolved once. `SETTINGS` says what each one does."""

    job_name: str | None
    namespace: str
    store: Path | None
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
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)
    problems: tuple[str, ...] = ()

    def value(self, name: str) -> object:
        """The value of the setting called `name`."""
        return getattr(self, name)


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ValueError("a text that is not empty")


def _path(value: object) -> Path:
    if isinstance(value, str | os.PathLike) and str(value):
        return Path(value).expanduser().absolute()
    raise ValueError("a path")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in TRUE | FALSE:
        return text in TRUE
    raise ValueError("1, true or yes; 0, false or no")


def _count(value: object) -> int:
    if not isinstance(value, bool):
        try:
            number = int(str(value).replace("_", ""))
        except ValueError:
            number = -1
        if number >= 0:
            return number
    raise ValueError("a whole number, 0 or more")


def _texts(value: object) -> tuple[str, ...]:
    items = value.split(",") if isinstance(value, str) else value
    if isinstance(items, list | tuple | set | frozenset) and all(isinstance(i, str) for i in items):
        return tuple(item.strip() for item in items if item.strip())
    raise ValueError("a list of texts (in a variable: separated by commas)")


def _mapping(value: object) -> Mapping[str, str]:
    try:
        table = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        table = None
    if isinstance(table, Mapping) and all(
        isinstance(k, str) and isinstance(v, str) for k, v in table.items()
    ):
        return MappingProxyType(dict(table))
    raise ValueError("a table of texts (in a variable: a JSON object)")


def _choice(*options: str) -> Callable[[object], str]:
    def parse(value: object) -> str:
        if isinstance(value, str) and value.strip().lower() in options:
            return value.strip().lower()
        raise ValueError("one of " + ", ".join(options))

    return parse


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "job_name",
        None,
        _text,
        "Name of the dataflow's job; else the modules' common package, else the last module.",
        ("HAMILTON_OL_JOB_NAME",),
    ),
    Setting(
        "namespace",
        "hamilton",
        _text,
        "Namespace of the jobs.",
        ("HAMILTON_OL_NAMESPACE", "OPENLINEAGE_NAMESPACE"),
    ),
    Setting(
        "store",
        None,
        _path,
        "Folder for recorded runs; else .hamilton_ol in the project, else the user's data folder.",
        ("HAMILTON_OL_STORE", "HAMILTON_OL_HOME"),
    ),
    Setting(
        "source_namespace",
        None,
        _text,
        "Namespace of datasets that only a tag names; else the namespace of the jobs.",
        ("HAMILTON_OL_SOURCE_NAMESPACE",),
    ),
    Setting(
        "sources",
        MappingProxyType({}),
        _mapping,
        "What a source really is: tag value, location or node to URI, so that it joins.",
        ("HAMILTON_OL_SOURCES",),
    ),
    Setting(
        "profile",
        "marquez",
        _choice(*PROFILES),
        "The consumer whose rules the events follow.",
        ("HAMILTON_OL_PROFILE",),
    ),
    Setting(
        "record_level",
        "standard",
        _choice(*LEVELS),
        "What is stored: minimal (names, types, tags), standard (also places, counts, source "
        "text, open values), full (also every value that does not look secret).",
        ("HAMILTON_OL_RECORD_LEVEL",),
    ),
    Setting(
        "send_level",
        "standard",
        _choice(*LEVELS),
        "What is sent: minimal (names, types, tags), standard (also places, counts, open "
        "values), full (also source text).",
        ("HAMILTON_OL_SEND_LEVEL",),
    ),
    Setting(
        "record_values",
        (),
        _texts,
        "Config keys and inputs whose values are stored although they are not in the open.",
        ("HAMILTON_OL_RECORD_VALUES",),
    ),
    Setting(
        "mask",
        (),
        _texts,
        "More words that make a key secret, besides password, token and their like.",
        ("HAMILTON_OL_MASK",),
    ),
    Setting(
        "retention_days",
        90,
        _count,
        "Days after which a recorded run is removed; 0 keeps it for ever.",
        ("HAMILTON_OL_RETENTION_DAYS",),
    ),
    Setting(
        "retention_bytes",
        1 << 30,
        _count,
        "Bytes that the recorded runs may take, the oldest go first; 0 is no limit.",
        ("HAMILTON_OL_RETENTION_BYTES",),
    ),
    Setting(
        "disabled",
        False,
        _flag,
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
    table, found_in, problem = _project_table(folder)
    problems = [problem] if problem else []
    variables = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for setting in SETTINGS:
        for origin, written in _candidates(setting, arguments or {}, variables, table, found_in):
            try:
                values[setting.name], origins[setting.name] = setting.parse(written), origin
            except ValueError as error:
                text = f"{setting.name}: {origin} holds {written!r}, expected {error}"
                if origin == "argument":
                    raise SettingError(text, hint=setting.doc) from error
                problems.append(text)
            else:
                break
        else:
            values[setting.name], origins[setting.name] = setting.default, "default"
    return Settings(**values, origins=MappingProxyType(origins), problems=tuple(problems))


def _candidates(
    setting: Setting,
    arguments: Mapping[str, object],
    environ: Mapping[str, str],
    table: Mapping[str, object],
    found_in: str,
) -> list[tuple[str, object]]:
    """Where a value for the setting is written, the strongest first: [(origin, as written)]."""
    found: list[tuple[str, object]] = []
    if arguments.get(setting.name) is not None:
        found.append(("argument", arguments[setting.name]))
    found += [(name, environ[name]) for name in setting.variables if environ.get(name)]
    if setting.name in table:
        found.append((found_in, table[setting.name]))
    return found


def _project_table(folder: Path | None) -> tuple[Mapping[str, object], str, str]:
    """`[tool.hamilton_ol]` of the nearest pyproject.toml: (table, path, problem)."""
    try:
        start = (folder or Path.cwd()).absolute()
        for parent in (start, *start.parents):
            path = parent / "pyproject.toml"
            if path.is_file():
                table = _read_table(path)
                if table is not None:
                    return table, str(path), ""
    except (OSError, ValueError) as error:
        return {}, "", f"pyproject.toml cannot be read: {error}"
    return {}, "", ""


def _read_table(path: Path) -> Mapping[str, object] | None:
    import tomllib  # noqa: PLC0415 - only where there is a pyproject.toml

    document = tomllib.loads(path.read_text(encoding="utf-8"))
    table = document.get("tool", {}).get("hamilton_ol")
    return table if isinstance(table, dict) else None


def environment() -> Mapping[str, str]:
    """The process's environment variables, for the few who look for names that they cannot know."""
    return os.environ


def project_root(folder: Path | None = None) -> Path | None:
    """The nearest folder, upwards, with a pyproject.toml or a .git; None when there is none."""
    start = (folder or Path.cwd()).absolute()
    for parent in (start, *start.parents):
        if (parent / "pyproject.toml").is_file() or (parent / ".git").exists():
            return parent
    return None
