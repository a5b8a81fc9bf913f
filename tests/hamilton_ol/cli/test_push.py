"""`hamilton-ol push`: to real sockets on this machine."""

from pathlib import Path

import pytest

from hamilton_ol.store import lines
from tests.support.commands import InProcess, on_terminal
from tests.support.servers import Reply, Target, free_port, hangs, repeats, rude_target
from tests.support.stores import (
    LIVING,
    OTHER,
    RUN,
    T0,
    graph,
    header,
    node,
    plain_store,
    run_lines,
    segment,
    started,
)


def test_a_run_is_sent_in_order_over_one_connection(cli: InProcess, store: Path) -> None:
    plain_store(store)
    printed = cli("events", "--store", store).out.splitlines()
    with Target() as target:
        done = cli("push", "latest", "--to", target.url, "--store", store)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{RUN} titanic: 6 events to {target.url}/api/v1/lineage\n"
    assert target.texts == printed
    assert len({got.connection for got in target.got}) == 1
    assert {got.headers["Content-Type"] for got in target.got} == {"application/json"}
    assert {got.headers["Content-Encoding"] for got in target.got} == {"gzip"}


@pytest.mark.parametrize("option", [["--profile", "generic"], ["--granularity", "dag"]])
def test_what_is_sent_is_what_is_printed(cli: InProcess, store: Path, option: list[str]) -> None:
    plain_store(store)
    with Target() as target:
        cli("push", RUN[:13], "--to", target.url, "--store", store, *option)
    assert target.texts == cli("events", "--store", store, *option).out.splitlines()


def test_several_runs_are_sent_one_after_the_other_and_none_twice(
    cli: InProcess, store: Path
) -> None:
    segment(store, header(), *run_lines(RUN), *run_lines(OTHER, time=T0 + 1))
    with Target() as target:
        done = cli(
            *("push", RUN, "latest", OTHER[:14], RUN[:13]),
            *("--to", target.url, "--store", store, "--json"),
        )
    assert done.document == {
        "targets": [
            {
                "target": f"{target.url}/api/v1/lineage",
                "runs": [
                    {"run_id": RUN, "job": "titanic", "events": 6},
                    {"run_id": OTHER, "job": "titanic", "events": 6},
                ],
            }
        ]
    }
    first, second = target.got[0].event, target.got[6].event
    assert (first["run"]["runId"], second["run"]["runId"]) == (RUN, OTHER)
    assert len(target.got) == 12


def test_nothing_is_sent_when_one_of_the_runs_is_not_there(cli: InProcess, store: Path) -> None:
    with Target() as target:
        done = cli("push", RUN, "beef", "--to", target.url, "--store", plain_store(store))
    assert (done.code, target.got) == (3, [])


def test_a_run_in_progress_is_sent_as_far_as_it_is_settled(cli: InProcess, store: Path) -> None:
    segment(store, header(LIVING), *run_lines(nodes=("a",), end=None))
    with Target() as target:
        done = cli("push", "latest", "--to", target.url, "--store", store)
    assert done.code == 0
    assert [got.event["eventType"] for got in target.got] == ["START", "START", "COMPLETE"]
    assert done.err == (
        f"{RUN} is not finished: its events so far were sent; push it again when it is.\n"
    )


def test_a_run_that_died_is_sent_as_aborted(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(nodes=("a",), end=None))
    with Target() as target:
        done = cli("push", "latest", "--to", target.url, "--store", store, "--json")
    assert target.got[-1].event["eventType"] == "ABORT"
    assert done.document["targets"][0]["runs"][0]["events"] == 4
    assert "was sent as aborted" in done.err


