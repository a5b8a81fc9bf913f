"""Colours of cards for modules, owners and durations."""

import numpy as np
import pytest

from explorer_app.model.lenses import lens_of
from explorer_app.model.session import Session
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.graphcards import cards_of
from hamilton_ol.graph.scene.words import CATEGORIES, FIRST_KIND
from hamilton_ol.sources.changes import NOT_YET, Change
from tests.support.samples import sample


def test_modules_have_colours_the_largest_the_first() -> None:
    cards = cards_of(sample())
    lens = lens_of(Session(sample()), cards, "module")
    assert lens.names[0] == "features"
    assert lens.category[cards.card[sample().number("deck")]] == 0
    assert lens.category[cards.card[sample().number("location")]] == -1


def test_more_owners_than_colours_share_the_last() -> None:
    graph = LineageGraph([Node(f"n{n}", f"n{n}", owners=(f"o{n}",)) for n in range(12)], [])
    lens = lens_of(Session(graph), cards_of(graph), "owner")
    assert lens.names[-1] == "others"
    assert lens.category.tolist() == [*range(CATEGORIES), *[CATEGORIES] * 4]


def test_durations_are_shares_of_the_longest() -> None:
    graph = LineageGraph(
        [Node("a", "a", seconds=0.1), Node("b", "b", seconds=10.0), Node("c", "c")], []
    )
    lens = lens_of(Session(graph), cards_of(graph), "duration")
    assert lens.heat[:2].tolist() == pytest.approx([0, 1])
    assert np.isnan(lens.heat[2])
    assert lens.span == ("100 ms", "10.00 s")


def test_the_same_lens_again_takes_it_away() -> None:
    session = Session(sample())
    session.look_through("owner")
    assert session.state.lens == "owner"
    session.look_through("owner")
    assert session.state.lens == ""


def test_kinds_have_colours() -> None:
    made = cards_of(sample())
    lens = lens_of(Session(sample()), made, "kind")
    assert lens.category.tolist() == (FIRST_KIND + made.cards.kinds.astype(int)).tolist()


def test_rows_are_shares_too_and_the_number_is_on_the_card() -> None:
    graph = LineageGraph([Node("a", "a", rows=0), Node("b", "b", rows=1234), Node("c", "c")], [])
    lens = lens_of(Session(graph), cards_of(graph), "rows")
    assert lens.notes == ("0", "1,234", "")
    assert lens.span == ("0", "1,234 rows")
    assert lens.heat[:2].tolist() == pytest.approx([0, 1])


def test_where_all_are_the_same_there_is_no_scale() -> None:
    graph = LineageGraph([Node("a", "a", rows=5), Node("b", "b", rows=5)], [])
    lens = lens_of(Session(graph), cards_of(graph), "rows")
    assert (lens.span, lens.notes) == ((), ("5", "5"))


def test_what_failed_has_no_heat_but_its_number() -> None:
    nodes = [Node("a", "a", seconds=1.0), Node("b", "b", seconds=2.0, status="FAILED")]
    lens = lens_of(Session(LineageGraph(nodes, [])), cards_of(LineageGraph(nodes, [])), "duration")
    assert np.isnan(lens.heat[1])
    assert lens.notes[1] == "2.00 s"


def test_the_last_change_is_coloured_by_who_and_says_when() -> None:
    graph = LineageGraph([Node("a", "a"), Node("b", "b"), Node("c", "c")], [])
    session = Session(graph)
    day = "2026-01-02T00:00:00+00:00"
    session.learn({"a": Change("1" * 40, "Ada", day), "b": Change("", NOT_YET, "")})
    lens = lens_of(session, cards_of(graph), "change", 1_767_312_000.0 + 2 * 86_400)
    assert lens.names == ("Ada", NOT_YET)
    assert lens.notes == ("2 d", "", "")
    assert lens.category.tolist() == [0, 1, -1]
