"""What a query comes to while it is typed."""

from explorer_app.model.judgement import judge
from explorer_app.model.session import Session
from tests.support.samples import FOREST, sample


def test_a_query_is_counted() -> None:
    assert judge(sample(), f"+{FOREST}").nodes == 29
    assert judge(sample(), "").nodes == len(sample())


def test_a_mistake_is_at_its_characters() -> None:
    error = judge(sample(), "age..nobody").error
    assert error is not None
    assert (error.start, error.end) == (5, 11)


def test_where_nothing_is_left_each_term_is_counted_alone() -> None:
    found = judge(sample(), "kind:input and $mine and age+", {"mine": "tag:artifact"})
    assert found.nodes == 0
    assert [term for term, _ in found.parts] == ["kind:input", "$mine", "age+"]
    assert [count for _, count in found.parts[:2]] == [6, 3]


def test_each_term_is_counted_as_it_is_written() -> None:
    found = judge(sample(), "(kind:input or kind:column) and age. and kind:input")
    assert found.parts == (("(kind:input or kind:column)", 21), ("age.", 1), ("kind:input", 6))


def test_one_term_says_nothing_beside_the_whole() -> None:
    assert judge(sample(), "status:failed").parts == ()


def test_a_saved_query_that_changes_is_judged_anew() -> None:
    saved = {"mine": "kind:input"}
    session = Session(sample(), saved)
    assert session.judge("$mine").nodes == 6
    saved["mine"] = "age"
    assert session.judge("$mine").nodes == 1
