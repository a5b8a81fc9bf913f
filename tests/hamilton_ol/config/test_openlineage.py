"""OpenLineage's own configuration: we find what its client finds, and it is the judge."""

import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hamilton_ol.config import resolve
from tests.support.transports import ours, settings_of, theirs, write

URL = "https://marquez.example"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    path = tmp_path / "here"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


T = "OPENLINEAGE__TRANSPORT"
HTTP = {f"{T}__TYPE": "http", f"{T}__URL": URL}

#: Environments, as people set them.
VARIABLES: dict[str, dict[str, str]] = {
    "url": {"OPENLINEAGE_URL": URL},
    "url with a slash": {"OPENLINEAGE_URL": f"{URL}/"},
    "url with a path": {"OPENLINEAGE_URL": f"{URL}/below/x"},
    "url and endpoint": {"OPENLINEAGE_URL": URL, "OPENLINEAGE_ENDPOINT": "openlineage/events"},
    "url and rooted endpoint": {"OPENLINEAGE_URL": f"{URL}/a/", "OPENLINEAGE_ENDPOINT": "/e"},
    "url and key": {"OPENLINEAGE_URL": URL, "OPENLINEAGE_API_KEY": "tok-1"},
    "empty key": {"OPENLINEAGE_URL": URL, "OPENLINEAGE_API_KEY": ""},
    "blanks": {"OPENLINEAGE_URL": f" {URL} "},
    "http": HTTP,
    "async http": {**HTTP, f"{T}__TYPE": "async_http"},
    "async http by url": {"OPENLINEAGE_URL": URL, f"{T}__TYPE": "async_http"},
    "async http by url and key": {
        "OPENLINEAGE_URL": URL,
        "OPENLINEAGE_API_KEY": "tok-1",
        "OPENLINEAGE_ENDPOINT": "x",
        f"{T}__TYPE": "async_http",
        f"{T}__ENDPOINT": "y",
    },
    "options": {
        **HTTP,
        f"{T}__ENDPOINT": "e/v1",
        f"{T}__TIMEOUT": "2.5",
        f"{T}__VERIFY": "false",
        f"{T}__COMPRESSION": "gzip",
        f"{T}__CUSTOM_HEADERS__X": "y",
    },
    "verify by a file": {**HTTP, f"{T}__VERIFY": "/etc/ca.pem"},
    "key": {**HTTP, f"{T}__AUTH__TYPE": "api_key", f"{T}__AUTH__APIKEY": "tok-2"},
    "key as json": {**HTTP, f"{T}__AUTH": '{"type": "api_key", "apiKey": "tok-3"}'},
    "key, spelt otherwise": {**HTTP, f"{T}__AUTH": '{"type": "api_key", "api_key": "tok-3"}'},
    "key without a type": {**HTTP, f"{T}__AUTH__APIKEY": "tok-2"},
    "tls": {
        **HTTP,
        f"{T}__SSLCONTEXT__CACERTPATH": "/ca",
        f"{T}__SSLCONTEXT__CLIENTCERTPATH": "/c",
    },
    "tls as json": {**HTTP, f"{T}__SSL_CONTEXT": '{"caCertPath": "/ca", "clientCertPath": "/c"}'},
    "all as json": {T: json.dumps({"type": "http", "url": URL, "timeout": 7})},
    "the whole before a part": {
        T: json.dumps({"type": "http", "url": URL}),
        f"{T}__TIMEOUT": "9",
    },
    "small letters": {f"{T}__type": "http", f"{T}__Url": URL},
    "a url beside another transport": {"OPENLINEAGE_URL": "https://other", f"{T}__TYPE": "console"},
    "a transport without a type": {"OPENLINEAGE_URL": URL, f"{T}__URL": "https://other"},
    "console": {f"{T}__TYPE": "console"},
    "noop": {f"{T}__TYPE": "noop"},
    "file": {f"{T}__TYPE": "file", f"{T}__LOG_FILE_PATH": "/tmp/x", f"{T}__APPEND": "true"},
    "composite": {
        f"{T}__TYPE": "composite",
        f"{T}__TRANSPORTS__A__TYPE": "http",
        f"{T}__TRANSPORTS__A__URL": URL,
        f"{T}__TRANSPORTS__B__TYPE": "console",
    },
    "composite with the url": {
        "OPENLINEAGE_URL": URL,
        "OPENLINEAGE_API_KEY": "tok-1",
        f"{T}__TYPE": "composite",
        f"{T}__TRANSPORTS__B__TYPE": "console",
    },
    "composite with a url of its own": {
        "OPENLINEAGE_URL": URL,
        f"{T}__TYPE": "composite",
        f"{T}__TRANSPORTS__DEFAULT_HTTP__TYPE": "http",
        f"{T}__TRANSPORTS__DEFAULT_HTTP__URL": "https://other",
    },
    "disabled": {"OPENLINEAGE_URL": URL, "OPENLINEAGE_DISABLED": " True "},
    "a file that is not there": {"OPENLINEAGE_URL": URL, "OPENLINEAGE_CONFIG": "/nowhere.yml"},
}


