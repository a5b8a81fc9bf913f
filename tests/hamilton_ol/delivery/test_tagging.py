"""Tags that are set beside events, each once, and never in the way of an event."""

import json
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.delivery.answers import Answer
from hamilton_ol.delivery.marquez_tags import Tag, tags_of
from hamilton_ol.delivery.tagging import (
    FILE,
    REST,
    TaggingTransport,
    TagNotes,
    forget_tags,
    tag_problem,
    with_tags,
)
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.errors import UnreachableError
from tests.support.parcels import Clock

DATASET = "namespaces/s3%3A%2F%2Fb/datasets/in.csv"
JOB = "namespaces/ns/jobs/dag.x"


class TagServer:
    """Takes events and tags, or fails as it is told to."""

    address, tag_base = "http://server", "/api"

    def __init__(self) -> None:
        self.events: list[bytes] = []
        self.tags: list[str] = []
        self.fails: dict[str, int | Exception] = {}

    def reach(self) -> None:
        pass

    def send(self, event: bytes) -> None:
        self._status("event")
        self.events.append(event)

    def ask(self, method: str, path: str) -> Answer:
        assert (method, path[:5]) == ("POST", "/api/")
        self.tags.append(path[5:])
        return Answer(self._status(path[5:]), "", b"{}", "application/json", "")

    def _status(self, what: str) -> int:
        found = self.fails.get(what, 200)
        if isinstance(found, Exception):
            raise found
        return found

    def close(self) -> None:
        pass


@pytest.fixture
def server() -> TagServer:
    return TagServer()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def event(*names: str, state: str = "COMPLETE", facets: dict[str, Any] | None = None) -> bytes:
    """An event of which the input has these tags."""
    tags = {"tags": [{"key": name, "value": "true", "source": "HAMILTON"} for name in names]}
    dataset = {"namespace": "s3://b", "name": "in.csv", "facets": {"tags": tags} | (facets or {})}
    job = {"namespace": "ns", "name": "dag.x", "facets": {}}
    document = {"eventType": state, "run": {"facets": {}}, "job": job}
    return json.dumps(document | {"inputs": [dataset], "outputs": []}).encode()


# --- which tags ----------------------------------------------------------------------------------


def told(*, field: str | None = None, parent: bool = False, **tag: str) -> list[Tag]:
    """What an event says whose job and input have a tag."""
    found = {"key": "PII", "value": "true", "source": "HAMILTON"} | tag
    facets = {"schema": {"fields": [{"name": "a/b", "type": "int"}]}}
    document = json.loads(event(facets=facets))
    document["job"]["facets"]["tags"] = {"tags": [found]}
    of_input = found | ({"field": field} if field else {})
    document["inputs"][0]["facets"]["tags"]["tags"] = [of_input]
    document["run"]["facets"] = {"parent": {}} if parent else {}
    return list(tags_of(json.dumps(document).encode()))


def test_jobs_and_datasets_have_the_tags_that_the_event_tells_of() -> None:
    assert told() == [Tag(f"{JOB}/tags/PII"), Tag(f"{DATASET}/tags/PII")]


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("true", "PII"),
        ("True", "PII"),
        ("yes", "PII"),
        ("false", "PII%3Afalse"),
        ("a/b", "PII%3Aa%2Fb"),
    ],
)
def test_a_tag_that_says_yes_is_called_by_its_key(value: str, label: str) -> None:
    assert told(value=value)[1] == Tag(f"{DATASET}/tags/{label}")


def test_owners_are_tags() -> None:
    owned = {"ownership": {"owners": [{"name": "sales"}, {"name": "team:x"}]}}
    found = [tag.path for tag in tags_of(event(facets=owned))]
    assert found == [f"{DATASET}/tags/owner%3Asales", f"{DATASET}/tags/owner%3Ateam%3Ax"]


def test_the_tag_of_a_field_is_of_one_type() -> None:
    assert told(field="a/b")[1] == Tag(f"{DATASET}/fields/a%2Fb/tags/PII", "int")
    assert len(told(field="c")) == 1  # the event names no such field


def test_a_job_whose_event_names_its_parent_cannot_have_tags() -> None:
    assert told(parent=True) == [Tag(f"{DATASET}/tags/PII")]


def test_what_is_only_begun_is_not_there_yet() -> None:
    assert list(tags_of(event("PII", state="START"))) == []


def test_an_event_without_tags_is_not_looked_at() -> None:
    assert list(tags_of(b"not even JSON")) == []


# --- how they are set ----------------------------------------------------------------------------


def test_each_tag_is_set_once_by_whichever_process(tmp_path: Path, server: TagServer) -> None:
    for _ in range(2):
        transport = TaggingTransport(server, TagNotes(tmp_path))
        transport.send(event("PII"))
        transport.send(event("PII", "old"))
    assert server.tags == [f"{DATASET}/tags/PII", f"{DATASET}/tags/old"]
    assert len(server.events) == 4


