"""Queries about subdags and runs, and words that are no name."""

import pytest

from hamilton_ol.errors import QueryError, UnknownNodeError
from tests.support.lineages import graph

SUBDAG = graph(
    "sub.inner.t>sub.inner.a>model",
    "sub.b>model",
    **{
        "sub.inner.a": {"part_of": "sub.inner.t", "run": "1f3a-2"},
        "sub.b": {"run": "2e"},
        "sub.file": {"kind": "source"},
    },
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("depth:0", "sub.inner.t sub.b sub.file"),
        ("depth:>1 or depth:1", "sub.inner.a model"),
        ("group:sub", "sub.inner.t sub.inner.a sub.b"),
        ("group:inner.t or group:sub.inner", "sub.inner.t sub.inner.a"),
        ("group:model", "model"),
        ("run:1f", "sub.inner.a"),
        ('run:"1f"', ""),
        ("run:*", "sub.inner.a sub.b"),
        ("inner", "sub.inner.t sub.inner.a"),
        ("sub_a", "sub.inner.a"),
        ("MODE and not inner", "model"),
    ],
)
def test_what_a_query_means_of_subdags_and_runs(query: str, expected: str) -> None:
    assert SUBDAG.select(query) == set(expected.split())


@pytest.mark.parametrize("query", ['"mod"', "mo", "e", "inner.sub", "--", "model.x"])
def test_nothing_is_like_a_name_that_is_quoted_or_short_or_in_another_order(query: str) -> None:
    with pytest.raises(QueryError):
        SUBDAG.select(query)


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("tag:PII|GDPR", "Is tag:PII or tag:GDPR meant?"),
        ("(tag:stage=raw | cleaned)+", "Is tag:stage=raw or tag:stage=cleaned meant?"),
        ("tag:PII GDPR", ""),
        ("model|GDPR", ""),
    ],
)
def test_another_value_of_a_field_is_proposed(query: str, hint: str) -> None:
    with pytest.raises(UnknownNodeError) as found:
        SUBDAG.select(query)
    assert found.value.hint == hint


def test_names_are_compared_in_time_however_long_they_are() -> None:
    made = graph("".join(["a"] * 20_000), "a_b")
    with pytest.raises(UnknownNodeError):
        made.select("_".join(["a"] * 40) + "_b")
    assert made.select("_".join(["a"] * 40)) == {"a" * 20_000}


def test_nothing_leads_to_a_cycle_in_so_many_steps() -> None:
    made = graph("a>b>c>b", "c>d", "a>d")
    assert made.select("depth:>=0") == {"a"}
