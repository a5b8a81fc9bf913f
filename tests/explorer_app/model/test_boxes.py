"""Boxes around cards: one inside another, opened and closed, and undone."""

from itertools import pairwise

import numpy as np
import pytest

from explorer_app.model.boxes import BOXES, box_of, open_to, turn
from explorer_app.model.families import Families, tag_keys
from explorer_app.model.plan import CLOSED, Assignment, plan_of
from explorer_app.model.session import Session
from explorer_app.model.status import trail_of
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.scene.graphcards import cards_of
from tests.support.samples import sample

MODULES = ("firm.shop.orders", "firm.shop.prices", "firm.web")


def firm(size: int = 4) -> LineageGraph:
    """Some nodes in each module, in a row."""
    names = [
        (f"{module.rpartition('.')[2]}_{n}", module) for module in MODULES for n in range(size)
    ]
    nodes = [Node(name, name, module=module, owners=(module[5:8],)) for name, module in names]
    return LineageGraph(nodes, [Edge(one.id, other.id) for one, other in pairwise(nodes)])


@pytest.fixture
def session() -> Session:
    made = Session(firm())
    made.box("module", frozenset())
    return made


def boxes(session: Session) -> dict[str, tuple[bool, int]]:
    """{name: whether it is closed, cards in it} of what is arranged now."""
    cards = cards_of(session.graph)
    plan = plan_of(session)
    found = Assignment(plan, session, cards, np.full((len(cards.cards), 2), 60.0)).grouping
    if found is None:
        return {}
    counts = np.bincount(found.of_card[found.of_card >= 0], minlength=len(found.names))
    return {
        name: (number in found.collapsed, int(counts[number]))
        for number, name in enumerate(found.names)
    }


def test_what_all_names_have_in_common_is_left_out(session: Session) -> None:
    assert boxes(session) == {
        "shop.orders": (False, 4),
        "shop.prices": (False, 4),
        "web": (False, 4),
    }


def test_a_namespace_is_told_or_stands_before_the_name() -> None:
    names = ("one.half", "one.total", "two.half", "raw")
    nodes = [*(Node(name, name) for name in names), Node("x", "x", namespace="two")]
    found = Families(LineageGraph(nodes, []), "namespace")
    assert [found.box_of(node, frozenset()) for node in range(5)] == [
        "one",
        "one",
        "two",
        "",
        "two",
    ]


def test_a_box_is_closed_and_opened_in_its_place(session: Session) -> None:
    turn(session, "shop.orders")
    assert boxes(session)["shop.orders"] == (True, 4)
    turn(session, "shop.orders")
    assert boxes(session)["shop.orders"] == (False, 4)


def test_all_are_closed_to_the_outermost_and_open_one_inside_the_other(session: Session) -> None:
    close = next(command for command in BOXES if command.id == "fold-all")
    assert close.does is not None
    close.does(session)
    assert boxes(session) == {"shop": (True, 8), "web": (True, 4)}
    turn(session, "shop")
    assert boxes(session) == {"shop.orders": (True, 4), "shop.prices": (True, 4), "web": (True, 4)}
    session.undo()
    assert boxes(session) == {"shop": (True, 8), "web": (True, 4)}


def test_what_hides_a_node_opens_for_it(session: Session) -> None:
    session.box("module", frozenset({"shop", "web"}))
    node = session.graph.number("prices_1")
    open_to(session, node)
    assert boxes(session)["shop.prices"] == (False, 4)
    assert boxes(session)["shop.orders"] == (True, 4)
    session.select([node])
    assert box_of(session) == "shop.prices"


def test_a_large_graph_begins_with_closed_boxes() -> None:
    session = Session(firm(CLOSED // 3))
    assert boxes(session) == {"shop": (True, 2 * CLOSED // 3), "web": (True, CLOSED // 3)}


def test_a_box_needs_two_cards() -> None:
    assert not Families(firm(1), "module")
    assert Families(firm(1), "owner")


def test_every_key_of_the_table_groups_the_sample() -> None:
    assert tag_keys(sample())
    for key in ("module", "owner", *tag_keys(sample())):
        session = Session(sample())
        session.box(key)
        assert boxes(session), key


def test_the_trail_says_what_a_person_boxed_cards_by(session: Session) -> None:
    assert trail_of(session, "firm", "") == ["firm", "by module"]
    assert trail_of(Session(firm()), "firm", "") == ["firm"]
