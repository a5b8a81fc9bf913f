"""A query as the terms that all have to hold."""

import pytest

from explorer_app.model.terms import narrowed, pieces, without


@pytest.mark.parametrize(
    ("query", "term", "rest"),
    [
        ("+a and kind:input", "kind:input", "+a"),
        ("+a and kind:input", "+a", "kind:input"),
        ("+a and +a and b", "+a", "+a and b"),
        ("(a or b) and not c", "not c", "(a or b)"),
        ("(a or b) and not c and d", "d", "(a or b) and not c"),
        ("a | b", "a | b", ""),
        ("a or b", "a or b", ""),
        ("+a", "b", "+a"),
        ("((", "((", ""),
    ],
)
def test_a_term_is_taken_away_and_all_others_stay(query: str, term: str, rest: str) -> None:
    assert without(query, term) == rest


@pytest.mark.parametrize(
    ("query", "by", "both"),
    [
        ("+a", "kind:input", "+a and kind:input"),
        ("a or b", "c or d", "(a or b) and (c or d)"),
        ("not a and b", "c - d", "not a and b and c - d"),
        ("+a", "((", "+a and (("),
    ],
)
def test_what_is_typed_behind_a_query_narrows_it(query: str, by: str, both: str) -> None:
    assert narrowed(query, by) == both


@pytest.mark.parametrize("query", ["+a..b and tag:x='y' or $z", '"un', "", "\u202e <b>"])
def test_pieces_are_the_text(query: str) -> None:
    assert "".join(piece.text for piece in pieces(query)) == query


def test_each_piece_has_its_colour() -> None:
    kinds = {piece.text: piece.kind for piece in pieces('+a and tag:"x y"')}
    assert (kinds["+"], kinds["and"], kinds["tag:"], kinds['"x y"']) == (
        "op",
        "op",
        "field",
        "text",
    )
    assert kinds["a"] == "name"
