"""Addresses of targets, as people write them."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.config.addresses import Address, parse
from hamilton_ol.errors import SettingError


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://localhost:5000", "http://localhost:5000/api/v1/lineage"),
        ("http://localhost:5000/", "http://localhost:5000/api/v1/lineage"),
        ("localhost:5000", "http://localhost:5000/api/v1/lineage"),
        ("marquez", "http://marquez/api/v1/lineage"),
        ("HTTPS://Marquez.Example", "https://marquez.example/api/v1/lineage"),
        ("http://marquez/api/v1", "http://marquez/api/v1/lineage"),
        ("http://marquez/api/v1/lineage/", "http://marquez/api/v1/lineage"),
        ("http://catalog/openapi/openlineage", "http://catalog/openapi/openlineage/api/v1/lineage"),
        ("http://[::1]:5000", "http://[::1]:5000/api/v1/lineage"),
        ("https://ada:pass@marquez:1/x/lineage?key=1#part", "https://marquez:1/x/lineage"),
    ],
)
def test_an_address_is_understood(url: str, shown: str) -> None:
    assert parse(url).shown == shown


def test_an_address_is_taken_apart() -> None:
    assert parse("https://[::1]:5000/lineage") == Address(
        "::1", 5000, secure=True, path="/lineage", shown="https://[::1]:5000/lineage"
    )


def test_a_query_is_asked_for_and_not_shown() -> None:
    address = parse("http://marquez/lineage?key=a%20b&x=ü")
    assert address.path == "/lineage?key=a%20b&x=%C3%BC"
    assert address.shown == "http://marquez/lineage"


def test_a_user_in_the_address_says_who_we_are() -> None:
    address = parse("http://ada%40x:p%2Fw@marquez")
    assert base64.b64decode(address.authorization.removeprefix("Basic ")) == b"ada@x:p/w"
    assert address.authorization not in repr(address)
    assert "p%2Fw" not in address.shown


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://",
        "http:///api",
        "ftp://marquez",
        "file:///tmp/events",
        "http://[::1",
        "http://marquez:port",
        "http://marquez:99999",
        "http://marquez:0",
        "http://mar quez",
        "http://mar\x1b[31mquez",
        "http://a..b",
        'http://"a"',
        "http://a=b",
        "{a}",
        f"http://{'a' * 64}.example",
        "http://marquez/a\nb",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(SettingError, match="no address that events can be sent to") as caught:
        parse(url)
    assert "http://localhost:5000" in caught.value.hint


def test_a_wrong_address_with_a_password_is_not_repeated() -> None:
    with pytest.raises(SettingError) as caught:
        parse("http://ada:secret@marquez:port")
    assert "secret" not in str(caught.value)


@given(st.text(max_size=20))
def test_no_text_does_worse_than_to_be_refused(text: str) -> None:
    try:
        address = parse(text)
    except SettingError:
        return
    assert address.path.isascii()
    assert address.path.endswith("/lineage") or "?" in address.path
