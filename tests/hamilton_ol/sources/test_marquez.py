"""A Marquez of many pages, of another version, or none at all."""

import json
import socket
import threading
from typing import Any

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.errors import RefusedError, UnreachableError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources import marquez
from hamilton_ol.sources.marquez import graph_of_marquez
from tests.support.servers import Got, Reply, Target, free_port, rude_target

NOW = "2026-03-04T05:06:07Z"


class Paged(Target):
    """Answers from lists, a page at a time, or the same page whatever is asked for."""

    def __init__(self, jobs: list[Any], datasets: list[Any], *, is_stuck: bool = False) -> None:
        super().__init__()
        self._lists: dict[str, list[Any]] = {
            "namespaces": [{"name": "ns"}, {"name": "old", "isHidden": True}]
        }
        self._lists |= {"jobs": jobs, "datasets": datasets}
        self._is_stuck = is_stuck

    def _reply(self, got: Got) -> Reply:
        self.got.append(got)
        path, _, query = got.path.partition("?")
        key = path.rpartition("/")[2]
        found: dict[str, Any] | None
        if key in self._lists:
            asked = dict(pair.split("=") for pair in query.split("&"))
            first = 0 if self._is_stuck else int(asked["offset"])
            found = {key: self._lists[key][first : first + int(asked["limit"])], "totalCount": 7}
        else:
            found = next((d for d in self._lists["datasets"] if d["name"] == key), None)
        return Reply(200 if found else 404, json.dumps(found or {"code": 404}).encode())


def job(number: int, **more: Any) -> dict[str, Any]:
    outputs = [{"namespace": "db", "name": f"t{number}"}]
    return {"namespace": "ns", "name": f"j{number}", "inputs": [], "outputs": outputs, **more}


def dataset(number: int, **more: Any) -> dict[str, Any]:
    return {"namespace": "db", "name": f"t{number}", "updatedAt": NOW, **more}


def load(target: Target, namespace: str = "ns", **settings: Any) -> LineageGraph:
    return graph_of_marquez(target.url, namespace, resolve(settings, environ={}))


@pytest.mark.parametrize("count", [1, 10, 50, 51, 130])
def test_all_pages_are_read(count: int) -> None:
    jobs, datasets = [job(n) for n in range(count)], [dataset(n) for n in range(count)]
    with Paged(jobs, datasets) as target:
        assert len(load(target)) == 2 * count
        assert len(load(target, "")) == 2 * count


def test_a_server_that_answers_the_same_page_for_ever_ends() -> None:
    jobs, datasets = [job(n) for n in range(80)], [dataset(n) for n in range(80)]
    with Paged(jobs, datasets, is_stuck=True) as target:
        assert len(load(target)) == 50 + 50


def test_what_only_marquez_says_is_taken_and_what_it_will_say_is_skipped() -> None:
    run = {"id": "r", "state": "FAILED", "startedAt": NOW, "endedAt": NOW, "facets": None}
    jobs = [job(1, latestRun=run, tags=["tier:gold"], description="makes t1", future={"x": [1]})]
    fields = [{"name": "email", "type": "text", "tags": ["PII"], "future": 1}]
    lineage = [
        {"name": "email", "inputFields": [{"namespace": "db", "dataset": "t0", "field": "mail"}]}
    ]
    known = dataset(1, fields=fields, tags=["shared"], columnLineage=lineage, future=None)
    with Paged(jobs, [known]) as target:
        found = load(target)
    made, table = found["job:ns:j1"], found["dataset:db:t1"]
    assert (made.status, dict(made.tags), made.doc) == ("FAILED", {"tier": "gold"}, "makes t1")
    assert (table.columns, dict(table.tags)) == ((("email", "text"),), {"shared": "true"})


def test_a_target_that_is_set_is_asked_with_its_token() -> None:
    with Paged([job(1)], [dataset(1)]) as target:
        load(target, targets={"m": {"url": target.url, "api_key": "t0ken"}})
    assert {got.headers.get("Authorization") for got in target.got} == {"Bearer t0ken"}


def test_who_wants_to_know_who_asks_says_so() -> None:
    for status, words in ((401, "asks who you are"), (403, "does not let you read")):
        with Target(Reply(status, b'{"message": "no entry"}')) as target:
            with pytest.raises(
                RefusedError, match=r"namespaces answered 40\d: no entry$"
            ) as caught:
                load(target)
            assert words in caught.value.hint


