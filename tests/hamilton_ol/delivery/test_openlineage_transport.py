"""Transports of OpenLineage's client, through the adapter: what is written is what was sent."""

import json
import logging
import pickle
from pathlib import Path
from typing import Any

import pytest
from openlineage.client.transport import Config
from openlineage.client.transport import Transport as ClientTransport
from openlineage.client.transport.transform import EventTransformer

from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import read_target, target_of
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.errors import MissingExtraError, RefusedError, SettingError, UnreachableError
from tests.support.demo_golden import GOLDEN
from tests.support.servers import Reply, Target, free_port

HERE = __name__
EVENTS = [
    json.dumps(event).encode() for event in json.loads(next(iter(GOLDEN.values())).read_bytes())
]
REPLACER = (
    "openlineage.client.transport.transform.transformers."
    "job_namespace_replace_transformer.JobNamespaceReplaceTransformer"
)


def spec_of(**transport: Any) -> TargetSpec:
    return target_of({"transport": transport})


def send(spec: TargetSpec, *events: bytes) -> None:
    """Send events to a target, all of a run by default."""
    transport = open_transport(spec, timeout=10)
    for event in events or EVENTS:
        transport.send(event)
    transport.close()


def documents(texts: list[str]) -> list[Any]:
    return [json.loads(text) for text in texts]


ALL = documents([event.decode() for event in EVENTS])


def test_events_are_appended_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "events.ndjson"
    spec = spec_of(type="file", log_file_path=str(path), append=True)
    assert spec.address == f"file://{path}"
    send(spec)
    assert documents(path.read_text(encoding="utf-8").splitlines()) == ALL


def test_events_are_written_to_files_of_their_own(tmp_path: Path) -> None:
    send(spec_of(type="file", log_file_path=str(tmp_path / "event")))
    files = sorted(tmp_path.iterdir())
    assert documents([path.read_text(encoding="utf-8") for path in files]) == ALL


def test_a_relative_file_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    spec = spec_of(type="file", log_file_path="events.ndjson", append=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    send(pickle.loads(pickle.dumps(spec)), EVENTS[0])
    assert (tmp_path / "events.ndjson").exists()


def test_events_go_to_the_log_of_the_console(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "openlineage")
    send(spec_of(type="console"))
    texts = [r.getMessage() for r in caplog.records if r.name.endswith("transport.console")]
    assert documents(texts) == ALL


def test_a_transformer_gets_what_it_knows() -> None:
    with Target() as target:
        send(
            spec_of(
                type="transform",
                transport={"type": "http", "url": target.url},
                transformer_class=REPLACER,
                transformer_properties={"new_job_namespace": "other"},
            )
        )
    told = documents(target.texts)
    assert {event["job"]["namespace"] for event in told} == {"other"}
    parents = [e["run"]["facets"]["parent"] for e in told if "parent" in e["run"]["facets"]]
    assert {parent["job"]["namespace"] for parent in parents} == {"other"}


def test_a_composite_that_falls_back_goes_on_with_the_next(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "events.ndjson"
    nobody = f"http://127.0.0.1:{free_port()}"
    children = [
        {"type": "http", "url": nobody, "retry": {"total": 0}},
        {"type": "file", "log_file_path": str(path), "append": True},
    ]
    spec = spec_of(type="composite", transports=children, continue_on_success=False)
    send(spec)
    assert documents(path.read_text(encoding="utf-8").splitlines()) == ALL


def test_a_composite_that_sends_everywhere_is_several_targets() -> None:
    transport = {
        "type": "composite",
        "transports": {"a": {"type": "http", "url": "http://localhost"}, "b": {"type": "console"}},
    }
    found = read_target("both", {"transport": transport, "granularity": "dag"}, "test")
    assert [(spec.name, spec.address, spec.granularity) for spec in found] == [
        ("a", "http://localhost/api/v1/lineage", "dag"),
        ("b", "console://", "dag"),
    ]


def test_http_is_ours() -> None:
    with Target() as target:
        spec = spec_of(type="http", url=target.url, compression="gzip")
        send(spec)
    assert documents(target.texts) == ALL
    assert target.got[0].headers["User-Agent"].startswith("hamilton-ol/")


# --- somebody's own ------------------------------------------------------------------------------


class Own(ClientTransport):
    """A transport that somebody wrote."""

    kind = "own"
    config_class = Config
    fails_with: Exception | None = None

    def __init__(self, config: Config) -> None:
        self.got: list[Any] = []

    def emit(self, event: Any) -> None:
        if self.fails_with is not None:
            raise self.fails_with


class Forgetful(EventTransformer):
    """Leaves every event out."""

    def transform(self, event: Any) -> None:
        return None


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConnectionError("no route"), UnreachableError),
        (TimeoutError(), UnreachableError),
        (RuntimeError("broken"), UnreachableError),
        (KeyError("facets"), RefusedError),
        (TypeError("facets"), RefusedError),
    ],
)
def test_what_a_transport_raises_is_told(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[Exception]
) -> None:
    monkeypatch.setattr(Own, "fails_with", error)
    transport = open_transport(spec_of(type=f"{HERE}.Own"))
    with pytest.raises(kind) as caught:
        transport.send(EVENTS[0])
    assert f"{HERE}.Own://target: " in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_event_that_a_transformer_leaves_out_is_taken() -> None:
    inner = {"type": f"{HERE}.Own"}
    send(spec_of(type="transform", transport=inner, transformer_class=f"{HERE}.Forgetful"))


