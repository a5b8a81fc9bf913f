"""Our own facets are what their schemas say, and say all that these describe."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from hamilton_ol.mapping.facets import PRODUCER, SCHEMAS
from hamilton_ol.mapping.runfacets import MOST_NODES
from hamilton_ol.records import DatasetAccess, Revision, Run, Value
from tests.support.events import Json
from tests.support.official import ROOT
from tests.support.runs import failed, graph, node, one, ran, run, table
from tests.support.runs_random import History, histories, texts

KEYS = {
    "hamilton_node": "HamiltonNodeRunFacet",
    "hamilton_nodes": "HamiltonNodesRunFacet",
    "hamilton_run": "HamiltonRunFacet",
}


def document(name: str) -> Json:
    url = SCHEMAS[name].partition("#")[0]
    path = ROOT / "schemas" / url.partition("/main/schemas/")[2]
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


def own_part(name: str) -> Json:
    """What a facet has besides what every facet has."""
    base, own = document(name)["$defs"][name]["allOf"]
    assert base["$ref"].endswith("#/$defs/RunFacet")
    part: Json = copy.deepcopy(own)
    return part


def closed(schema: Json) -> Json:
    """The schema with nothing allowed that it does not describe."""
    if "properties" in schema:
        schema["additionalProperties"] = False
        for part in schema["properties"].values():
            closed(part)
    if "items" in schema:
        closed(schema["items"])
    return schema


def strict(name: str) -> Draft202012Validator:
    schema = closed(own_part(name))
    schema["properties"] |= {"_producer": {"type": "string"}, "_schemaURL": {"type": "string"}}
    return Draft202012Validator(schema)


STRICT = {key: strict(name) for key, name in KEYS.items()}


def own_facets(found: list[str]) -> Iterator[tuple[str, Json]]:
    for text in found:
        for key, facet in json.loads(text)["run"]["facets"].items():
            if key in KEYS:
                yield key, facet


def undescribed(found: list[str]) -> list[str]:
    return [
        f"{key}: {error.message}"
        for key, facet in own_facets(found)
        for error in STRICT[key].iter_errors(facet)
    ]


@pytest.mark.parametrize("name", KEYS.values())
def test_a_schema_is_where_its_url_says(name: str) -> None:
    url = SCHEMAS[name]
    assert document(name)["$id"] == url.partition("#")[0]
    assert url.endswith(f"/{name}/1-0-0.json#/$defs/{name}")
    (key,) = document(name)["properties"]
    assert KEYS[key] == name


@settings(max_examples=50, deadline=None)
@given(histories())
def test_the_schemas_describe_all_that_is_emitted(history: History) -> None:
    assert undescribed(texts(history.whole)) == []


def everything() -> Iterator[Run]:
    """Runs that make use of every part of our facets."""
    context = {
        "inputs": {"i": Value("int")},
        "config_hash": "h1:0",
        "revision": Revision("c" * 40, dirty=True),
        "python": "3.11.0",
        "packages": {"pandas": "3.0"},
    }
    loads = node("x.load", owner="x", kind="loader")
    wide = table(**{f"c{number}": "int64" for number in range(101)})
    nodes = [
        ran("w", 1, 2, schema=wide, rows=3),
        ran("x.load", 1, 2),
        ran("x", 3, 4, type="NoneType"),
    ]
    source = node("w", tags={"source": "prod.w", "PII": "true"}, module="flow")
    record = graph(source, loads, node("x", "x.load", "w", code="0" * 16), sentinel="none")
    tasks = [node if node.node == "w" else _in_task(node) for node in nodes]
    yield run(record, *tasks, context=context, problems={"p": 1})
    many = graph(*(node(f"n{number}", documentation="d" * 300_000) for number in range(1)))
    yield run(many, ran("n0", 1, 2))
    long = graph(*(node(f"n{number}" + "x" * 300, owner="n0") for number in range(MOST_NODES + 1)))
    yield run(long, failed("n0", 1, 2), status="FAILED", requested=("n0",))
    huge = graph(*(node(f"n{number}") for number in range(MOST_NODES + 1)))
    yield run(huge, ran("n0", 1, 2, schema=one("int")), requested=("n0",))


def _in_task(node: Any) -> Any:
    return ran(node.node, 3, 4, type=node.type, task="t", schema=node.schema)


def _described(schema: Json, prefix: str) -> Iterator[str]:
    for key, part in schema.get("properties", {}).items():
        yield f"{prefix}.{key}"
        yield from _described(part, f"{prefix}.{key}")
        yield from _described(part.get("items", {}), f"{prefix}.{key}")


def _said(value: Any, prefix: str) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            for key, part in item.items():
                yield f"{prefix}.{key}"
                yield from _said(part, f"{prefix}.{key}")


def test_all_that_the_schemas_describe_is_emitted() -> None:
    runs = [(each, how) for each in everything() for how in ("node", "artifact", "dag")]
    found = [text for each, how in runs for text in texts(each, granularity=how)]
    assert undescribed(found) == []
    said = {path for key, facet in own_facets(found) for path in _said(facet, key)}
    described = {path for key, name in KEYS.items() for path in _described(own_part(name), key)}
    assert described - said == set()


def test_a_source_that_was_read_without_a_name_is_described() -> None:
    record = graph(node("x", "x.load"), node("x.load", owner="x", kind="loader"))
    access = DatasetAccess("x.load", "read")
    nodes = ran("x.load", 1, 2), ran("x", 2, 3)
    assert undescribed(texts(run(record, *nodes, accesses=(access,)))) == []


def test_every_facet_names_its_producer_by_version() -> None:
    found = [json.loads(text) for text in texts(run(graph(node("x")), ran("x", 1, 2)))]
    assert PRODUCER.startswith("https://github.com/hamilton-ol/hamilton-ol/tree/v")
    for event in found:
        assert event["producer"] == PRODUCER
        facets = [*event["run"]["facets"].values(), *event["job"]["facets"].values()]
        assert {facet["_producer"] for facet in facets} == {PRODUCER}