def test_a_server_that_has_trouble_is_tried_again() -> None:
    with Target(Reply(503)) as target, pytest.raises(RefusedError) as caught:
        load(target)
    assert "try it again" in caught.value.hint


def test_an_answer_that_is_cut_off_is_told_as_such() -> None:
    def cut(connection: socket.socket, _over: threading.Event) -> None:
        connection.recv(1 << 16)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
        connection.sendall(head + b'{"namespaces": [')

    with rude_target(cut) as url, pytest.raises(RefusedError, match="in part") as caught:
        graph_of_marquez(url, "", resolve({}, environ={}))
    assert caught.value.hint.startswith("Try it again.")


def test_a_page_is_told_from_an_answer() -> None:
    reply = Reply(200, b"<title>x</title><p>Please sign in", {"Content-Type": "text/html"})
    with Target(reply) as target, pytest.raises(RefusedError, match="web page: Please sign in"):
        load(target)


@pytest.mark.parametrize(
    "reply",
    [Reply(200, b"<html>"), Reply(400, b"{}"), Reply(500), Reply(200, b"[]"), Reply(404, b"<h1>")],
    ids=lambda reply: f"{reply.status} {reply.body!r}",
)
def test_who_is_no_marquez_is_an_error_with_a_hint(reply: Reply) -> None:
    with Target(reply) as target, pytest.raises(RefusedError) as caught:
        load(target)
    assert "address of a Marquez" in caught.value.hint


def test_a_marquez_that_is_not_there() -> None:
    with pytest.raises(UnreachableError):
        graph_of_marquez(f"http://127.0.0.1:{free_port()}", "", resolve({}, environ={}))


class Endless(Target):
    """Has something new on every page, for ever."""

    def _reply(self, got: Got) -> Reply:
        self.got.append(got)
        path, _, query = got.path.partition("?")
        key = path.rpartition("/")[2]
        asked = dict(pair.split("=") for pair in query.split("&"))
        first, limit = int(asked["offset"]), int(asked["limit"])
        found = [{"namespace": "ns", "name": f"{key}{n}"} for n in range(first, first + limit)]
        named = [{"name": "ns"}] if key == "namespaces" else found
        return Reply(200, json.dumps({key: named}).encode())


def test_a_server_with_something_new_on_every_page_is_read_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(marquez, "MOST", 200)
    with Endless() as target:
        found = load(target)
    assert len(found) == 200
    assert found.problems[0].endswith("has more than 200, the others are left out")


def _endless(connection: socket.socket, over: threading.Event) -> None:
    """Begins an answer that has no end."""
    connection.recv(1 << 16)
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"namespaces": [')
    while not over.is_set():
        connection.sendall(b" " * (1 << 16))


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marquez, "LONGEST_ANSWER", 1 << 20)
    with rude_target(_endless) as url, pytest.raises(RefusedError, match="answered 200"):
        graph_of_marquez(url, "", resolve({}, environ={}))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_sent_elsewhere(status: int) -> None:
    with Target() as other:
        reply = Reply(status, b"{}", {"Location": f"{other.url}/api/v1/namespaces"})
        with Target(reply) as target, pytest.raises(RefusedError):
            load(target)
    assert other.got == []


WRONG: list[Any] = [7, "x", True, [7], [None], [[]], [{}], {"a": 1}, [{"name": {}}]]


@pytest.mark.parametrize("bad", WRONG, ids=json.dumps)
def test_wrong_types_in_an_answer_are_left_out(bad: Any) -> None:
    jobs = [job(1), {**job(2), "inputs": bad, "outputs": bad}, {"name": bad, "namespace": bad}]
    fields = ("latestRun", "facets", "tags", "description", "createdAt", "type", "id")
    jobs.append(job(3, **dict.fromkeys(fields, bad)))
    of_dataset = ("fields", "facets", "tags", "columnLineage", "updatedAt")
    with Paged(jobs, [dataset(1), dataset(3, **dict.fromkeys(of_dataset, bad))]) as target:
        found = load(target)
    assert {"job:ns:j1", "dataset:db:t1", "job:ns:j2", "job:ns:j3"} <= set(found)
