"""Whom nodes belong to: owners, parts of what they own, gaps and inputs."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.ownership import GIVEN, Ownership
from tests.support.lineages import graph, rich

COLUMN = {"kind": "column", "part_of": "table"}


def owners(of: str, **nodes: Mapping[str, Any]) -> tuple[str, ...]:
    made = graph("table>age", "table>sex", **nodes)
    return Ownership(made).of(made[of])


@pytest.mark.parametrize("kind", ["column", "check", "function"])
def test_a_part_belongs_to_whoever_owns_the_function_that_makes_it(kind: str) -> None:
    part = {"kind": kind, "part_of": "table"}
    assert owners("age", table={"owners": ("data",)}, age=part) == ("data",)


def test_a_part_with_an_owner_of_its_own_belongs_to_that() -> None:
    age = {**COLUMN, "owners": ("privacy",)}
    assert owners("age", table={"owners": ("data",)}, age=age) == ("privacy",)


def test_a_function_belongs_to_the_owners_of_its_columns_if_each_has_one() -> None:
    age, sex = ({**COLUMN, "owners": (owner,)} for owner in ("privacy", "data"))
    assert owners("table", age=age, sex=sex) == ("privacy", "data")
    assert owners("table", age=age, sex=COLUMN) == ()
    assert owners("sex", age=age, sex=COLUMN) == ()
    check = {"kind": "check", "part_of": "table", "owners": ("quality",)}
    assert owners("table", age=check) == ()


@given(rich())
def test_every_node_is_told_of_and_only_what_is_given_is_no_gap(of: LineageGraph) -> None:
    found = Ownership(of).groups(of.nodes)
    told = [*found.unowned, *found.inputs, *(n for nodes in found.owners.values() for n in nodes)]
    assert {node.id for node in told} == set(of)
    assert all(node in found.owners[owner] for node in of.nodes for owner in node.owners)
    assert not any(node.owners for node in (*found.unowned, *found.inputs))
    assert {node.kind for node in found.inputs} <= GIVEN
    assert GIVEN.isdisjoint(node.kind for node in found.unowned)
    counts = [len(nodes) for nodes in found.owners.values()]
    assert counts == sorted(counts, reverse=True)