@pytest.mark.parametrize("environ", VARIABLES.values(), ids=VARIABLES.keys())
def test_variables_mean_what_the_client_takes_them_for(environ: dict[str, str]) -> None:
    assert ours(environ) == theirs(environ)


def test_without_anything_there_is_no_target() -> None:
    assert theirs({}) == [{"kind": "console"}]  # a log that nobody sees
    assert ours({}) == []


# --- openlineage.yml -----------------------------------------------------------------------------

DOCUMENTS: dict[str, Any] = {
    "http": {
        "transport": {
            "type": "http",
            "url": URL,
            "endpoint": "x/y",
            "timeout": 3,
            "auth": {"type": "api_key", "apiKey": "tok-9"},
            "compression": "gzip",
            "custom_headers": {"X-A": "b"},
            "sslContext": {"caCertPath": "/ca", "clientCertPath": "/c", "clientKeyPath": "/k"},
        }
    },
    "composite of a list": {
        "transport": {
            "type": "composite",
            "transports": [{"type": "http", "url": URL, "name": "a"}, {"type": "console"}],
        }
    },
    "composite of a table": {
        "transport": {
            "type": "composite",
            "transports": {"a": {"type": "http", "url": URL}, "b": {}, "c": {"type": "console"}},
        }
    },
    "transform": {
        "transport": {
            "type": "transform",
            "transport": {"type": "console"},
            "transformer_class": "openlineage.client.transport.transform.transformers."
            "job_namespace_replace_transformer.JobNamespaceReplaceTransformer",
            "transformer_properties": {"new_job_namespace": "x"},
        }
    },
    "only tags": {"tags": {"job": {"team": "data"}}},
    "a transport without a type": {"transport": {"url": URL}},
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
@pytest.mark.parametrize("place", ["variable", "current folder", "home"])
@pytest.mark.parametrize("more", [{}, {"OPENLINEAGE_URL": "https://other"}], ids=["", "url"])
def test_a_file_means_what_the_client_takes_it_for(
    folder: Path, document: Any, place: str, more: dict[str, str]
) -> None:
    environ = dict(more)
    path = folder / "openlineage.yml"
    if place == "variable":
        path = folder / "other.yml"
        environ["OPENLINEAGE_CONFIG"] = str(path)
    elif place == "home":
        path = Path(os.environ["HOME"]) / ".openlineage" / "openlineage.yml"
    write(path, document)
    expected = theirs(environ)
    nothing = expected == [{"kind": "console"}] and "console" not in str(document)
    assert ours(environ) == ([] if nothing else expected)


def test_of_several_files_the_same_one_is_read(folder: Path) -> None:
    def http(host: str) -> Any:
        return {"transport": {"type": "http", "url": f"https://{host}"}}

    home = Path(os.environ["HOME"]) / ".openlineage" / "openlineage.yml"
    write(home, http("home"))
    assert ours({}) == theirs({})
    assert "home" in ours({})[0]["url"]
    write(folder / "openlineage.yml", http("here"))
    assert ours({}) == theirs({})
    write(folder / "named.yml", http("named"))
    environ = {"OPENLINEAGE_CONFIG": "named.yml"}
    assert ours(environ) == theirs(environ)
    assert "named" in ours(environ)[0]["url"]


def test_file_and_variables_are_merged_alike(folder: Path) -> None:
    write(folder / "openlineage.yml", {"transport": {"type": "http", "url": URL, "timeout": 3}})
    environ = {f"{T}__TIMEOUT": "9", f"{T}__ENDPOINT": "x", f"{T}__AUTH__TYPE": "api_key"}
    environ[f"{T}__AUTH__APIKEY"] = "tok-5"
    assert ours(environ) == theirs(environ)


@pytest.mark.parametrize("content", ["", "# nothing\n", "null\n"])
def test_an_empty_file_says_nothing(folder: Path, content: str) -> None:
    write(folder / "openlineage.yml", content)
    environ = {"OPENLINEAGE_URL": URL}
    assert ours(environ) == theirs(environ)


def test_a_file_that_cannot_be_read_is_named_and_the_rest_counts(folder: Path) -> None:
    write(folder / "openlineage.yml", "transport: {type: http\n  url: [secret-4711")
    environ = {"OPENLINEAGE_URL": URL, "HOME": "/nowhere"}
    found = resolve(environ=environ)
    (problem,) = found.problems
    assert f"targets: {folder / 'openlineage.yml'} cannot be read" in problem
    assert "secret-4711" not in problem
    assert [spec.address for spec in found.targets] == [f"{URL}/api/v1/lineage"]
    assert theirs(environ)[0]["url"] == f"{URL}/api/v1/lineage"


VALUES = st.sampled_from(["http", "console", URL, "x", "2", "true", '{"a": 1}', "[1", "", "noop"])
NAMES = ["__TYPE", "__URL", "__ENDPOINT", "__A__B"]
KEYS = st.sampled_from(
    [
        *(T, *(f"{T}{name}" for name in NAMES), T[:-1], "OPENLINEAGE__"),
        *("OPENLINEAGE_URL", "OPENLINEAGE_ENDPOINT", "OPENLINEAGE_API_KEY", "OPENLINEAGE_DISABLED"),
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_environment_means_the_same_or_is_a_problem(environ: dict[str, str]) -> None:
    known = {**environ, "HOME": os.environ["HOME"]}
    found = resolve(environ=known)
    with mock.patch.dict(os.environ, known, clear=True):
        mine = [settings_of(spec) for spec in found.targets]
    try:
        their = theirs(environ)
    except Exception:  # whatever the client makes of it, nobody's run stops
        return
    if not found.problems and their != [{"kind": "console"}]:
        assert mine == their


def test_where_it_comes_from_is_told(folder: Path) -> None:
    assert resolve(environ={"OPENLINEAGE_URL": URL}).origins["targets"] == "OPENLINEAGE_URL"
    assert resolve(environ=HTTP).origins["targets"] == T
    write(folder / "openlineage.yml", DOCUMENTS["http"])
    assert resolve(environ={}).origins["targets"] == str(folder / "openlineage.yml")


def test_a_key_in_a_variable_is_kept_by_its_name() -> None:
    environ = {"OPENLINEAGE_URL": URL, "OPENLINEAGE_API_KEY": "tok-1"}
    (spec,) = resolve(environ=environ).targets
    assert spec.api_key is not None
    assert spec.api_key.variable == "OPENLINEAGE_API_KEY"


@pytest.mark.parametrize(
    "environ",
    [
        {"OPENLINEAGE_URL": "http://marquez:5000", "OPENLINEAGE_API_KEY": "tok-1"},
        {
            **HTTP,
            f"{T}__URL": "http://marquez:5000",
            f"{T}__AUTH": '{"type":"api_key","apiKey":"t"}',
        },
    ],
    ids=["url", "http"],
)
def test_a_token_without_tls_has_to_be_allowed(environ: dict[str, str]) -> None:
    found = resolve(environ=environ)
    (problem,) = found.problems
    assert found.targets == ()
    assert "without TLS: expected https, or allow_insecure_token" in problem
    allowed = {**environ, f"{T}__ALLOW_INSECURE_TOKEN": "true"}
    (spec,) = resolve(environ=allowed).targets
    assert spec.address == "http://marquez:5000/api/v1/lineage"
    assert theirs(allowed)[0]["url"] == spec.address


def test_nothing_is_written_into_the_environment() -> None:
    with mock.patch.dict(os.environ, {"OPENLINEAGE_URL": URL, "OPENLINEAGE_API_KEY": "tok-1"}):
        before = dict(os.environ)
        resolve()
        assert dict(os.environ) == before


def test_a_file_that_is_only_found_comes_after_the_project(folder: Path) -> None:
    write(folder / "openlineage.yml", {"transport": {"type": "http", "url": "https://file"}})
    write(folder / "pyproject.toml", '[tool.hamilton_ol]\ntargets = "https://project"\n')
    assert _hosts({}) == ["project"]
    assert _hosts({"OPENLINEAGE_CONFIG": "openlineage.yml"}) == ["file"]
    assert _hosts({"HAMILTON_OL_TARGETS": "https://ours", "OPENLINEAGE_URL": URL}) == ["ours"]
    (folder / "pyproject.toml").unlink()
    assert _hosts({}) == ["file"]


def _hosts(environ: dict[str, str]) -> list[str]:
    return [spec.address.split("/")[2] for spec in resolve(environ=environ).targets]
