"""No token of a target is in anything that is shown, logged, told or handed to another process."""

import dataclasses
import json
import logging
import pickle
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hamilton_ol import OpenLineageHook
from hamilton_ol.cli.failures import report
from hamilton_ol.config import Settings, resolve
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.errors import HamiltonOLError
from tests.support.commands import InProcess
from tests.support.secrets import Secrets
from tests.support.secrets_garden import leaks
from tests.support.servers import free_port

HOST = f"127.0.0.1:{free_port()}"  # nobody is there
URL = f"http://{HOST}"
TOKEN_URL = {"tokenEndpoint": f"{URL}/token"}

Make = Callable[[str], dict[str, Any]]

#: {where a secret is: a target that holds it}
TARGETS: dict[str, Make] = {
    "token": lambda s: {"url": URL, "api_key": s},
    "password in the address": lambda s: {"url": f"http://ada:{s}@{HOST}"},
    "user in the address": lambda s: {"url": f"http://{s}@{HOST}"},
    "query of the address": lambda s: {"url": f"{URL}/lineage?code={s}"},
    "query of an endpoint": lambda s: {"url": URL, "endpoint": f"lineage?sig={s}"},
    "header": lambda s: {"url": URL, "headers": {"X-Api-Key": s}},
    "authorization": lambda s: {"url": URL, "headers": {"Authorization": f"Key {s}"}},
    "cookie": lambda s: {"url": URL, "headers": {"Cookie": f"session={s}"}},
    "proxy": lambda s: {"url": "http://far.example", "proxy": f"http://ada:{s}@{HOST}"},
    "client's secret": lambda s: {
        "url": URL,
        "auth": {"type": "oauth2", "clientId": "us", "clientSecret": s, **TOKEN_URL},
    },
    "key for a token": lambda s: {"url": URL, "auth": {"type": "jwt", "apiKey": s, **TOKEN_URL}},
    "token of the client": lambda s: {
        "transport": {"type": "http", "url": URL, "auth": {"type": "api_key", "apiKey": s}}
    },
    "header of the client": lambda s: {
        "transport": {"type": "http", "url": URL, "custom_headers": {"X-Token": s}}
    },
    "kafka": lambda s: {"transport": kafka({"sasl.password": s})},
    "kafka's key": lambda s: {"transport": kafka({"ssl.key.password": s})},
    "kafka, jaas": lambda s: {"transport": kafka({"sasl.jaas.config": f'x password="{s}";'})},
    "file": lambda s: {
        "transport": {"type": "file", "log_file_path": "s3://b/x", "storage_options": {"secret": s}}
    },
    "place of a file": lambda s: {
        "transport": {"type": "file", "log_file_path": f"ftp://ada:{s}@{HOST}/x"}
    },
    "datadog": lambda s: {"transport": {"type": "datadog", "apiKey": s, "site": URL}},
    "somebody's own": lambda s: {"transport": {"type": "own.Transport", "db_password": s}},
    "in a composite": lambda s: {
        "transport": {
            "type": "composite",
            "transports": [{"type": "x.Y", "token": s}, {"type": "console", "name": "c"}],
        }
    },
    "in a transformer": lambda s: {
        "transport": {
            "type": "transform",
            "transport": {"type": "console"},
            "transformer_class": "x.Y",
            "transformer_properties": {"api_key": s},
        }
    },
}

#: The same, where the target means nothing.
WRONG: dict[str, Make] = {
    "misspelt key": lambda s: {"url": URL, "api_kye": s},
    "as a number": lambda s: {"url": URL, "timeout": s},
    "as a word": lambda s: {"url": URL, "granularity": s, "api_key": s},
    "as headers": lambda s: {"url": URL, "headers": s},
    "in a wrong header": lambda s: {"url": URL, "headers": {"X-Api-Key": f"{s}\n"}},
    "with a line's end": lambda s: {"url": URL, "api_key": f"a{s}\nb"},
    "wrong address": lambda s: {"url": f"ftp://ada:{s}@{HOST}"},
    "wrong port": lambda s: {"url": f"http://ada:{s}@host:port?key={s}"},
    "wrong address, query": lambda s: {"url": f"http://a b?key={s}"},
    "without TLS": lambda s: {"url": "http://far.example", "api_key": s},
    "without TLS, address": lambda s: {"url": f"http://ada:{s}@far.example"},
    "two of them": lambda s: {"url": f"http://ada:{s}@{HOST}", "api_key": s},
    "wrong proxy": lambda s: {"url": URL, "proxy": f"socks5://ada:{s}@{HOST}"},
    "no transport": lambda s: {"transport": {"type": "http", "auth": {"apiKey": s}}},
    "auth as a text": lambda s: {"transport": {"type": "http", "url": URL, "auth": s}},
    "transport as a text": lambda s: {"transport": s},
    "nothing of the kind": lambda s: {"token": s},
    "token as its variable": lambda s: {"url": URL, "api_key_env": f"{s}-="},
}


def kafka(config: dict[str, Any]) -> dict[str, Any]:
    return {"type": "kafka", "topic": "t", "config": {"bootstrap.servers": HOST, **config}}


@dataclasses.dataclass(frozen=True)
class Planted:
    """Targets with secrets in them, and what may be seen of them."""

    secrets: Secrets
    tables: dict[str, dict[str, Any]]


