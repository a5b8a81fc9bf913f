"""The oracle of events: OpenLineage's own classes say the same as the mapping's text.

`classes_say(text)` rebuilds an event with the classes of openlineage-python, field by field with
the types that they declare, and gives what their serialiser makes of it.
"""
# ruff: noqa: N815 - the names in events are what they are

import functools
import importlib
import json
import pkgutil
import types
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import attr
from openlineage.client import event_v2, facet_v2, generated
from openlineage.client.serde import Serde

OWN = "https://raw.githubusercontent.com/hamilton-ol/hamilton-ol/main/schemas"


class _Own(facet_v2.RunFacet):
    @classmethod
    def _get_schema(cls) -> str:
        return f"{OWN}/{cls.__name__}/1-0-0.json#/$defs/{cls.__name__}"


@attr.define
class HamiltonNodeRunFacet(_Own):
    node: str
    kind: str | None = None
    type: str | None = None
    code: str | None = None
    folded: list[str] | None = None
    tasks: dict[str, int] | None = None
    capped: list[str] | None = None
    sentinelPossible: bool | None = None
    unnamedSource: bool | None = None
    leftOut: list[str] | None = None


@attr.define
class NodeTag:
    key: str
    value: str


@attr.define
class NodeRow:
    name: str
    kind: str
    type: str
    dependencies: list[str]
    owner: str | None = None
    tags: list[NodeTag] | None = None
    module: str | None = None
    status: str | None = None
    durationMs: float | None = None
    rows: int | None = None


@attr.define
class HamiltonNodesRunFacet(_Own):
    nodes: list[NodeRow]
    leftOutNodes: int | None = None


@attr.define
class Revision:
    commit: str
    dirty: bool


@attr.define
class HamiltonRunFacet(_Own):
    requested: list[str]
    fingerprint: str | None = None
    inputs: list[str] | None = None
    overrides: list[str] | None = None
    config: list[str] | None = None
    configHash: str | None = None
    revision: Revision | None = None
    python: str | None = None
    packages: dict[str, str] | None = None
    problems: dict[str, int] | None = None
    capped: list[str] | None = None
    leftOut: list[str] | None = None


OWN_FACETS: tuple[type, ...] = (HamiltonNodeRunFacet, HamiltonNodesRunFacet, HamiltonRunFacet)


def classes_say(text: str) -> Any:
    """What OpenLineage's classes say of an event.

    Args:
        text: the event, JSON.

    Raises:
        TypeError: a facet has a field that its class does not know, or of another type.
        ValueError: as the classes' own validators.
    """
    return json.loads(Serde.to_json(_event(json.loads(text))))


def differences(texts: list[str]) -> list[str]:
    """The events of which the classes say anything else."""
    return [text for text in texts if classes_say(text) != json.loads(text)]


@functools.cache
def _facet_classes() -> dict[str, type]:
    """{name: class} of every facet of the standard, and ours."""
    modules = [
        importlib.import_module(f"{generated.__name__}.{module.name}")
        for module in pkgutil.iter_modules(generated.__path__)
    ]
    known = [kind for module in modules for kind in vars(module).values() if attr.has(kind)]
    return {kind.__name__: kind for kind in (*known, *OWN_FACETS) if kind.__name__[-5:] == "Facet"}


def _event(fields: dict[str, Any]) -> event_v2.RunEvent:
    run, job = dict(fields.pop("run")), dict(fields.pop("job"))
    event = event_v2.RunEvent(
        eventTime=fields.pop("eventTime"),
        eventType=event_v2.RunState(fields.pop("eventType")),
        producer=fields.pop("producer"),
        run=event_v2.Run(run.pop("runId"), facets=_facets(run)),
        job=event_v2.Job(job.pop("namespace"), job.pop("name"), facets=_facets(job)),
        inputs=[_dataset(event_v2.InputDataset, one) for one in fields.pop("inputs")],
        outputs=[_dataset(event_v2.OutputDataset, one) for one in fields.pop("outputs")],
    )
    assert fields.pop("schemaURL") == event.schemaURL
    unknown = [*fields, *run, *job]
    assert unknown == []
    return event


def _dataset(kind: Any, fields: dict[str, Any]) -> Any:
    more = "inputFacets" if kind is event_v2.InputDataset else "outputFacets"
    facets = {key: _facets(fields, key) for key in ("facets", more)}
    found = kind(fields.pop("namespace"), fields.pop("name"), **facets)
    assert list(fields) == []
    return found


def _facets(of: dict[str, Any], key: str = "facets") -> Any:
    found = of.pop(key, None)
    return None if found is None else {name: _facet(fields) for name, fields in found.items()}


def _facet(fields: dict[str, Any]) -> Any:
    url = fields.pop("_schemaURL")
    kind = _facet_classes()[url.rpartition("/")[2]]
    found = _object(kind, fields)
    assert found._schemaURL == url, f"{url} is not {found._schemaURL}"
    return found


def _object(kind: type, fields: dict[str, Any]) -> Any:
    hints = _hints(kind)
    given = {name.lstrip("_"): _value(hints[name], value) for name, value in fields.items()}
    return kind(**dict.fromkeys(_empty_by_default(kind)) | given)


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@functools.cache
def _empty_by_default(kind: Any) -> tuple[str, ...]:
    """Fields that the classes write as `{}` or `[]` unless they are told not to."""
    found = (f for f in attr.fields(kind) if f.init)
    return tuple(f.name for f in found if type(f.default).__name__ == "Factory")


def _value(hint: Any, value: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        hint = next(a for a in arguments if a is not type(None))
        return _value(hint, value)
    if origin is list:
        return [_value(arguments[0], item) for item in value]
    if origin is dict:
        return {key: _value(arguments[1], item) for key, item in value.items()}
    if attr.has(hint):
        return _object(hint, value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if hint is Any:
        return value
    wanted = (int, float) if hint is float else hint
    if not isinstance(value, wanted) or (isinstance(value, bool) and hint is not bool):
        raise TypeError(f"{value!r} is no {hint}")
    return value
