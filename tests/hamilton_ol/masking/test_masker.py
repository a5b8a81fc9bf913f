"""What is known to be secret is masked wherever it stands, however it is written."""

import json
from urllib.parse import quote, quote_plus

import pytest

from hamilton_ol.masking import Masker

ODD = "a b/'c\"d\n%@é\\e"
WRITTEN = {
    "as it is": ODD,
    "in a path": quote(ODD, safe=""),
    "in a query": quote_plus(ODD),
    "by repr": repr(ODD)[1:-1],
    "in JSON": json.dumps(ODD)[1:-1],
}


def masked(text: str, *values: str, limit: int = 2000) -> str:
    return Masker().with_values(values).text(text, limit)


@pytest.mark.parametrize("how", WRITTEN)
def test_a_value_is_masked_however_it_is_written(how: str) -> None:
    assert masked(f"no {WRITTEN[how]}, sorry", ODD) == "no ***, sorry"


def test_of_a_value_that_is_a_part_of_another_nothing_of_the_other_is_left() -> None:
    values = ("abc-123", "abc-123-456", "0-abc-123-456-7")
    for order in (values, values[::-1]):
        assert masked("abc-123-456 and 0-abc-123-456-7", *order) == "*** and ***"


def test_a_value_that_is_a_word_is_masked_as_a_word_only() -> None:
    assert masked("train and training, train://x", "train") == "*** and training, train://x"


def test_what_is_too_short_to_be_told_from_other_texts_stays() -> None:
    assert masked("a1b2 is a1b2c", "a1b2") == "a1b2 is a1b2c"


def test_the_password_of_an_address_is_masked_without_the_address() -> None:
    assert masked("no s3cr3t-1!", "postgres://bob:s3cr3t-1%21@db/x") == "no ***"


def test_the_environments_secrets_are_masked_and_its_paths_are_not() -> None:
    masker = Masker(environ={"X_TOKEN": "abc-123", "PWD": "/srv/bob", "API_KEY": "/srv/x"})
    assert masker.text("abc-123 in /srv/bob, /srv/x") == "*** in /srv/bob, /srv/x"


@pytest.mark.parametrize("limit", [10, 100])
def test_a_text_is_cut_to_its_limit_after_it_was_masked(limit: int) -> None:
    text = masked("abc-123 " * 100, "abc-123", limit=limit)
    assert (len(text), text[-1], "abc" in text) == (limit, "…", False)


@pytest.mark.parametrize(("key", "kept"), [("api_key", "***"), ("team", "abc")])
def test_what_is_kept_under_a_secret_name_is_masked(key: str, kept: str) -> None:
    assert Masker().kept(key, "abc") == kept


def test_the_end_of_a_very_long_name_says_that_it_is_secret() -> None:
    assert Masker().is_secret("x_" * 200 + "password")
