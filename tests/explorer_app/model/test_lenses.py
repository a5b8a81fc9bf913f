"""Colours of cards for modules, owners and durations."""

import numpy as np
import pytest

from explorer_app.model.lenses import lens_of
from explorer_app.model.session import Session
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.graphcards import cards_of
from tests.support.samples import sample


def test_modules_have_colours_the_largest_the_first() -> None:
    cards = cards_of(sample())
    lens = lens_of(sample(), cards, "module")
    assert lens.names[0] == "features"
    assert lens.category[cards.card[sample().number("deck")]] == 0
    assert lens.category[cards.card[sample().number("location")]] == -1


def test_more_owners_than_colours_share_the_last() -> None:
    graph = LineageGraph([Node(f"n{n}", f"n{n}", owners=(f"o{n}",)) for n in range(12)], [])
    assert lens_of(graph, cards_of(graph), "owner").names[-1] == "others"


def test_durations_are_shares_of_the_longest() -> None:
    graph = LineageGraph(
        [Node("a", "a", seconds=0.1), Node("b", "b", seconds=10.0), Node("c", "c")], []
    )
    lens = lens_of(graph, cards_of(graph), "duration")
    assert lens.heat[:2].tolist() == pytest.approx([0, 1])
    assert np.isnan(lens.heat[2])
    assert lens.span == ("100 ms", "10.00 s")


def test_the_same_lens_again_takes_it_away() -> None:
    session = Session(sample())
    session.look_through("owner")
    assert session.state.lens == "owner"
    session.look_through("owner")
    assert session.state.lens == ""