def planted(seed: int, ways: dict[str, Make], each: int) -> Planted:
    """Every way, with passwords and with tokens as services make them."""
    secrets, tables = Secrets(seed), {}
    shapes = [s for s in secrets.shapes().values() if s.replace("_", "").replace("-", "").isalnum()]
    for number, (way, make) in enumerate(ways.items()):
        for turn in range(each):
            shape = shapes[(number * each + turn) % len(shapes)]
            secret = secrets.new(way) if turn % 2 else secrets.plant(way, shape)
            tables[f"{way.replace(' ', '-')}-{turn}"] = make(secret)
    return Planted(secrets, tables)


RIGHT = planted(11, TARGETS, 10)
NONSENSE = planted(12, WRONG, 4)


def test_there_are_hundreds_of_secrets() -> None:
    assert len({one.secret for one in RIGHT.secrets.planted + NONSENSE.secrets.planted}) > 250


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> InProcess:
    return InProcess(capsys)


def toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


@pytest.fixture(params=["argument", "variable", "project", "openlineage.yml", "OPENLINEAGE__"])
def place(request: pytest.FixtureRequest) -> str:
    """Where targets are set."""
    return str(request.param)


def settings_with(name: str, table: dict[str, Any], place: str, patch: Any) -> Iterator[Settings]:
    """The settings with a target that is set in a place; nothing where it cannot be."""
    project, file = Path("pyproject.toml"), Path("openlineage.yml")
    project.unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    with patch.context() as environ:
        if place == "argument":
            yield resolve({"targets": {name: table}})
        elif place == "variable":
            environ.setenv("HAMILTON_OL_TARGETS", json.dumps({name: table}))
            yield resolve()
        elif place == "project":
            text = f"[tool.hamilton_ol.targets]\n{json.dumps(name)} = {toml(table)}\n"
            project.write_text(text, encoding="utf-8")
            yield resolve()
        elif "transport" in table and place == "openlineage.yml":
            file.write_text(yaml.safe_dump(table), encoding="utf-8")
            yield resolve()
        elif "transport" in table:
            environ.setenv("OPENLINEAGE__TRANSPORT", json.dumps(table["transport"]))
            yield resolve()


def shown(settings: Settings, cli: InProcess) -> str:
    """All that anybody gets to see of settings, while they are set."""
    texts = [repr(settings), str(settings), *settings.problems]
    for spec in settings.targets:
        texts += [repr(spec), str(spec.__dict__), str(dataclasses.asdict(spec)), *_sent(spec)]
        texts.append(pickle.dumps(spec, 0).decode("latin-1"))
        assert pickle.loads(pickle.dumps(spec)).address == spec.address
    for words in (("config",), ("config", "--json")):
        done = cli(*words)
        texts += [done.out, done.err]
    return "\n".join(texts)


def _sent(spec: Any) -> Iterator[str]:
    """What is told when nothing can be sent."""
    try:
        transport = open_transport(spec, timeout=0.05)
        transport.send(b'{"eventType": "START"}')
    except HamiltonOLError as error:
        yield f"{error!r} {error.hint} {vars(error)} {error.__cause__!r}"
        yield pickle.dumps(error, 0).decode("latin-1")


def test_no_secret_of_a_target_is_seen(
    place: str, cli: InProcess, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "hamilton_ol")
    text, count = "", 0
    for name, table in RIGHT.tables.items():
        for settings in settings_with(name, table, place, monkeypatch):
            assert settings.problems == (), name
            assert settings.targets, name
            text += shown(settings, cli)
            count += 1
    assert count >= 100
    assert leaks(RIGHT.secrets.planted, text + caplog.text) == []


def test_no_secret_of_a_target_that_means_nothing_is_seen(
    place: str, cli: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ""
    for name, table in NONSENSE.tables.items():
        try:
            for settings in settings_with(name, table, place, monkeypatch):
                assert settings.targets == (), name
                assert settings.problems, name
                text += shown(settings, cli)
        except HamiltonOLError as error:
            text += f"{error!r} {error.hint} {error.__cause__!r}"
    assert "targets" in text
    assert leaks(NONSENSE.secrets.planted, text) == []


def test_no_secret_goes_with_a_hook_to_another_process(store: Path) -> None:
    for name, table in RIGHT.tables.items():
        hook = OpenLineageHook("job", store=store, targets={name: table})
        data = pickle.dumps(hook, 0).decode("latin-1")
        assert leaks(RIGHT.secrets.planted, data + repr(hook)) == []
        known = pickle.loads(pickle.dumps(hook))._settings.targets
        assert [spec.address for spec in known] == [s.address for s in hook._settings.targets]


def test_no_secret_is_in_a_report_of_what_should_not_have_happened(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name, table in RIGHT.tables.items():
        settings = resolve({"targets": {name: table}})
        assert report(RuntimeError(settings, list(settings.targets)), ["push"]) == 70
    texts = [path.read_text("utf-8") for path in folder.glob("hamilton-ol-*")]
    assert len(texts) == len(RIGHT.tables)
    assert leaks(RIGHT.secrets.planted, "\n".join(texts) + capsys.readouterr().err) == []
