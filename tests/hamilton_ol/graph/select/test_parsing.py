"""What queries say, and how they are written; errors point at the character."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hamilton_ol.errors import QueryError
from hamilton_ol.graph.select.asking import spelled
from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.parser import DEEPEST, parse
from hamilton_ol.graph.select.patterns import is_slow
from hamilton_ol.graph.select.syntax import (
    And,
    Call,
    Condition,
    Glob,
    Minus,
    Name,
    Not,
    Or,
    Path,
    Query,
    Reach,
    Regex,
    Saved,
    Words,
)
from hamilton_ol.graph.select.tokens import LONGEST
from hamilton_ol.graph.select.vocabulary import FIELDS, FUNCTIONS, help_rows
from tests.support.lineages import graph
from tests.support.queries import ALMOST, queries

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a", A),
        ("+a", Reach(A, up=-1)),
        ("a+", Reach(A, down=-1)),
        ("2+a+1", Reach(A, 2, 1)),
        ("@a", Reach(A, is_built=True)),
        ("a..b..c", Path((A, B, C))),
        ("+a..b+", Path((Reach(A, up=-1), Reach(B, down=-1)))),
        ("a b", And((A, B))),
        ("a and b & c", And((A, B, C))),
        ("a or b | c", Or((A, B, C))),
        ("a b or c", Or((And((A, B)), C))),
        ("a or b c", Or((A, And((B, C))))),
        ("a - b -c", Minus((A, B, C))),
        ("a b - c", And((A, Minus((B, C))))),
        ("not a b", And((Not(A), B))),
        ("not a..b", Not(Path((A, B)))),
        ("!not a", Not(Not(A))),
        ("(a or b)+", Reach(Or((A, B)), down=-1)),
        ("a AND NOT b", And((A, Not(B)))),
        ("data-science", Name("data-science")),
        ("sub_result.inner_a", Name("sub_result.inner_a")),
        ('"and"', Name("and")),
        (r'"a \"b\" \\"', Name('a "b" \\')),
        ("*", Glob("*")),
        ("x_*", Glob("x_*")),
        (r"/a\/b/", Regex("a/b")),
        ("$gdpr+", Reach(Saved("gdpr"), down=-1)),
        ("tag:PII", Condition("tag", Words("PII"))),
        ("TAG:k=v", Condition("tag", Words("v"), key=Words("k"))),
        ('tag:k="v w"', Condition("tag", Words("v w", is_exact=True), key=Words("k"))),
        (
            "tag:source=s3://b/k+",
            Reach(Condition("tag", Words("s3://b/k"), key=Words("source")), down=-1),
        ),
        ("tag:PII..model", Path((Condition("tag", Words("PII")), Name("model")))),
        ("changed:v1.2..HEAD", Condition("changed", Words("v1.2..HEAD"))),
        ("changed:main..+", Reach(Condition("changed", Words("main..")), down=-1)),
        ("Changed:x=y", Condition("changed", Words("x=y"))),
        ("dur:>=1.5ms", Condition("dur", Words("1.5ms"), ">=")),
        ("rows:7", Condition("rows", Words("7"), "=")),
        ("type:a=b", Condition("type", Words("a=b"))),
        ("near(a, 2)", Call("near", (A, 2))),
        ("sinks(tag:PII+)", Call("sinks", (Reach(Condition("tag", Words("PII")), down=-1),))),
        ("unused()", Call("unused", ())),
        ("(a)", A),
    ],
)
def test_what_a_text_says(text: str, said: Query) -> None:
    assert parse(text) == said
    assert parse(text_of(said)) == said


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("", (0, 0), "ends too early", "a name, a field"),
        ("a ..", (4, 4), "ends too early", "Expected a name"),
        ("a or or b", (5, 7), "'or' cannot stand here", ""),
        ("(a b", (0, 1), "parenthesis is not closed", "or )"),
        ("a) b", (1, 2), "')' cannot stand here", "the end"),
        ("a,b", (1, 2), "comma stands only within a function", "and"),
        ("tag:x+b", (6, 7), "blank is missing before 'b'", ""),
        ("a + b", (2, 3), "directly before or behind", ""),
        ("a++", (2, 3), "One + is enough", "x+2"),
        ("- a", (0, 1), "'-' cannot stand here", "not x"),
        ("color:red", (0, 9), "no field 'color'", "'col' meant"),
        ("x and sink(a)", (6, 10), "no function 'sink'", "'sinks' meant"),
        ("tag:", (0, 4), "What tag: is to be is missing", "a value"),
        ("tag:k= x", (6, 6), "A value is missing", ""),
        ("near(a, b)", (8, 9), "number of steps is missing", ""),
        ("between(a)", (9, 10), "between() takes 2 arguments, as in between(age, model)", ""),
        ("between(a", (7, 8), "parenthesis is not closed", ", or )"),
        ("near(a", (4, 5), "parenthesis is not closed", "or )"),
        ("rows:many", (0, 9), "compared with a number", "rows:>1000"),
        ("type:>a", (0, 7), "no number", ""),
        ('a "b', (2, 4), 'closing " is missing', ""),
        ("/a", (0, 2), "closing / is missing", ""),
        ("/a(/", (0, 4), "no regular expression", ""),
        ("/(a*)*b/", (0, 8), "could take for ever", "Repeat nothing"),
        ("$", (0, 1), "saved query is missing", ""),
        ("2+", (2, 2), "ends too early", ""),
        ("x" * (LONGEST + 1), (LONGEST, LONGEST), "at most 100,000 characters", ""),
        ("(" * 1000, (DEEPEST + 1, DEEPEST + 2), "parts stand within each other", ""),
        ("not " * 1000, (4 * DEEPEST + 4, 4 * DEEPEST + 7), "within each other", ""),
    ],
)
def test_an_error_points_at_the_character_and_says_what_could_stand_there(
    text: str, place: tuple[int, int], message: str, hint: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as found:
        parse(text)
    assert (found.value.start, found.value.end) == place
    assert hint in found.value.hint
    assert found.value.query == text


@given(queries())
def test_what_is_written_says_the_same(said: Query) -> None:
    text = text_of(said)
    assert parse(text) == said
    assert text_of(parse(text)) == text


@given(ALMOST)
def test_whatever_was_typed_can_be_written_again(text: str) -> None:
    try:
        said = parse(text)
    except QueryError:
        return
    assert parse(text_of(said)) == said


@given(queries())
def test_every_part_stands_where_it_says(said: Query) -> None:
    text = text_of(said)
    again = parse(text)
    begin, end = again.span
    assert (begin, end) == (0, len(text)) or text[:begin].strip("(") == ""
    if not isinstance(again, Saved):
        assert parse(text[begin:end]) == again


@given(st.text(max_size=40) | ALMOST)
@example('"' * 3)
@example("a..b..")
@example("tag:=")
@example("near(n0, 99999999999999999999)")
@example("9999999999999999999999+n0")
@example("٣+n0")
@example("/[/")
@example("/(?P<a>/")
def test_any_text_is_a_query_or_an_error_with_a_place(text: str) -> None:
    small = graph("n0>n1>n2", n1={"tags": {"PII": "true"}})
    try:
        found = small.select(text)
    except QueryError as error:
        place = error.start, error.end, len(text)
    else:
        place = 0, 0, 0
        assert found <= set(small)
    assert all(0 <= one <= other for one, other in pairwise(place))


def test_long_chains_are_no_deeper_than_short_ones() -> None:
    count = 2000
    for sign in (" ", " or ", " - ", ".."):
        said = parse(sign.join(["a"] * count))
        assert isinstance(said, And | Or | Minus | Path)
        assert parse(text_of(said)) == said


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "(a|b)*", "(a*){3}", "a*b*c*d*", "((a+))+", "(?:a?)+"]
)
def test_what_may_take_for_ever_is_refused(pattern: str) -> None:
    assert is_slow(pattern)


@pytest.mark.parametrize(
    "pattern", ["a+b*", "(abc)+", "[a+]*", r"(\+)*", "(a|b)c+", "a{2}", "(?:x)?"]
)
def test_what_ends_in_time_is_not(pattern: str) -> None:
    assert not is_slow(pattern)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sel()+ - not sel()", "(a or b)+ - not (a or b)"),
        ("near(sel(), 2)..c | @sel()", "near(a or b, 2)..c or @(a or b)"),
        ("view()  and  a", "view()  and  a"),
    ],
)
def test_sets_of_whoever_asks_can_be_said_in_full(text: str, said: str) -> None:
    assert spelled(text, {"sel": Or((A, B))}) == said


def test_every_example_of_the_help_is_a_query_of_what_it_explains() -> None:
    for field in FIELDS:
        assert f"{field.name}:" in text_of(parse(field.example))
    for function in FUNCTIONS:
        assert text_of(parse(function.example)).startswith(f"{function.name}(")
    assert {field.doc for field in FIELDS} <= {doc for _, doc in help_rows()}
