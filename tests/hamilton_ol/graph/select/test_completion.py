"""What may be typed next."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hamilton_ol.errors import QueryError
from hamilton_ol.graph.select.completion import MOST, Completion, complete
from hamilton_ol.graph.select.facts import Texts
from hamilton_ol.graph.select.parser import parse
from hamilton_ol.graph.select.vocabulary import FIELDS, FUNCTIONS
from tests.support.lineages import graph
from tests.support.queries import ALMOST

FLOW = graph(
    "age>model>remodel",
    age={"tags": {"PII": "true", "owner team": "a b"}, "doc": "In years.\nMore."},
    model={"owners": ("data-science",), "kind": "saver"},
)
SAVED = {"gdpr": "tag:PII+"}


def offered(text: str, at: int | None = None) -> Completion:
    return complete(FLOW, text, len(text) if at is None else at, SAVED)


@pytest.mark.parametrize(
    ("text", "place", "first"),
    [
        ("mod", (0, 3), ["model", "module:", "remodel"]),
        ("age", (0, 3), ["age"]),
        ("+mod", (1, 4), ["model"]),
        ("age..re", (5, 7), ["remodel"]),
        ("tag:", (0, 4), ["tag:PII", 'tag:"owner team"']),
        ("tag:PII=", (0, 8), ["tag:PII=true"]),
        ("tag:own", (0, 7), ['tag:"owner team"']),
        ('tag:"owner team"=', (0, 17), ['tag:"owner team"="a b"']),
        ("owner:", (0, 6), ["owner:data-science"]),
        ("kind:sa", (0, 7), ["kind:saver"]),
        ("$", (0, 1), ["$gdpr"]),
        ("sin", (0, 3), ["sinks("]),
        ("age ", (4, 4), ["and", "or", "-", ".."]),
        ("age an", (4, 6), ["and"]),
        ("age)", (4, 4), []),
        ("near(age", (5, 8), ["age"]),
        ("a b (", (5, 5), ["("]),
    ],
)
def test_what_is_offered(text: str, place: tuple[int, int], first: list[str]) -> None:
    found = offered(text)
    texts = [candidate.text for candidate in found.candidates]
    assert (found.start, found.end) == place
    assert set(first) <= set(texts)
    assert bool(first) == bool(texts)


def test_at_the_beginning_everything_is_offered_with_what_it_means() -> None:
    found = offered("").candidates
    texts = {candidate.text: candidate for candidate in found}
    assert {f"{field.name}:" for field in FIELDS} <= set(texts)
    assert {f"{function.name}(" for function in FUNCTIONS} <= set(texts)
    assert texts["age"].doc == "In years."
    assert texts["$gdpr"].doc == "tag:PII+"
    assert all(texts[f"{field.name}:"].doc == field.doc for field in FIELDS)


def place_of_error(text: str) -> int:
    """Where a query goes wrong, but for what is only unfinished; behind its end if nowhere."""
    try:
        parse(text)
    except QueryError as error:
        is_open = error.expected[-1:] == (")",)
        return len(text) if is_open else error.start
    return len(text)


def test_what_stands_behind_the_place_does_not_matter() -> None:
    assert offered("mod and age", 3) == offered("mod")


def test_a_closing_parenthesis_is_offered_only_where_one_is_open() -> None:
    assert ")" in {candidate.text for candidate in offered("(age ").candidates}
    assert ")" not in {candidate.text for candidate in offered("age ").candidates}


def test_no_more_are_offered_than_anybody_reads() -> None:
    many = graph(">".join(f"node{n}" for n in range(500)))
    assert len(complete(many, "node", 4).candidates) == MOST


@given(ALMOST | st.text(max_size=12), st.integers(0, 12))
@example("+ ", 2)
def test_whatever_is_typed_names_that_are_offered_can_stand_there(text: str, at: int) -> None:
    found = offered(text, min(at, len(text)))
    assert 0 <= found.start <= found.end == min(at, len(text))
    for candidate in found.candidates:
        if candidate.kind in {"name", "value"}:
            parse(candidate.text)
            whole = text[: found.start] + candidate.text
            assert place_of_error(whole) >= found.start


@given(
    st.lists(st.text(alphabet="aB\nß ", max_size=5), max_size=8),
    st.text(alphabet="abS\n", max_size=2),
)
def test_texts_are_found_by_their_beginning_then_by_a_part(texts: list[str], part: str) -> None:
    def folded(text: str) -> str:
        return text.casefold().replace("\n", " ")

    found = Texts(texts).holding(part, len(texts))
    wanted = folded(part)
    assert set(found) == {text for text in texts if wanted in folded(text)}
    begins = [folded(text).startswith(wanted) for text in found]
    assert begins == sorted(begins, reverse=True)
