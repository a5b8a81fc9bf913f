"""A target in trouble: the run does not notice, and once the trouble is over everything arrives."""

import socket
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.arrivals import arrives, due
from tests.support.children import until
from tests.support.flows import build
from tests.support.outages import ELSEWHERE, EXPIRED, Outage, Trouble, status
from tests.support.servers import CERTIFICATE

BEGINNING = b"HTTP/1.1 2"
TROUBLES = {
    "refuses": Trouble(listens=False),
    "accepts and never answers": Trouble(reads=False),
    "reads and never answers": Trouble(),
    "answers a byte a second": Trouble(BEGINNING, b"0", every=1.0),
    "closes before an answer": Trouble(b""),
    "closes in mid-answer": Trouble(BEGINNING),
    "answers without end": Trouble(b"HTTP/1.1 500 No\r\n\r\n", b"x" * 65536),
    "answers what is no HTTP": Trouble(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "500": status(500),
    "503 with Retry-After": status(503, "Retry-After: 3600"),
    "429": status(429, "Retry-After: 3600"),
    "413": status(413),
    "401": status(401),
    "404": status(404),
    "400": status(400),
    "422": status(422),
    "302": status(302, "Location: http://127.0.0.1:9/"),
    "another's certificate": Trouble(certificate=ELSEWHERE),
    "expired certificate": Trouble(certificate=EXPIRED),
    "dies after three events": Trouble(takes=3),
}


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All certificates are trusted, as far as they are right."""
    every = "".join(path.read_text() for path in (CERTIFICATE, ELSEWHERE, EXPIRED))
    (tmp_path / "trusted.pem").write_text(every)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))


def hook(store: Path, outage: Outage, **more: Any) -> OpenLineageHook:
    target = {"url": outage.url, "timeout": 0.3, **more}
    return OpenLineageHook("job", store=store, targets={"it": target})


def execute(flow: Any, adapter: OpenLineageHook, number: int = 1) -> None:
    result = build([flow], adapter).execute(["third"], inputs={"number": number})
    assert result == {"third": number + 1}
    assert adapter.problems == {}
    assert flush_all(30)


@pytest.mark.usefixtures("warned")
@pytest.mark.parametrize("name", TROUBLES)
def test_everything_arrives_once_the_trouble_is_over(flow: Any, store: Path, name: str) -> None:
    trouble = TROUBLES[name]
    with Outage(trouble) as outage:
        adapter = hook(store, outage)
        for number in range(3):
            execute(flow, adapter, number)
        until(lambda: outage.met > 1 or not trouble.listens or (trouble.takes and outage.met))
        first = due(store)[0][0]
        outage.recover(lambda text: text == first or bool(trouble.takes))
        arrives(outage, store, runs=3)
        execute(flow, adapter, 3)
        arrives(outage, store, runs=4)


def test_a_target_that_is_well_gets_everything_once(flow: Any, store: Path) -> None:
    with Outage() as outage:
        adapter = hook(store, outage)
        for number in range(3):
            execute(flow, adapter, number)
        arrives(outage, store, runs=3)
        assert len(outage.texts) == len(set(outage.texts)) == 3 * 8


@pytest.mark.usefixtures("warned")
def test_a_name_that_nobody_knows_yet(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, known, real = list[str](), list[str](), socket.getaddrinfo

    def look_up(host: Any, *arguments: Any, **more: Any) -> Any:
        if host == "lineage.invalid":
            asked.append(host)
            return real(known[0] if known else host, *arguments, **more)
        return real(host, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with Outage() as outage:
        outage.url = f"http://lineage.invalid:{outage.port}"
        execute(flow, hook(store, outage))
        until(lambda: len(asked) > 1)
        known.append("127.0.0.1")
        arrives(outage, store, runs=1)


@pytest.mark.usefixtures("warned")
def test_a_target_that_hangs_does_not_hold_up_another(flow: Any, store: Path) -> None:
    with Outage(Trouble()) as hanging, Outage() as well:
        targets = [hanging.url, well.url]
        adapter = OpenLineageHook("job", store=store, targets=targets)
        execute(flow, adapter)
        until(lambda: hanging.met)
        events = due(store)[0]
        until(lambda: well.texts == events)
        assert hanging.texts == []


def test_each_target_has_its_own_granularity(flow: Any, store: Path) -> None:
    with Outage() as fine, Outage() as coarse:
        targets = {"fine": fine.url, "coarse": {"url": coarse.url, "granularity": "dag"}}
        execute(flow, OpenLineageHook("job", store=store, targets=targets))
        until(lambda: len(fine.texts) == 8 and len(coarse.texts) == 2)


@pytest.mark.parametrize("variable", ["OPENLINEAGE_DISABLED", "HAMILTON_OL_DISABLED"])
def test_who_is_disabled_sends_nothing(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "true")
    with Outage() as outage:
        adapter = hook(store, outage)
        execute(flow, adapter)
        assert not store.exists()
        assert not hasattr(adapter, "_session")


def test_a_hook_without_targets_has_no_sender(flow: Any, store: Path) -> None:
    adapter = OpenLineageHook("job", store=store)
    execute(flow, adapter)
    assert adapter._session._senders == ()
    assert StoreReader(store).runs() != []
    assert not (store / "targets").exists()
