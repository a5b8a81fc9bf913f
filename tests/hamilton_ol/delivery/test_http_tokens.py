"""Tokens: where they come from, that they are read anew, and that nobody gets to see them."""

import copy
import json
import pickle
import traceback
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.errors import RefusedError, UnreachableError
from tests.support.servers import Reply, Target, free_port

EVENT = b'{"eventType":"START"}'
TOKEN = "tok-4711-abcdef"  # made up


def send(spec: TargetSpec) -> None:
    with HttpTransport(spec) as transport:
        transport.send(EVENT)


def sent_token(**keys: Any) -> str | None:
    """The header that a target gets."""
    with Target() as target:
        send(target_of({"url": target.url, **keys}))
    return target.got[0].headers.get("Authorization")


def test_a_token_is_sent_as_a_bearer() -> None:
    assert sent_token(api_key=TOKEN) == f"Bearer {TOKEN}"


def test_a_token_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARQUEZ_KEY", f" {TOKEN}\n")
    assert sent_token(api_key_env="MARQUEZ_KEY") == f"Bearer {TOKEN}"


@pytest.mark.parametrize("content", [TOKEN, f"{TOKEN}\n", f"\ufeff{TOKEN}\r\n"])
def test_a_token_is_read_from_a_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "token"
    path.write_bytes(content.encode())
    assert sent_token(api_key_file=path) == f"Bearer {TOKEN}"


def test_a_token_that_is_changed_is_used_for_the_next_event(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("first", encoding="utf-8")
    with (
        Target() as target,
        HttpTransport(target_of({"url": target.url, "api_key_file": path})) as transport,
    ):
        transport.send(EVENT)
        other = tmp_path / "other"
        other.write_text("other", encoding="utf-8")  # of the same length
        other.replace(path)
        transport.send(EVENT)
        path.unlink()
        with pytest.raises(UnreachableError, match="file with the token cannot be read"):
            transport.send(EVENT)
        path.write_text("third", encoding="utf-8")
        transport.send(EVENT)
    seen = [got.headers["Authorization"] for got in target.got]
    assert seen == ["Bearer first", "Bearer other", "Bearer third"]


@pytest.mark.parametrize("text", ["", " \n", "two\nlines", "ünicode", "\x1b[31m", "a\tb"])
def test_what_no_header_can_hold_is_told_and_not_shown(tmp_path: Path, text: str) -> None:
    path = tmp_path / "token"
    path.write_text(text, encoding="utf-8")
    with Target() as target, pytest.raises(UnreachableError) as caught:
        send(target_of({"url": target.url, "api_key_file": path}))
    assert str(path) in str(caught.value)
    assert target.got == []
    assert not text.strip() or text.strip() not in str(caught.value)


def test_a_variable_that_is_not_set_is_named() -> None:
    with Target() as target, pytest.raises(UnreachableError, match="MARQUEZ_KEY is empty"):
        send(target_of({"url": target.url, "api_key_env": "MARQUEZ_KEY"}))


def test_further_headers_are_sent_and_may_take_the_place_of_ours() -> None:
    with Target() as target:
        headers = {"X-Tenant": "data", "user-agent": "us", "Authorization": f"Key {TOKEN}"}
        send(target_of({"url": target.url, "headers": headers}))
    (got,) = target.got
    assert got.headers["X-Tenant"] == "data"
    assert got.headers["user-agent"] == "us"
    assert "User-Agent" not in got.headers
    assert got.headers["Authorization"] == f"Key {TOKEN}"


def test_an_event_may_be_sent_as_it_is() -> None:
    with Target() as target:
        send(target_of({"url": target.url, "compression": "none"}))
    (got,) = target.got
    assert (got.body, "Content-Encoding" in got.headers) == (EVENT, False)


# --- nobody sees them ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keys",
    [
        {"api_key": TOKEN},
        {"headers": {"X-Api-Key": TOKEN}},
        {"headers": {"Authorization": f"Token {TOKEN}"}},
    ],
    ids=["api_key", "header", "authorization"],
)
@pytest.mark.parametrize("status", [302, 400, 401, 500])
def test_an_answer_that_repeats_the_request_is_masked(keys: dict[str, Any], status: int) -> None:
    body = json.dumps({"message": f"who is {TOKEN}?", "code": 500}).encode()
    reply = Reply(status, body, {"Location": f"http://elsewhere/{TOKEN}"})
    with Target(reply) as target, pytest.raises(RefusedError) as caught:
        send(target_of({"url": target.url, **keys}))
    error = caught.value
    assert "***" in f"{error}"
    assert TOKEN not in f"{error!r} {error} {error.body} {error.hint} {vars(error)}"
    assert error.__cause__ is None


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        ({}, "set its api_key_env"),
        ({"headers": {"X-Api-Key": TOKEN}}, "set its api_key_env"),
        ({"api_key": TOKEN}, "not expired"),
        ({"headers": {"authorization": f"Token {TOKEN}"}}, "not expired"),
    ],
    ids=["nothing", "header", "api_key", "authorization"],
)
def test_whoever_has_the_wrong_key_is_not_told_to_set_one(keys: dict[str, Any], hint: str) -> None:
    with Target(Reply(401)) as target, pytest.raises(RefusedError) as caught:
        send(target_of({"url": target.url, **keys}))
    assert hint in caught.value.hint


