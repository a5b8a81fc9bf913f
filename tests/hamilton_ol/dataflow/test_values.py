"""What of a value is recorded."""

from typing import Any

import pytest

from hamilton_ol.dataflow.freezing import freeze
from hamilton_ol.dataflow.values import Values
from hamilton_ol.masking import Masker
from hamilton_ol.records import Value

SALT = b"salt"


def recorded(name: str, value: Any, *opened: str, salt: bytes = SALT, **how: Any) -> Value:
    return Values(Masker(), salt, **how).record(name, freeze({name: value})[name], opened)


@pytest.mark.parametrize("value", [3, 0.5, True, None])
def test_what_is_no_text_is_shown(value: Any) -> None:
    assert recorded("x", value) == Value(type(value).__name__, value, shown=True)


@pytest.mark.parametrize("value", [12345678, 0.5, "forest", "s3://bucket/a.csv"])
def test_of_what_has_a_secret_name_there_is_a_hash_whatever_it_is(value: Any) -> None:
    found = recorded("api_key", value, "forest", shown=("api_key",), everything=True)
    assert (found.value, found.shown, len(found.hash or "")) == (None, False, 24)


@pytest.mark.parametrize("value", [True, None])
def test_a_switch_is_no_secret(value: Any) -> None:
    assert recorded("use_token", value).shown


def test_a_text_is_shown_when_it_is_in_the_open() -> None:
    assert recorded("x", "forest", "forest").value == "forest"
    assert recorded("x", "s3://bob:pw@bucket/a.csv?sig=1").value == "s3://bucket/a.csv"
    assert recorded("x", "forest", shown=("x",)).value == "forest"
    assert recorded("x", "forest", everything=True).value == "forest"
    assert recorded("x", "forest").value is None


def test_a_hash_is_of_the_value_and_of_the_store() -> None:
    first, *others = (
        recorded("x", "forest"),
        recorded("y", "forest"),
        recorded("x", "tree"),
        recorded("x", "forest", salt=b"other"),
    )
    assert [other.hash == first.hash for other in others] == [True, False, False]
