"""A query as the terms that all have to hold."""

import pytest

from explorer_app.model.terms import pieces, terms, without


@pytest.mark.parametrize(
    ("query", "term", "rest"),
    [
        ("+a and kind:input", "kind:input", "+a"),
        ("+a and kind:input", "+a", "kind:input"),
        ("+a and +a and b", "+a", "+a and b"),
        ("(a or b) and not c", "not c", "a or b"),
        ("a or b", "a or b", ""),
        ("+a", "b", "+a"),
        ("((", "((", ""),
    ],
)
def test_a_term_is_taken_away_and_all_others_stay(query: str, term: str, rest: str) -> None:
    assert terms(without(query, term)) == terms(rest)


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
