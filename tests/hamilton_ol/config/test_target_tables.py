"""Tables of targets: every key is understood or refused, and the refusal names it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import INSECURE, KEYS, read_target, target_of
from hamilton_ol.errors import SettingError

URL = "https://marquez.example"


def spec_of(**keys: Any) -> TargetSpec:
    return target_of({"url": URL, **keys})


def problem(**keys: Any) -> str:
    """What is said of a table that means nothing."""
    with pytest.raises(SettingError) as caught:
        target_of(keys)
    assert caught.value.hint
    return str(caught.value)


#: {key: (as written, as meant, what means nothing)}
VALUES: dict[str, tuple[Any, Any, Any]] = {
    "granularity": ("DAG", "dag", "column"),
    "profile": ("generic", "generic", "somebody"),
    "send_level": ("minimal", "minimal", "all"),
    "sample": ("0.5", 0.5, 1.5),
    "mirror_tags": ("yes", True, "perhaps"),
    "allow_insecure_token": (True, True, 3),
    "ca_file": ("/ca", Path("/ca"), ""),
    "client_cert": ("/c", Path("/c"), 3),
    "verify": ("off", False, "somewhat"),
    "compression": ("NONE", "none", "brotli"),
    "connect_timeout": ("1.5", 1.5, 0),
    "send_timeout": (2, 2.0, -1),
    "answer_timeout": (3, 3.0, "nan"),
    "total_timeout": (4, 4.0, "inf"),
}


@pytest.mark.parametrize("key", VALUES)
def test_a_key_means_what_it_says(key: str) -> None:
    written, meant, wrong = VALUES[key]
    assert getattr(spec_of(**{key: written}), key) == meant
    said = problem(url=URL, **{key: wrong})
    assert f" {key}: expected " in said
    assert str(wrong) not in said.partition(f"{key}: ")[2] or len(str(wrong)) < 4


def test_one_time_stands_for_all_that_have_none_of_their_own() -> None:
    spec = spec_of(timeout=7, answer_timeout=1)
    phases = spec.connect_timeout, spec.send_timeout, spec.answer_timeout, spec.total_timeout
    assert phases == (7, 7, 1, 7)


@pytest.mark.parametrize(
    ("url", "endpoint", "address"),
    [
        ("marquez:5000", None, "http://marquez:5000/api/v1/lineage"),
        (URL, "events/lineage", f"{URL}/events/lineage"),
        (f"{URL}/below/", "events", f"{URL}/below/events"),
        (f"{URL}/below", "events", f"{URL}/events"),
        ("marquez:5000", "e", "http://marquez:5000/e"),
        (f"{URL}/api/v1/lineage?code=1", None, f"{URL}/api/v1/lineage"),
    ],
)
def test_an_endpoint_is_taken_as_it_is(url: str, endpoint: str | None, address: str) -> None:
    keys = {"endpoint": endpoint} if endpoint else {}
    assert target_of({"url": url, **keys}).address == address


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({}, "expected a url or a transport"),
        ({"url": 3}, "url: expected an address"),
        ({"url": URL, "transport": {"type": "console"}}, "a url or a transport, not both"),
        ({"url": URL, "proxy": 3}, "proxy: expected an address"),
        ({"url": "ftp://x"}, "url: this is no address"),
        ({"url": URL, "client_key": "/k"}, "client_key: expected a client_cert too"),
        ({"url": URL, "proxy": "https://p"}, "proxy: expected an address such as http"),
        ({"url": URL, "proxy": "http://p:port"}, "proxy: expected"),
        ({"url": URL, "headers": {"a b": "c"}}, "headers: expected names and values"),
        ({"url": URL, "headers": {"a": "c\nd"}}, "headers: expected names and values"),
        ({"url": URL, "headers": {"Content-Length": "3"}}, "expected no Content-Length"),
        ({"url": URL, "api_key": "a", "api_key_env": "B"}, "expected only one of api_key"),
        ({"url": "https://ada:x@h", "api_key": "a"}, "a user in the url"),
        ({"url": URL, "api_key": "ü"}, "api_key: expected a text that a header can hold"),
        ({"url": URL, "api_key_env": "no name"}, "api_key_env: expected the name"),
        ({"url": URL, "auth": "x"}, "auth: expected a table"),
        ({"url": URL, "greanularity": "dag"}, "'greanularity'; is granularity meant?"),
        ({"url": URL, "wholly_other": 1}, "there is no such key as 'wholly_other'"),
        ({"transport": {"type": "console"}, "api_key": "x"}, "api_key: only a target with a url"),
        ({"transport": {}}, "transport.type: expected the name"),
        ({"transport": {"type": "http"}}, "transport.url: expected a text"),
        ({"transport": {"type": "http", "url": URL, "timeout": "soon"}}, "timeout: expected"),
        ({"transport": {"type": "http", "url": URL, "auth": 3}}, "transport.auth: expected"),
        (
            {"transport": {"type": "http", "url": URL, "auth": {"type": "api_key"}}},
            "transport.auth.apiKey: expected",
        ),
        ({"transport": {"type": "http", "url": URL, "sslContext": 3}}, "transport.sslContext"),
        ({"transport": {"type": "http", "url": URL, "custom_headers": 3}}, "custom_headers"),
        ({"transport": {"type": "composite"}}, "transport.transports: expected at least one"),
        (
            {"transport": {"type": "composite", "transports": [3]}},
            "transports.-1: expected a table",
        ),
        ({"transport": {"type": "noop"}}, "This is not one target"),
    ],
    ids=str,
)
def test_what_means_nothing_is_said(keys: dict[str, Any], said: str) -> None:
    assert said in problem(**keys)


# --- tokens without TLS --------------------------------------------------------------------------

TELLING: list[dict[str, Any]] = [
    {"api_key": "x"},
    {"api_key_env": "X"},
    {"api_key_file": "/x"},
    {"auth": {"type": "oauth2"}},
    {"headers": {"X-Api-Key": "x"}},
    {"headers": {"authorization": "x"}},
]


@pytest.mark.parametrize("keys", TELLING, ids=str)
@pytest.mark.parametrize("host", ["marquez:5000", "10.0.0.7", "[fd00::1]", "localhost.example"])
def test_a_token_does_not_leave_the_machine_without_tls(keys: dict[str, Any], host: str) -> None:
    assert INSECURE in problem(url=f"http://{host}", **keys)
    assert target_of({"url": f"https://{host}", **keys}).address.startswith("https")
    allowed = target_of({"url": f"http://{host}", **keys, "allow_insecure_token": True})
    assert allowed.allow_insecure_token


@pytest.mark.parametrize("keys", TELLING, ids=str)
@pytest.mark.parametrize("host", ["localhost:5000", "127.0.0.1", "127.1.2.3", "[::1]:5000"])
def test_a_token_may_go_to_this_machine(keys: dict[str, Any], host: str) -> None:
    assert target_of({"url": f"http://{host}", **keys}).address.startswith("http:")


def test_a_proxy_on_another_machine_gets_no_token_without_tls_either() -> None:
    keys = {"url": "http://localhost", "api_key": "k3y"}
    assert INSECURE in problem(**keys, proxy="http://proxy.example:3128")
    for more in ({"proxy": ""}, {"proxy": "http://127.0.0.1:3128"}):
        assert target_of({**keys, **more}).proxy is not None
    for url in ("https://far.example", "https://localhost"):
        assert target_of({**keys, "url": url, "proxy": "http://proxy.example:3128"}).proxy


def test_a_password_is_a_token() -> None:
    with pytest.raises(SettingError, match="without TLS") as caught:
        target_of("http://ada:x@marquez")
    assert "allow_insecure_token = true" in caught.value.hint
    allowed = target_of({"url": "http://ada:x@marquez", "allow_insecure_token": True})
    assert allowed.address == "http://marquez/api/v1/lineage"


def test_the_client_s_configuration_may_allow_it_too() -> None:
    auth = {"type": "api_key", "apiKey": "x"}
    transport: dict[str, Any] = {"type": "http", "url": "http://marquez:5000", "auth": auth}
    assert INSECURE in problem(transport=transport)
    assert target_of({"transport": {**transport, "allow_insecure_token": True}}).api_key


def test_what_tells_nobody_anything_may_go_anywhere() -> None:
    keys = {"headers": {"X-Tenant": "data"}, "ca_file": "/x"}
    assert target_of({"url": "http://marquez:5000", **keys})


# --- whatever is written -------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["type", "url", "transports", "auth", "config", "verify", "timeout"])
TRANSPORTS = st.dictionaries(NAMES, JSON | st.sampled_from(["http", "composite", "kafka", URL]))


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), JSON | TRANSPORTS) | JSON)
def test_anything_is_understood_or_refused(written: Any) -> None:
    try:
        found = read_target("any", written, "test")
    except ValueError:
        return
    assert all(spec.address for spec in found)
