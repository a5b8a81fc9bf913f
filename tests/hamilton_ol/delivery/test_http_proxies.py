"""Proxies: as they are set, as the environment says, and when they do not want to."""

import base64
from pathlib import Path
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.config.addresses import parse
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.proxies import proxy_of
from hamilton_ol.errors import RefusedError, UnreachableError
from tests.support.proxies import Proxy
from tests.support.servers import Target, free_port, hangs, rude_target
from tests.support.tls import Authority

EVENT = b'{"eventType":"START"}'
FAR = "http://marquez.example:5000"
LOGIN = "Basic " + base64.b64encode(b"ada:secret").decode()


def send(spec: TargetSpec, times: int = 1, timeout: float | None = None) -> None:
    """Send an event to a target."""
    with HttpTransport(spec, timeout) as transport:
        for _ in range(times):
            transport.send(EVENT)


def with_login(proxy: Proxy) -> str:
    return proxy.url.replace("http://", "http://ada:secret@")


@pytest.fixture
def secure(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "tls")


def test_a_proxy_is_asked_for_the_whole_address() -> None:
    with Target() as target, Proxy(leads_to=target.place) as proxy:
        send(target_of({"url": FAR, "proxy": proxy.url}), times=2)
        assert len(target.got) == 2
        assert proxy.asked == [f"{FAR}/api/v1/lineage"] * 2
        assert {headers["Host"] for headers in proxy.headers} == {"marquez.example:5000"}


def test_a_secure_target_is_reached_through_a_tunnel(secure: Authority) -> None:
    with Target(tls=secure.server("marquez.example")) as target, Proxy(leads_to=target.place) as p:
        url = "https://marquez.example/x/lineage"
        send(target_of({"url": url, "proxy": p.url, "ca_file": secure.file}), times=2)
        assert p.asked == ["marquez.example:443"]
        assert [got.path for got in target.got] == ["/x/lineage"] * 2


@pytest.mark.parametrize("is_secure", [False, True], ids=["http", "https"])
def test_a_proxy_is_told_who_we_are_and_the_target_is_not(
    secure: Authority, *, is_secure: bool
) -> None:
    tls = secure.server("marquez.example") if is_secure else None
    with Target(tls=tls) as target, Proxy(login=LOGIN, leads_to=target.place) as proxy:
        url = FAR.replace("http", "https") if is_secure else FAR
        table = {"url": url, "ca_file": secure.file}
        with pytest.raises((RefusedError, UnreachableError)) as caught:
            send(target_of({**table, "proxy": proxy.url}))
        assert "407" in str(caught.value)
        assert "user:password@host:port" in caught.value.hint
        send(target_of({**table, "proxy": with_login(proxy)}))
        (got,) = target.got
        assert is_secure is ("Proxy-Authorization" not in got.headers)


def test_a_proxy_that_does_not_connect_is_named(secure: Authority) -> None:
    with Proxy(refuses=403) as proxy:
        spec = target_of({"url": "https://marquez.example", "proxy": with_login(proxy)})
        with pytest.raises(UnreachableError) as caught:
            send(spec)
    text = str(caught.value)
    assert f"The proxy {proxy.url} does not connect to https://marquez.example:443: 403" in text
    assert "NO_PROXY" in caught.value.hint
    assert "secret" not in text


def test_a_proxy_that_is_not_there_is_named() -> None:
    proxy = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(UnreachableError, match=f"through the proxy {proxy}: refuses"):
        send(target_of({"url": FAR, "proxy": proxy}))


def test_a_proxy_that_says_nothing_is_given_up() -> None:
    with rude_target(hangs) as proxy:
        spec = target_of({"url": "https://marquez.example", "proxy": proxy})
        with pytest.raises(UnreachableError, match=r"could not be connected to within 0\.2 s"):
            send(spec, timeout=0.2)


# --- the environment -----------------------------------------------------------------------------


