"""Tokens for a Marquez: kept in a keyring once they were taken, and nowhere else."""

import io
import json
from collections.abc import Iterator
from types import SimpleNamespace

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService
from keyring.backends.fail import Keyring as NoKeyring

from explorer_app.loading.child import Worker
from explorer_app.loading.frames import Frames, framed
from explorer_app.loading.messages import (
    Failed,
    FindKeyring,
    ForgetToken,
    Keyring,
    Load,
    TokenTaken,
)
from explorer_app.loading.tokens import SERVICE, token_of
from hamilton_ol.graph.lineage import LineageGraph
from tests.support.servers import Got, Reply, Target

TOKEN = "tell-nobody"


class InMemory(KeyringBackend):
    """A keyring that is gone with the test."""

    priority = 1
    name = "a keyring"

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def backend() -> Iterator[InMemory]:
    before, made = keyring.get_keyring(), InMemory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def no_backend() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


def answers(*messages: object) -> list[object]:
    source, sink = io.BytesIO(b"".join(map(framed, messages))), io.BytesIO()
    Worker(source, sink, clock=iter(range(100_000)).__next__).run()
    return list(Frames().feed(sink.getvalue()))


class Guarded(Target):
    """A Marquez that wants a token."""

    def _reply(self, got: Got) -> Reply:
        self.got.append(got)
        if got.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Reply(401, b'{"message": "no"}')
        key = got.path.partition("?")[0].rpartition("/")[2]
        return Reply(
            200, json.dumps({key: [{"name": "shop"}] if key == "namespaces" else []}).encode()
        )


def test_a_token_that_was_taken_is_kept_and_used_the_next_time(backend: InMemory) -> None:
    with Guarded() as target:
        source = (f"marquez:{target.url}#shop",)
        first = answers(Load(source, token=TOKEN))
        again = answers(Load(source))
    assert TokenTaken("a keyring") in first
    assert backend.kept == {(SERVICE, target.url): TOKEN}
    assert any(isinstance(message, LineageGraph) for message in first)
    assert any(isinstance(message, LineageGraph) for message in again)


def test_a_keyring_that_asks_a_person_keeps_no_graph_back(backend: InMemory) -> None:
    with Guarded() as target:
        found = answers(Load((f"marquez:{target.url}#shop",), token=TOKEN))
    graph = next(message for message in found if isinstance(message, LineageGraph))
    assert found.index(graph) < found.index(TokenTaken("a keyring"))


class Service(SecretService.Keyring):
    """A Secret Service that asks a person whatever it is asked for."""

    priority = 5
    asked = False

    def get_password(self, service: str, username: str) -> str | None:
        """It is locked, or has to be made."""
        self.asked = True
        return TOKEN


@pytest.fixture
def service(backend: InMemory, monkeypatch: pytest.MonkeyPatch) -> Service:
    """It tells what it has, which is a token for one server, without asking anybody."""

    def found(_bus: object, named: dict[str, str]) -> Iterator[object]:
        kept = {"service": SERVICE, "username": "http://kept:5000"}
        return iter([object()] if named == kept else [])

    bus = SimpleNamespace(close=lambda: None)
    monkeypatch.setattr("secretstorage.dbus_init", lambda: bus)
    monkeypatch.setattr("secretstorage.search_items", found)
    made = Service()  # type: ignore[no-untyped-call]
    keyring.set_keyring(made)
    return made


def test_no_person_is_asked_whether_there_is_a_token(service: Service) -> None:
    found = answers(FindKeyring("http://kept:5000"), FindKeyring("http://other:5000"))
    assert [told.has_token for told in found if isinstance(told, Keyring)] == [True, False]
    assert token_of("http://other:5000") == ""
    assert not service.asked
    assert token_of("http://kept:5000") == TOKEN


def test_a_token_that_was_not_taken_is_not_kept(backend: InMemory) -> None:
    with Guarded() as target:
        found = answers(Load((f"marquez:{target.url}#shop",), token="wrong-token"))
    assert isinstance(found[-1], Failed)
    assert "wrong-token" not in repr(found)
    assert backend.kept == {}


@pytest.mark.usefixtures("no_backend")
def test_without_a_keyring_it_is_used_and_kept_nowhere() -> None:
    with Guarded() as target:
        found = answers(Load((f"marquez:{target.url}#shop",), token=TOKEN))
    assert TokenTaken("") in found


def test_a_keyring_that_nobody_recommends_is_none(
    backend: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that is a file, which everybody can read."""
    monkeypatch.setattr(InMemory, "priority", 0.5)
    with Guarded() as target:
        found = answers(Load((f"marquez:{target.url}#shop",), token=TOKEN), FindKeyring())
    assert TokenTaken("") in found
    assert found[-1] == Keyring("")
    assert backend.kept == {}


@pytest.mark.usefixtures("backend")
def test_a_token_goes_to_no_other_machine_in_the_open() -> None:
    *_, failed = answers(Load(("marquez:http://example.invalid:5000#shop",), token=TOKEN))
    assert isinstance(failed, Failed)
    assert "TLS" in failed.message
    assert "https" in failed.hint
    assert TOKEN not in repr(failed)


@pytest.mark.usefixtures("backend")
def test_which_keyring_there_is_is_told() -> None:
    assert answers(FindKeyring()) == [Keyring("a keyring")]


def test_a_token_that_is_kept_is_told_of_and_deleted(backend: InMemory) -> None:
    address = "http://localhost:5000"
    backend.kept = {(SERVICE, address): TOKEN, (SERVICE, "http://other:1"): TOKEN}
    found = answers(FindKeyring(address), ForgetToken(address), ForgetToken(address))
    assert found == [
        Keyring("a keyring", address, has_token=True),
        Keyring("a keyring", address),
        Keyring("a keyring", address),
    ]
    assert backend.kept == {(SERVICE, "http://other:1"): TOKEN}
    assert TOKEN not in repr(found)


@pytest.mark.usefixtures("no_backend")
def test_that_there_is_none_is_told() -> None:
    assert answers(FindKeyring()) == [Keyring("")]


def test_a_token_is_in_no_repr() -> None:
    assert TOKEN not in repr(Load(("marquez:http://x",), token=TOKEN))
