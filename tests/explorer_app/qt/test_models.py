"""Item models keep the rules of Qt, and say what the session says."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from explorer_app.model.navigator import VIEWS
from explorer_app.model.runs import HEADINGS as OF_RUNS
from explorer_app.model.runs import run_rows
from explorer_app.model.table import HEADINGS, HOPS, as_csv, as_markdown, rows_of
from explorer_app.model.traits import Traits
from explorer_app.qt.tablemodel import SORT, STATUS, NodeTable, TextTable
from explorer_app.qt.treemodel import TreeModel
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.graphcards import cards_of
from hamilton_ol.store.reader import RunSummary
from tests.support.samples import FOREST, sample


@pytest.mark.parametrize("view", VIEWS)
def test_the_tree(qtmodeltester: ModelTester, view: str) -> None:
    model = TreeModel(VIEWS[view](sample(), cards_of(sample())))
    qtmodeltester.check(model)
    assert model.index_of(sample().number("titanic_data")).data() == "titanic_data"


def test_the_tree_by_module_has_every_node_once() -> None:
    found = VIEWS["Modules"](sample(), cards_of(sample()))
    nodes = [leaf.node for group in found for leaf in group.children]
    nodes += [row.node for group in found for leaf in group.children for row in leaf.children]
    assert sorted(nodes) == list(range(len(sample())))
    assert sum(group.count for group in found) == len(sample())


def test_the_table_of_nodes(qtmodeltester: ModelTester) -> None:
    model = NodeTable()
    model.set_rows(rows_of(sample(), sample().select(f"+{FOREST}")))
    qtmodeltester.check(model)
    assert model.rowCount() == 29
    model.sort(HOPS, Qt.SortOrder.DescendingOrder)
    hops = [row.hops for row in model.rows]
    assert hops == sorted(hops, key=lambda value: value or 0, reverse=True)


@pytest.mark.parametrize("order", Qt.SortOrder)
def test_where_a_column_says_nothing_is_last_whichever_way_it_is_sorted(
    order: Qt.SortOrder,
) -> None:
    model = NodeTable()
    model.set_rows(rows_of(sample(), sample().select("*")))
    model.sort(HEADINGS.index("Owner"), order)
    owners = [row.cells[HEADINGS.index("Owner")] for row in model.rows]
    assert (owners[:4].count(""), set(owners[4:])) == (0, {""})


def test_the_table_of_texts(qtmodeltester: ModelTester) -> None:
    model = TextTable(("What", "What to do"))
    model.set_rows([("a", ("something", "nothing"))])
    qtmodeltester.check(model)


def test_the_table_of_runs(qtmodeltester: ModelTester) -> None:
    rows = run_rows([run("b", 200, "FAILED"), run("a", 100, "SUCCEEDED")], 300.0)
    model = TextTable(OF_RUNS)
    model.values = {row.run_id: row.values for row in rows}
    model.statuses = {row.run_id: row.status for row in rows}
    model.set_rows([(row.run_id, row.cells) for row in rows])
    qtmodeltester.check(model)
    assert model.index(0, 1).data(STATUS) == "failed"
    assert [model.index(row, 2).data(SORT) for row in (0, 1)] == [200.0, 100.0]
    assert model.index(1, 3).data() == "1.50 s"


def run(run_id: str, started: int, status: str) -> RunSummary:
    """A run of one and a half seconds."""
    begin = started * 10**9
    return RunSummary(run_id, "dag", "ns", ("x",), status, begin, begin + 1_500_000_000, 3, 0, "")


def test_what_is_filtered_stays_filtered_when_it_is_sorted() -> None:
    model = NodeTable()
    rows = rows_of(sample(), sample().select("*"))
    rows.keep(Traits(sample()).searched.matches("encoder feat"))
    model.set_rows(rows)
    names = {"sex_encoder", "cabin_encoder", "embarked_encoder", "encoders"}
    assert {row.cells[0] for row in model.rows} == names
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert [row.cells[0] for row in model.rows] == sorted(names, reverse=True)
    rows.keep(None)
    model.set_rows(rows)
    assert model.rowCount() == len(sample())


def test_a_cell_is_no_formula_and_no_markup() -> None:
    graph = LineageGraph([Node("a", "=1+1"), Node("b", "x|y")], [])
    rows = rows_of(graph, graph.select("*"))
    assert "\n'=1+1," in as_csv(rows).replace("\r", "")
    assert "x\\|y" in as_markdown(rows)
