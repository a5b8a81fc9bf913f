"""Records to JSON values and back."""

import json
from dataclasses import dataclass
from typing import Any, Literal, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol import records as records_module
from hamilton_ol.records import DatasetAccess, NodeRecord, RunFinished, RunStarted, Schema, Value
from hamilton_ol.store.codec import decode, encode, is_record
from hamilton_ol.store.index import RunEntry, SegmentEntry
from hamilton_ol.store.liveness import Process
from tests.support.stores_random import QUICK, records

CLASSES = [
    *(c for c in vars(records_module).values() if isinstance(c, type) and is_record(c)),
    Process,
    RunEntry,
    SegmentEntry,
]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_record_comes_back_as_it_was(kind: type) -> None:
    @QUICK
    @given(records(kind))
    def check(record: Any) -> None:
        text = json.dumps(encode(record))
        assert decode(kind, json.loads(text)) == record

    check()


def test_what_equals_its_default_is_left_out() -> None:
    assert encode(RunFinished(5, "SUCCEEDED")) == {"time": 5, "status": "SUCCEEDED"}


def test_zero_and_false_are_no_defaults_of_none() -> None:
    assert encode(Value("int", 0, shown=True))["value"] == 0
    assert encode(Value("bool", False, shown=True))["value"] is False


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_fields_of_newer_writers_are_skipped(kind: type) -> None:
    @QUICK
    @given(records(kind))
    def check(record: Any) -> None:
        assert decode(kind, {**encode(record), "from_the_future": [1]}) == record

    check()


def test_fields_that_older_writers_lack_have_their_defaults() -> None:
    record = decode(NodeRecord, {"name": "n", "kind": "function", "type": "int", "owner": "n"})
    assert record == NodeRecord("n", "function", "int", "n")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Schema, {"table": True}),  # a field that was always there
        (Schema, {"fields": [["a"]], "table": True}),
        (Schema, {"fields": [["a", "b", "c"]], "table": True}),
        (Schema, {"fields": ["ab"], "table": True}),
        (Schema, {"fields": [], "table": 1}),
        (Schema, {"fields": None, "table": False}),
        (Schema, []),
        (Schema, None),
        (Schema, "schema"),
        (RunFinished, {"time": "now", "status": "SUCCEEDED"}),
        (RunFinished, {"time": True, "status": "SUCCEEDED"}),
        (RunFinished, {"time": 1.5, "status": "SUCCEEDED"}),
        (RunFinished, {"time": 1, "status": "EXPLODED"}),
        (RunFinished, {"time": 1, "status": ["SUCCEEDED"]}),
        (RunFinished, {"time": 1, "status": "FAILED", "error": "boom"}),
        (DatasetAccess, {"node": "n", "mode": "append"}),
        (DatasetAccess, {"node": "n", "mode": "read", "rows": "many"}),
        (Value, {"type": "str", "value": ["a", "list"]}),
    ],
)
def test_what_describes_no_such_record_is_refused(kind: type, data: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        decode(kind, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@settings(deadline=None)
@given(
    st.sampled_from(CLASSES).flatmap(
        lambda kind: st.tuples(
            st.just(kind),
            st.dictionaries(st.sampled_from(list(get_type_hints(kind))), JSON) | JSON,
        )
    )
)
def test_nothing_else_is_ever_raised(drawn: tuple[type, Any]) -> None:
    kind, data = drawn
    try:
        record: Any = decode(kind, data)
    except (TypeError, ValueError):
        return
    assert isinstance(record, kind)
    assert decode(kind, json.loads(json.dumps(encode(record)))) == record or _has_nan(record)


def _has_nan(record: Any) -> bool:
    return "nan" in repr(record)


def test_a_tuple_and_a_text_are_told_apart() -> None:
    @dataclass(frozen=True)
    class Tag:
        value: str | tuple[str, ...]
        how: Literal["one", "many"]

    assert decode(Tag, {"value": "ab", "how": "one"}) == Tag("ab", "one")
    assert decode(Tag, {"value": ["a", "b"], "how": "many"}) == Tag(("a", "b"), "many")


def test_a_whole_number_may_stand_for_a_fraction() -> None:
    assert decode(DatasetAccess, {"node": "n", "mode": "read", "modified": 3}).modified == 3


def test_a_run_of_a_writer_that_knew_no_tags_is_read() -> None:
    data = {"run_id": "r", "time": 1, "job": "j", "namespace": "n", "graph": "g", "requested": []}
    assert decode(RunStarted, data).tags == {}