def test_an_event_that_is_refused_is_named_with_what_was_taken(cli: InProcess, store: Path) -> None:
    no = Reply(422, b'{"errors":["job.name must not be null"]}')
    with Target(Reply(), Reply(), no) as target:
        done = cli("push", "latest", "--to", target.url, "--store", plain_store(store))
    assert done.code == 5
    assert done.out == f"{RUN} titanic: 5 events to {target.url}/api/v1/lineage, 1 refused\n"
    assert done.err == (
        "Error: Events of 1 run were refused for good, the first: COMPLETE of titanic.a: "
        f"{target.url}/api/v1/lineage answered 422: job.name must not be null\n"
        "Hint: `hamilton-ol status` lists them; `hamilton-ol events RUN` prints them.\n"
    )
    assert len(target.got) == 6


def test_who_never_took_anything_may_be_no_target_so_nothing_is_refused_for_good(
    cli: InProcess, store: Path
) -> None:
    with Target(Reply(400, b'{"message":"what?"}')) as target:
        done = cli("push", "latest", "--to", target.url, "--store", plain_store(store))
        assert (done.code, len(target.got)) == (5, 1)
        assert f"(event 1, START of titanic in run {RUN}; none was taken before)" in done.err
        assert cli("push", "--to", target.url, "--store", store).code == 0
    assert len(target.got) == 7


def test_what_was_taken_is_not_sent_twice_but_again_when_one_asks(
    cli: InProcess, store: Path
) -> None:
    plain_store(store)
    with Target() as target:
        words = ("--to", target.url, "--store", store)
        assert cli("push", "latest", *words).code == 0
        done = cli("push", "latest", *words)
        nothing = f"nothing new for {target.url}/api/v1/lineage (--again sends it once more)"
        assert done.out == f"{RUN} titanic: {nothing}\n"
        assert len(target.got) == 6
        assert cli("push", *words).err == f"Nothing is pending for {target.url}/api/v1/lineage.\n"
        assert cli("push", "latest", "--again", *words).code == 0
        assert len(target.got) == 12


def test_all_that_is_pending_is_sent_the_oldest_first(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(OTHER, time=T0 + 1), *run_lines(RUN))
    with Target(*[Reply()] * 2, Reply(503)) as target:
        words = ("--to", target.url, "--store", store)
        assert cli("push", *words).code == 5
        assert cli("push", *words).code == 0
    runs = [got.event["run"]["runId"] for got in target.got]
    assert (runs[0], runs[-1]) == (RUN, OTHER)
    assert len(runs) == 2 + 1 + 4 + 6


def test_each_target_has_its_own_account(cli: InProcess, store: Path) -> None:
    plain_store(store)
    with Target() as one, Target() as other:
        for target in (one, other, one):
            assert cli("push", "--to", target.url, "--store", store).code == 0
    assert (len(one.got), len(other.got)) == (6, 6)


