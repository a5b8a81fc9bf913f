"""A part of the cards laid out alone."""

import numpy as np

from explorer_app.model.isolation import nowhere, part_of
from hamilton_ol.graph.scene.graphcards import cards_of
from tests.support.samples import sample


def test_a_part_has_the_links_between_its_cards_and_no_other() -> None:
    made = cards_of(sample())
    names = made.cards.names
    wanted = {"titanic_data", "target", "training_set_v1", "train_test_split_func"}
    part = part_of(made, np.array([name in wanted for name in names]))
    assert set(part.cards.names) == wanted
    ends = [
        (part.cards.names[origin], part.cards.names[target])
        for origin, target in zip(part.links.origin, part.links.target, strict=True)
    ]
    whole = [
        (names[origin], names[target])
        for origin, target in zip(made.links.origin, made.links.target, strict=True)
        if {names[origin], names[target]} <= wanted
    ]
    assert ends == whole
    assert len(set(ends)) == 4
    assert [names[card] for card in part.card] == list(part.cards.names)
    assert len(part.cards.row_names) == len(part.row)


def test_what_has_no_place_yet_is_not_finite() -> None:
    made = cards_of(sample())
    assert not np.isfinite(nowhere(made).boxes).any()
