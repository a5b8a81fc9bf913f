"""The fast reader and Python's own say the same of whatever a file holds."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hamilton_ol.sources.eventjson import event_parsed, parsed, patiently_parsed

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
ODD = (
    *(
        b"NaN",
        b"[Infinity]",
        b"1e999",
        b"-1e999",
        b"0.1e-400",
        b"01",
        b"1.",
        b"-0",
        b"-0.0",
        b"tru",
    ),
    *(b"9" * 25, b"9" * 400, b"9" * 5000, b"18446744073709551616", b"-9223372036854775809"),
    *(b'{"a": 1, "a": 2}', b"{} {}", b"[1,]", b"", b"\x0c1", b"[" * 900 + b"]" * 900, b"[" * 10**5),
    *(rb'"\ud800"', rb'"\ud83d\ude00"', rb'"\u0000"', b'"\x00"', b'"\xed\xa0\x80"', b'"\xff"'),
    *(b"\xef\xbb\xbf{}", '"é"'.encode("utf-16"), '"é"'.encode("utf-32-le")),
)


def outcome(parse: Any, data: bytes) -> tuple[str, str]:
    """The value, or the error."""
    try:
        value = parse(data)
        return type(value).__name__, repr(value)
    except (ValueError, RecursionError) as error:
        return type(error).__name__, str(error)


@pytest.mark.parametrize("data", ODD, ids=lambda data: f"{data[:20]!r} {len(data)}")
def test_odd_json_is_what_python_makes_of_it(data: bytes) -> None:
    assert outcome(parsed, data) == outcome(patiently_parsed, data)


@given(VALUES)
def test_any_value_is_read_as_it_was_written(value: Any) -> None:
    for is_ascii in (True, False):
        data = json.dumps(value, ensure_ascii=is_ascii).encode("utf-8", "surrogatepass")
        assert outcome(parsed, data) == outcome(patiently_parsed, data)


@given(st.text(alphabet='{}[]":,\\ue0123456789.-+truefalsn \n\ud800é\x00'))
@example('{"a":1}')
def test_any_text_is_read_or_refused_alike(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    assert outcome(parsed, data) == outcome(patiently_parsed, data)


def test_what_is_as_it_should_be_is_read_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msgspec.json, "decode", lambda _: "fast")
    assert parsed(b"{}") == "fast"


# --- events, of which only some parts are read ---------------------------------------------------

#: Where a value may stand in an event: in what is read, in what stays bytes, and in what is neither.
PLACES = (
    *("%s", '{"job": %s}', '{"inputs": %s}', '{"run": {"facets": {"environment": %s}}}'),
    *('{"dataset": {"facets": {"schema": %s}}}', '{"outputs": [{"facets": %s}]}', '{"x": %s}'),
)


def error(parse: Any, data: bytes) -> str:
    """What is wrong with it; an empty text for nothing."""
    try:
        parse(data)
    except (ValueError, RecursionError) as error:
        return str(error)
    return ""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", ODD, ids=lambda data: f"{data[:20]!r} {len(data)}")
def test_an_event_is_refused_for_what_is_odd_wherever_that_stands(place: str, value: bytes) -> None:
    data = place.encode().replace(b"%s", value)
    if value != b"9" * 5000:  # too many digits for a number, but not for what is passed over
        assert error(event_parsed, data) == error(parsed, data)


@given(st.sampled_from(PLACES), st.text(alphabet='{}[]":,\\ue01.-+n \n\ud800é\x00'))
def test_an_event_is_refused_as_any_value_is(place: str, text: str) -> None:
    data = place.replace("%s", text).encode("utf-8", "surrogatepass")
    assert error(event_parsed, data) == error(parsed, data)


@pytest.mark.parametrize("rest", [b"", b"\xff", "é".encode()])
def test_text_that_is_none_is_found_in_what_is_passed_over(rest: bytes) -> None:
    data = b'{"eventTime": "now", "x": "' + rest + b'"}'
    is_text = rest != b"\xff"
    assert error(event_parsed, data) == ("" if is_text else error(patiently_parsed, data))
    if is_text:
        assert event_parsed(data) == {"eventTime": "now"}
