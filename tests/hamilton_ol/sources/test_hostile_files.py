"""Files that were made to harm: what they hold is capped or named, and nothing of it is done."""

import gzip
import json
import math
import os
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.errors import DataflowError, GraphError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources import eventfiles, loading
from hamilton_ol.sources.loading import load
from tests.support.foreign import dataset, event, ndjson, schema

MB = 1 << 20
#: A gigabyte of nothing in a megabyte: packed files may follow each other.
BOMB = gzip.compress(bytes(MB)) * 1000


def graph(path: Path, kind: str = "events:") -> LineageGraph:
    return load(f"{kind}{path}", settings=resolve({}, environ={}))


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """What is done takes no more memory at any time."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * MB
    finally:
        tracemalloc.stop()


def test_a_line_of_a_gigabyte_is_left_out_and_never_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eventfiles, "LONGEST_LINE", 4 * MB)
    path = tmp_path / "e.ndjson"
    with path.open("wb") as file:
        file.seek(1 << 30)
        file.write(b"\n" + ndjson(event("after")))
    with at_most(16):
        found = graph(path)
    assert [node.name for node in found.nodes] == ["after"]
    assert found.problems == (f"{path}, line 1: longer than 4 MB, left out",)


@pytest.mark.parametrize("first", [b"", b"[\n", ndjson(event("before")), b'{"torn\n'])
def test_a_packed_file_is_not_unpacked_without_end(
    tmp_path: Path, first: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eventfiles, "MOST_UNPACKED", 8 * MB)
    monkeypatch.setattr(eventfiles, "LARGEST_RATIO", 5)
    monkeypatch.setattr(eventfiles, "LONGEST_LINE", MB)
    monkeypatch.setattr(eventfiles, "LARGEST_DOCUMENT", 16 * MB)
    path = tmp_path / "e.gz"
    path.write_bytes(gzip.compress(first) + BOMB)
    with at_most(64):
        found = graph(path)
    assert [node.name for node in found.nodes] == (["before"] if b"before" in first else [])
    assert found.problems[-1].endswith("it unpacks to more than 8 MB")


def test_what_is_well_packed_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "e.gz"
    path.write_bytes(gzip.compress(ndjson(*[event("again")] * 20_000)))
    assert graph(path).problems == ()


def test_of_a_folder_without_end_the_first_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eventfiles, "MOST_FILES", 20)
    for number in range(50):
        (tmp_path / f"{number}.json").write_bytes(ndjson(event(f"job{number}")))
    found = graph(tmp_path)
    assert len(found) == 20
    assert found.problems == (f"{tmp_path}: has more than 20 files, the others are left out",)


def test_links_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "e.json").write_bytes(ndjson(event("once")))
    (tmp_path / "inner" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.json").symlink_to(tmp_path / "self.json")
    os.mkfifo(tmp_path / "pipe.json")
    found = graph(tmp_path)
    assert (set(found), found.problems) == ({"job:etl:once"}, ())


@pytest.mark.parametrize("kind", ["events:", "stamp:", ""])
def test_what_never_ends_is_no_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    with pytest.raises(DataflowError, match="it is no file"):
        graph(path, kind)


def test_a_graph_that_is_too_large_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "LARGEST", 1000)
    path = tmp_path / "graph.json"
    path.write_bytes(b" " * 1001)
    with pytest.raises(DataflowError, match="has more than"):
        graph(path, "")


NODE: dict[str, Any] = {"id": "a", "name": "a", "kind": "function"}


BAD: list[Any] = [7, None, [], {}]


def wrong(**fields: list[Any]) -> list[dict[str, Any]]:
    """A graph's document for each of some wrong values of a field."""
    return [{field: bad} for field, bads in fields.items() for bad in bads]


@pytest.mark.parametrize(
    "content",
    [
        *([], 7, None, "graph"),
        *wrong(nodes=[7, {}, {"a": 1}, [7], [None], [[]], [{}]]),
        *wrong(nodes=[[NODE | one] for one in wrong(id=BAD, name=BAD, kind=BAD)]),
        *({"nodes": [NODE]} | one for one in wrong(edges=[7, [7], [[]], [{"origin": "a"}]])),
        {"nodes": [NODE], "edges": [{"origin": "a", "target": "nowhere", "kind": "argument"}]},
        {"nodes": [NODE, NODE]},
    ],
    ids=json.dumps,
)
def test_a_graph_of_wrong_types_is_a_clear_error(tmp_path: Path, content: object) -> None:
    whole = LineageGraph([], []).to_json()
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(whole | content if isinstance(content, dict) else content))
    with pytest.raises(GraphError):
        graph(path, "")


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-1e999", "1e999", "9" * 400, "9" * 5000, "true", '"1"']
)
def test_numbers_that_nobody_can_reckon_with_are_none(tmp_path: Path, number: str) -> None:
    node = {"name": "a", "kind": "function", "durationMs": "NUMBER"}
    facets = {"hamilton_run": {"config": []}, "hamilton_nodes": {"nodes": [node]}}
    statistics = {"outputFacets": {"outputStatistics": {"rowCount": "NUMBER"}}}
    told = [
        event("flow", run_facets=facets),
        event("job", outputs=[{**dataset("clean"), **statistics}]),
    ]
    path = tmp_path / "e.ndjson"
    path.write_bytes(ndjson(*told).replace(b'"NUMBER"', number.encode()))
    found = graph(path)
    assert {node.seconds for node in found.nodes} == {None} or not found.ids
    assert {node.rows for node in found.nodes} == {None} or not found.ids
    assert json.dumps(found.to_json(), allow_nan=False)


NAMES = [
    "<b onclick=x>&amp;</b>",
    "\x1b]0;title\x07\x1b[2J",
    "a\u202eb\u0000",
    "'; drop table x --",
]


@pytest.mark.parametrize("name", NAMES)
def test_markup_and_control_characters_are_text_wherever_they_stand(
    tmp_path: Path, name: str
) -> None:
    facets = {
        "schema": schema(**{name: name}),
        "tags": {"tags": [{"key": name, "value": name}]},
        "ownership": {"owners": [{"name": name}]},
        "documentation": {"description": name},
    }
    path = tmp_path / "e.ndjson"
    path.write_bytes(ndjson(event(name, outputs=[dataset(name, name, **facets)])))
    table = next(node for node in graph(path).nodes if node.kind == "sink")
    assert (table.name, table.namespace, table.doc) == (name, name, name)
    assert (table.columns, table.owners) == (((name, name),), (name,))
    assert dict(table.tags) == {name: name}


def test_nothing_is_opened_because_a_file_names_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_bytes(ndjson(event("secret")))
    places = {"sourceCodeLocation": {"url": f"file://{secret}", "path": str(secret)}}
    link = {"_schemaURL": f"file://{secret}", "$ref": f"file://{secret}"}
    path = tmp_path / "e.ndjson"
    path.write_bytes(ndjson(event("load", job_facets=places | {"documentation": link})))
    assert {node.name for node in graph(path).nodes} == {"load"}


def test_a_name_within_a_name_within_a_name_ends(tmp_path: Path) -> None:
    field: dict[str, Any] = {"name": "x", "type": "struct"}
    for _ in range(300):
        field = {"name": "x", "type": "struct", "fields": [field]}
    path = tmp_path / "e.ndjson"
    path.write_bytes(ndjson(event("load", outputs=[dataset("t", schema={"fields": [field]})])))
    columns = next(node.columns for node in graph(path).nodes if node.kind == "sink")
    assert len(columns) == 9
    assert math.prod(len(name) for name, _ in columns)
