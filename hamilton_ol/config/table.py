"""The table of settings: one row for each."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from hamilton_ol import parsing

if TYPE_CHECKING:
    from hamilton_ol.config.targets import TargetSpec

LEVELS = ("minimal", "standard", "full")
PROFILES = ("marquez", "generic", "datahub", "openmetadata")
GRANULARITIES = ("auto", "node", "artifact", "dag")


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
    modules: tuple[str, ...]
    config: Mapping[str, object]
    questions: Mapping[str, str]
    sensitive_tags: tuple[str, ...]
    profile: str
    targets: "tuple[TargetSpec, ...]"
    record_level: str
    send_level: str
    record_values: tuple[str, ...]
    mask: tuple[str, ...]
    sample: float
    retention_days: int
    retention_bytes: int
    exit_seconds: float
    disabled: bool
    origins: Mapping[str, str] = MappingProxyType({})
    problems: tuple[str, ...] = ()

    def value(self, name: str) -> object:
        """The value of the setting called `name`."""
        return getattr(self, name)


def no_parser(_: object) -> object:
    """For what is read in a way of its own (`targetsettings.py`)."""
    raise ValueError("what is read elsewhere")


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
        "requested output, saver and function tagged artifact), dag (one), auto (artifact for a "
        "catalogue, else node for at most 200 functions and artifact for more).",
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
        "modules",
        (),
        parsing.texts,
        "The dataflow of this project, for questions: names of modules, files and folders.",
        ("HAMILTON_OL_MODULES",),
    ),
    Setting(
        "config",
        MappingProxyType({}),
        parsing.table,
        "The config with which that dataflow is built.",
        ("HAMILTON_OL_CONFIG",),
    ),
    Setting(
        "questions",
        MappingProxyType({}),
        parsing.mapping,
        "Queries that are asked often: name to query; `$name` stands for one.",
        ("HAMILTON_OL_QUESTIONS",),
    ),
    Setting(
        "sensitive_tags",
        ("PII", "GDPR", "HIPAA"),
        parsing.texts,
        "Keys of tags that mark a result as personal data; `PII=false` does not.",
        ("HAMILTON_OL_SENSITIVE_TAGS",),
    ),
    Setting(
        "profile",
        "marquez",
        parsing.choice(*PROFILES),
        "The consumer whose rules the events follow.",
        ("HAMILTON_OL_PROFILE",),
    ),
    Setting(
        "targets",
        (),
        no_parser,
        "Where events are sent: an address, several, or a table for each target, with url or "
        "transport and what is otherwise there; else as OpenLineage's own client is configured.",
        ("HAMILTON_OL_TARGETS",),
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
        "sample",
        1.0,
        parsing.share,
        "Share of the runs that are sent, from 0 to 1: failed ones and the first of each version of "
        "a dataflow go in any case, and all are recorded.",
        ("HAMILTON_OL_SAMPLE",),
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
        "exit_seconds",
        0.4,  # taking apart what sending has loaded costs the end of the program another tenth
        parsing.seconds,
        "Seconds that the end of the program waits for events to be sent; the rest stays pending.",
        ("HAMILTON_OL_EXIT_SECONDS",),
    ),
    Setting(
        "disabled",
        False,
        parsing.flag,
        "Records nothing.",
        ("HAMILTON_OL_DISABLED", "OPENLINEAGE_DISABLED"),
    ),
)