def test_what_a_server_answers_the_client_is_a_refusal() -> None:
    with Target(Reply(422, b"no")) as target:
        inner, new = {"type": "http", "url": target.url}, {"new_job_namespace": "x"}
        table = {"type": "transform", "transport": inner, "transformer_class": REPLACER}
        transport = open_transport(spec_of(**table, transformer_properties=new))
        with pytest.raises(RefusedError) as caught:
            transport.send(EVENTS[0])
    assert (caught.value.status, caught.value.is_final) == (422, True)


# --- what means nothing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "transport",
    [
        {"type": "kinesis"},
        {"type": "file"},
        {"type": "kafka", "topic": "t"},
        {"type": "no.such.Transport"},
        {"type": f"{HERE}.Forgetful"},
        {"type": "transform", "transport": {"type": "console"}, "transformer_class": "no.such"},
        {"type": "composite", "transports": [{"type": "nothing"}], "continue_on_success": False},
        {"type": "composite", "transports": [], "continue_on_success": False},
        {"type": "gcplineage"},
    ],
    ids=str,
)
def test_a_configuration_that_means_nothing_is_told(transport: dict[str, Any]) -> None:
    with pytest.raises((SettingError, MissingExtraError)) as caught:
        open_transport(target_of({"transport": transport}))
    assert caught.value.hint


def test_a_secret_in_a_configuration_that_means_nothing_is_not_shown() -> None:
    transport = {"type": "file", "storage_options": {"secret": "tok-4711-x"}, "password": "pw-4711"}
    with pytest.raises(SettingError) as caught:
        open_transport(target_of({"transport": transport}))
    assert "4711" not in f"{caught.value} {caught.value.hint} {target_of({'transport': transport})}"


def test_a_client_that_is_switched_off_takes_nothing_silently(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spec = spec_of(type="file", log_file_path=str(tmp_path / "x"))
    monkeypatch.setenv("OPENLINEAGE_DISABLED", "true")
    with pytest.raises(SettingError, match="OPENLINEAGE_DISABLED is set"):
        open_transport(spec)


def test_what_is_not_installed_is_named_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="confluent_kafka") as caught:
        open_transport(spec_of(type="kafka", topic="t", config={}))
    assert caught.value.hint == "pip install 'hamilton-ol[kafka]'"


# --- tokens that the client asks for -------------------------------------------------------------


@pytest.mark.parametrize(
    "auth",
    [
        {"type": "oauth2", "clientId": "us", "clientSecret": "hunter22"},
        {"type": "jwt", "apiKey": "hunter22"},
    ],
    ids=lambda auth: auth["type"],
)
def test_a_token_that_has_to_be_asked_for_is(auth: dict[str, str]) -> None:
    answer = Reply(200, b'{"access_token": "tok-1", "expires_in": 3600}')
    with Target(answer) as issuer, Target() as target:
        send(
            spec_of(
                type="http", url=target.url, auth={**auth, "tokenEndpoint": f"{issuer.url}/token"}
            )
        )
        assert len(issuer.got) == 1
    assert {got.headers["Authorization"] for got in target.got} == {"Bearer tok-1"}
    assert documents(target.texts) == ALL


def test_a_token_that_is_not_given_is_told_without_what_was_asked_with() -> None:
    with Target(Reply(401, b"who is hunter22?")) as issuer, Target() as target:
        auth = {"type": "oauth2", "clientId": "us", "clientSecret": "hunter22"}
        auth["tokenEndpoint"] = f"{issuer.url}/hunter22"
        transport = open_transport(target_of({"url": target.url, "auth": auth}))
        with pytest.raises(UnreachableError, match="no token") as caught:
            transport.send(EVENTS[0])
    assert "hunter22" not in str(caught.value)
    assert target.got == []


@pytest.mark.parametrize(
    "auth", [{"type": "oauth2"}, {"type": "no.such.Provider"}, {"type": "jwt"}]
)
def test_a_way_to_ask_that_means_nothing_is_told(auth: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="auth") as caught:
        open_transport(target_of({"url": "http://localhost", "auth": auth}))
    assert caught.value.hint