def proxy_in(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, url: str = FAR
) -> str | None:
    """The proxy that the environment names for a target."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    proxy = proxy_of(target_of(url), parse(url))
    return proxy.origin if proxy else None


@pytest.mark.parametrize(
    ("environ", "url", "proxy"),
    [
        ({"http_proxy": "http://p:1"}, FAR, "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, FAR, "http://p:1"),
        ({"HTTP_PROXY": "p:1"}, FAR, "http://p:1"),
        ({"HTTP_PROXY": "http://p"}, FAR, "http://p:80"),
        ({"HTTP_PROXY": "http://upper:1", "http_proxy": "http://p:1"}, FAR, "http://p:1"),
        ({"HTTP_PROXY": "http://upper:1", "http_proxy": ""}, FAR, None),
        ({"HTTP_PROXY": "http://p:1"}, "https://marquez.example", None),
        ({"HTTPS_PROXY": "http://p:1"}, "https://marquez.example", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1"}, FAR, None),
        ({"ALL_PROXY": "http://p:1"}, FAR, "http://p:1"),
        ({"ALL_PROXY": "http://p:1", "HTTP_PROXY": "http://h:1"}, FAR, "http://h:1"),
        ({"HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"}, FAR, None),  # a header, under CGI
        ({"http_proxy": "http://p:1", "REQUEST_METHOD": "GET"}, FAR, "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, "http://localhost:5000", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://127.0.0.1:5000", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://[::1]:5000", None),
        ({}, FAR, None),
    ],
)
def test_the_environment_names_a_proxy(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], url: str, proxy: str | None
) -> None:
    assert proxy_in(environ, monkeypatch, url) == proxy


@pytest.mark.parametrize(
    ("no_proxy", "url", "is_exempt"),
    [
        ("*", FAR, True),
        ("marquez.example", FAR, True),
        ("MARQUEZ.example", FAR, True),
        ("example", FAR, True),
        (".example", FAR, True),
        ("a, .example", FAR, True),
        ("quez.example", FAR, False),
        ("marquez.example:5000", FAR, True),
        ("marquez.example:80", FAR, False),
        ("", FAR, False),
        (",", FAR, False),
        ("10.1.2.3", "http://10.1.2.3:5000", True),
        ("10.0.0.0/8", "http://10.1.2.3:5000", True),
        ("10.0.0.0/8", "http://11.1.2.3:5000", False),
        ("fd00::/8", "http://[fd00::1]:5000", True),
        ("10.0.0.0/8", FAR, False),
    ],
)
def test_some_hosts_need_no_proxy(
    monkeypatch: pytest.MonkeyPatch, no_proxy: str, url: str, *, is_exempt: bool
) -> None:
    environ = {"HTTP_PROXY": "http://p:1", "NO_PROXY": no_proxy}
    assert proxy_in(environ, monkeypatch, url) == (None if is_exempt else "http://p:1")


NAMES = st.from_regex(r"\.?(a|b|ab)(\.(a|b|ab)){0,2}(:(80|81))?", fullmatch=True)


@given(st.lists(NAMES, max_size=3), st.from_regex(r"(a|b|ab)(\.(a|b|ab)){0,2}", fullmatch=True))
def test_the_standard_library_exempts_the_same(names: list[str], host: str) -> None:
    no_proxy = ",".join(names)
    with pytest.MonkeyPatch.context() as patch:
        ours = proxy_in({"http_proxy": "http://p:1", "no_proxy": no_proxy}, patch, f"http://{host}")
    theirs = bool(proxy_bypass_environment(f"{host}:80", {"no": no_proxy}))
    if ":80" not in no_proxy:  # theirs takes a port only where it is asked with one, as it is here
        assert (ours is None) is theirs


def test_an_empty_proxy_is_none_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://p:1")
    assert proxy_of(target_of({"url": FAR, "proxy": ""}), parse(FAR)) is None


@pytest.mark.parametrize("url", ["https://p:1", "socks5://ada:secret@p:1", "http://p:port"])
def test_a_proxy_that_we_cannot_go_through_is_told(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", url)
    with pytest.raises(UnreachableError, match="its proxy is none that can be used") as caught:
        send(target_of(FAR))
    assert "http://host:port" in caught.value.hint
    assert "secret" not in str(caught.value)


def test_events_go_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    with Target() as target, Proxy(leads_to=target.place) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        send(target_of(FAR))
        assert (len(target.got), len(proxy.asked)) == (1, 1)