def test_what_came_in_the_place_of_an_answer_is_told_without_what_led_to_it() -> None:
    with pytest.raises(UnreachableError) as caught:
        send(target_of({"url": f"http://127.0.0.1:{free_port()}", "api_key": TOKEN}))
    assert caught.value.__cause__ is None
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


def test_a_user_in_the_address_is_masked_in_what_an_answer_repeats() -> None:
    with Target(Reply(401, b"no: hunter22, or YWRhOmh1bnRlcjIy")) as target:
        url = target.url.replace("http://", "http://ada:hunter22@")
        with pytest.raises(RefusedError) as caught:
            send(target_of(url))
    assert "hunter22" not in f"{caught.value} {caught.value.body}"
    assert "YWRhOmh1bnRlcjIy" not in f"{caught.value} {caught.value.body}"  # as it is sent


def test_a_long_answer_is_kept_as_far_as_it_says_something() -> None:
    with Target(Reply(400, b"word " * 2000)) as target, pytest.raises(RefusedError) as caught:
        send(target_of(target.url))
    assert 1000 < len(caught.value.body) <= 2000


def test_when_to_ask_again_is_told() -> None:
    reply = Reply(503, headers={"Retry-After": "17"})
    with Target(reply) as target, pytest.raises(RefusedError) as caught:
        send(target_of(target.url))
    assert (caught.value.retry_after, caught.value.is_final) == (17.0, False)


def test_a_token_stays_in_its_process() -> None:
    spec = target_of({"url": "https://marquez.example", "api_key": TOKEN})
    data = pickle.dumps(spec)
    assert TOKEN.encode() not in data
    with pytest.raises(UnreachableError, match="stayed in its process") as caught:
        send(pickle.loads(data))
    assert "api_key_env" in caught.value.hint


def test_where_a_token_is_kept_goes_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MARQUEZ_KEY", TOKEN)
    path = tmp_path / "token"
    path.write_text(TOKEN, encoding="utf-8")
    for keys in ({"api_key_env": "MARQUEZ_KEY"}, {"api_key_file": path}):
        with Target() as target:
            spec = target_of({"url": target.url, **keys})
            again = pickle.loads(pickle.dumps(spec))
            assert again == spec
            send(again)
        assert target.got[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_a_copy_in_one_process_is_whole() -> None:
    spec = target_of({"url": "https://marquez.example", "api_key": TOKEN})
    assert copy.deepcopy(spec) == copy.copy(spec) == spec
    assert copy.deepcopy(spec).api_key is spec.api_key