def test_a_tag_that_is_refused_holds_nothing_up(tmp_path: Path, server: TagServer) -> None:
    refused = f"{DATASET}/tags/PII"
    server.fails[refused] = 404
    transport = TaggingTransport(server, TagNotes(tmp_path))
    transport.send(event("PII", "old"))
    transport.send(event("PII", "old"))
    assert server.tags == [refused, f"{DATASET}/tags/old"]
    assert len(server.events) == 2
    del server.fails[refused]
    TaggingTransport(server, TagNotes(tmp_path)).send(event("PII", "old"))
    assert server.tags[2:] == [refused]


def test_a_target_that_does_not_answer_is_asked_for_no_more_tags_for_a_while(
    tmp_path: Path, server: TagServer, clock: Clock
) -> None:
    away = f"{DATASET}/tags/PII"
    server.fails[away] = UnreachableError("cut")
    transport = TaggingTransport(server, TagNotes(tmp_path, clock))
    for _ in range(3):
        transport.send(event("PII", "old"))
    assert (server.tags, len(server.events)) == ([away], 3)
    server.fails.clear()
    clock.time += REST
    transport.send(event("PII", "old"))
    assert server.tags == [away, away, f"{DATASET}/tags/old"]


def test_why_a_tag_is_missing_is_told_until_it_is_set(tmp_path: Path, server: TagServer) -> None:
    server.fails[f"{DATASET}/tags/PII"] = 404
    for other in ("old", "new"):  # set after it, by this process and by the next
        TaggingTransport(server, TagNotes(tmp_path)).send(event("PII", other))
        assert tag_problem(tmp_path) == f"http://server answered 404 to {DATASET}/tags/PII"
    server.fails.clear()
    TaggingTransport(server, TagNotes(tmp_path)).send(event("PII"))
    assert tag_problem(tmp_path) == ""


def test_a_target_that_answers_again_has_no_problem_with_tags(
    tmp_path: Path, server: TagServer
) -> None:
    server.fails[f"{DATASET}/tags/PII"] = UnreachableError("cut")
    TaggingTransport(server, TagNotes(tmp_path)).send(event("PII"))
    assert tag_problem(tmp_path) == "cut"
    TaggingTransport(server, TagNotes(tmp_path)).send(event("old"))
    assert tag_problem(tmp_path) == ""


def test_a_field_of_two_types_is_why_marquez_fails(tmp_path: Path, server: TagServer) -> None:
    facets = {"schema": {"fields": [{"name": "a", "type": "int"}]}}
    document = json.loads(event("PII", facets=facets))
    tags = document["inputs"][0]["facets"]["tags"]["tags"]
    tags[0]["field"] = "a"
    for path, is_why in {
        f"{DATASET}/fields/a/tags/PII": True,
        f"{DATASET}/tags/old": False,
    }.items():
        server.fails[path] = 500
        TaggingTransport(server, TagNotes(tmp_path)).send(json.dumps(document).encode())
        assert (f"answered 500 to {path}" in tag_problem(tmp_path)) is True
        assert ("two types" in tag_problem(tmp_path)) is is_why
        tags[0] = {"key": "old", "value": "true"}


def test_an_event_that_fails_has_no_tags(tmp_path: Path, server: TagServer) -> None:
    server.fails["event"] = UnreachableError("cut")
    with pytest.raises(UnreachableError):
        TaggingTransport(server, TagNotes(tmp_path)).send(event("PII"))
    assert server.tags == []


def test_events_go_on_where_nothing_can_be_noted(tmp_path: Path, server: TagServer) -> None:
    transport = TaggingTransport(server, TagNotes(tmp_path / "not there"))
    transport.send(event("PII"))
    transport.send(event("PII", "old"))
    assert len(server.events) == 2
    assert server.tags == [f"{DATASET}/tags/PII", f"{DATASET}/tags/old"]


@pytest.mark.parametrize("torn", [b'{"v":1,"pa', b"[]\n", b"\xff\n", b'{"v":1}\n'])
def test_a_torn_note_costs_one_call(tmp_path: Path, server: TagServer, torn: bytes) -> None:
    (tmp_path / FILE).write_bytes(torn)
    for _ in range(2):
        TaggingTransport(server, TagNotes(tmp_path)).send(event("PII"))
    assert len(server.tags) == 1


def test_what_is_forgotten_is_set_again(tmp_path: Path, server: TagServer) -> None:
    for _ in range(2):
        TaggingTransport(server, TagNotes(tmp_path)).send(event("PII"))
        forget_tags(tmp_path)
    assert len(server.tags) == 2


def test_only_who_shall_sets_tags(tmp_path: Path, server: TagServer) -> None:
    def connect() -> Transport:
        return server

    assert isinstance(with_tags(connect, tmp_path)(), TaggingTransport)
    server.tag_base = ""
    assert with_tags(connect, tmp_path)() is server