def test_a_store_that_cannot_be_written_says_so(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_store(store)

    def mkdir(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with Target() as target:
        done = cli("push", "latest", "--to", target.url, "--store", store)
    assert (done.code, target.got) == (6, [])
    assert "cannot be noted" in done.err
    assert "Copy the store" in done.err


def test_a_run_whose_graph_is_broken_holds_no_other_up(cli: InProcess, store: Path) -> None:
    broken = [
        lines.run_line(started(OTHER, graph="2-bb-0")),
        lines.graph_line("2-bb-0", "broken", graph()),
        node("a", 1, OTHER),
    ]
    segment(store, header(), *broken, *run_lines(RUN, time=T0 + 1))
    (store / "graphs").mkdir()
    (store / "graphs" / "broken.json").write_text("{", encoding="utf-8")
    with Target() as target:
        done = cli("push", "--to", target.url, "--store", store)
    assert (done.code, len(target.got)) == (6, 6)
    assert "broken.json cannot be read" in done.err


def test_what_was_sent_before_a_failure_is_told(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(RUN), *run_lines(OTHER))
    with Target(*[Reply()] * 6, Reply(503)) as target:
        done = cli("push", RUN, OTHER, "--to", target.url, "--store", store)
    assert done.code == 5
    assert done.out.startswith(f"{RUN} titanic: 6 events to ")
    assert f"event 1, START of titanic in run {OTHER}; none was taken before" in done.err


NO = [
    Reply(400, b"<html><h2>HTTP ERROR 400</h2></html>", {"Content-Type": "text/html"}),
    Reply(500, b'{"code":400,"message":"Cannot deserialize"}'),
    *map(Reply, (401, 403, 404, 413, 429, 500, 503)),
    Reply(302, headers={"Location": "http://elsewhere.example"}),
    Reply(200, b"<html>Sign in</html>", {"Content-Type": "text/html"}),
]


@pytest.mark.parametrize("reply", NO, ids=lambda reply: f"{reply.status} {reply.body[:9]!r}")
@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["text", "json"])
def test_every_no_is_a_sentence_a_hint_and_exit_code_5(
    cli: InProcess, store: Path, reply: Reply, as_json: list[str]
) -> None:
    with Target(reply) as target:
        done = cli("push", "latest", "--to", target.url, "--store", plain_store(store), *as_json)
    assert done.code == 5
    assert (done.document["targets"][0]["runs"] == []) if as_json else done.out == ""
    error, hint = done.err.splitlines()
    assert error.startswith(f"Error: {target.url}/api/v1/lineage ")
    assert hint.startswith("Hint: ")
    assert len(hint) > 20


@pytest.mark.parametrize(
    "talk",
    [hangs, repeats(b"HTTP/1.1 201 OK\r\nA: ", b"b", every=0.02)],
    ids=["hangs", "drips"],
)
def test_a_target_that_never_answers_is_given_up(cli: InProcess, store: Path, talk: object) -> None:
    with rude_target(talk) as url:  # type: ignore[arg-type]
        done = cli(
            *("push", "latest", "--to", url, "--store", plain_store(store), "--timeout", "0.2")
        )
    assert (done.code, done.out) == (5, "")
    assert "answer within 0.2 s" in done.err
    assert "--timeout gives it more time" in done.err


def test_a_target_that_is_not_there(cli: InProcess, store: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    done = cli("push", "latest", "--to", url, "--store", plain_store(store))
    assert (done.code, done.out) == (5, "")
    assert "refuses the connection" in done.err
    assert "Hint: Is the target running" in done.err


@pytest.mark.parametrize("url", ["", "http://[::1", "ftp://x", "http://a b", "http://a..b"])
def test_what_is_no_address_is_wrong_usage(cli: InProcess, store: Path, url: str) -> None:
    done = cli("push", "latest", "--to", url, "--store", plain_store(store))
    assert (done.code, done.out) == (2, "")
    assert "no address that events can be sent to" in done.err
    assert "Hint: Give the address of your Marquez" in done.err


@pytest.mark.parametrize("arguments", [[], ["latest"]])
def test_without_a_target_nothing_is_sent(
    cli: InProcess, store: Path, arguments: list[str]
) -> None:
    done = cli("push", *arguments, "--store", plain_store(store))
    assert (done.code, done.out) == (2, "")
    assert "No target is given, and none is set" in done.err
    assert "--to http://localhost:5000" in done.err


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "soon", "1e9"])
def test_a_time_limit_that_is_none_is_wrong_usage(cli: InProcess, seconds: str) -> None:
    done = cli("push", "latest", "--to", "http://x", "--timeout", seconds)
    assert done.code == 2


def test_names_with_control_characters_do_not_reach_the_terminal(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment(store, header(LIVING), *run_lines(job="evil\x1b[2J", end=None))
    with Target(*[Reply()] * 3, Reply(500, b"no\x1b[2J")) as target:
        code, shown = on_terminal(
            monkeypatch, "push", "latest", "--to", target.url, "--store", store
        )
    assert code == 5
    assert "no [2J" in shown
    assert "\x1b" not in shown


def test_a_name_that_is_half_a_surrogate_pair_is_sent(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(job="caf\udce9"))
    with Target() as target:
        done = cli("push", "latest", "--to", target.url, "--store", store)
    assert (done.code, len(target.got)) == (0, 6)
