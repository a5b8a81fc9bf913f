"""What the inspector says of a node, and of a way."""

from collections.abc import Mapping

import pytest

from explorer_app.model.inspector import page_of
from explorer_app.model.page import Code, Fact, Item, Labels, Page, Section, Step
from explorer_app.model.session import Session
from hamilton_ol.graph.columns import Column, ColumnEdge, column_graph
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from tests.support.samples import FOREST, sample


def page(name: str) -> Page:
    """What is said of a node of the sample."""
    session = Session(sample())
    session.ask("", active=sample().number(name))
    return page_of(session)


def sections(found: Page) -> Mapping[str, Section]:
    return {section.title: section for section in found.sections}


def names(section: Section) -> list[str]:
    return [line.text for line in section.lines if isinstance(line, Item)]


def test_a_node_says_what_it_is_and_where() -> None:
    found = page("training_set_v1")
    assert (found.title, found.kind) == ("training_set_v1", "artifact")
    assert found.second == "DataFrame  ·  sets.py, line 7"
    assert found.text == "The features of the first version of the model, without gaps."
    assert found.labels[0] == ("data-science", "")
    assert ("artifact: training_set", "") in found.labels
    assert found.numbers == (("18", "upstream"), ("6", "downstream"), ("3", "deep"))
    assert (found.file.endswith("sets.py"), found.line) == (True, 7)


def test_its_source_has_the_numbers_of_its_lines_in_the_file() -> None:
    (code,) = sections(page("deck"))["Source"].lines
    assert isinstance(code, Code)
    assert code.line == 13
    assert code.text.startswith("def deck(cabin")


def test_what_goes_in_and_out_can_be_gone_to() -> None:
    found = sections(page("training_set_v1"))
    assert found["Arguments"].note == "7"
    assert {"pclass", "age", "family"} <= set(names(found["Arguments"]))
    assert names(found["Used by"]) == ["train_test_split_func"]
    assert names(sections(page("age"))["Taken from"]) == ["titanic_data"]


def test_it_says_which_sources_and_which_personal_data_it_comes_from() -> None:
    found = sections(page("training_set_v1"))["Comes from"]
    assert found.note == "1 source, 2 inputs"
    source, personal = found.lines
    assert isinstance(source, Item)
    assert (source.text, source.note) == ("titanic_data", "data-engineering")
    assert personal == Labels((("sex", "pii"), ("age", "pii")), "personal data")


@pytest.fixture
def tables() -> LineageGraph:
    """One table made of another."""
    origin, target = Column("a", "price"), Column("b", "total")
    edges = [ColumnEdge(origin, target)]
    nodes = [Node("a", "a"), Node("b", "b", columns=(("total", "int"), ("day", "date")))]
    return LineageGraph(
        nodes,
        [Edge("a", "b")],
        columns=lambda index: column_graph(index, (origin, target), edges),
    )


def test_columns_say_where_they_come_from_else_their_type(tables: LineageGraph) -> None:
    session = Session(tables)
    session.ask("", active=1)
    found = sections(page_of(session))["Columns"]
    assert found.lines == (Fact("total", "a.price"), Fact("day", "date"))


def test_a_way_is_told_step_by_step() -> None:
    session = Session(sample())
    session.ask(f"age..{FOREST}", active=sample().number(FOREST))
    found = page_of(session)
    assert found.title == f"How age gets into {FOREST}"
    assert found.text == "At most 4 steps, through 3 modules."
    steps = [line for line in sections(found)["Steps"].lines if isinstance(line, Step)]
    assert [(step.mark, step.text) for step in steps] == [
        ("A", "age"),
        ("1", "training_set_v1"),
        ("2", "train_test_split_func"),
        ("3", "X_train  or  y_train"),
        ("B", FOREST),
    ]
    assert steps[0].note.startswith("column of titanic_data")
    assert steps[1].note.startswith("argument age  ·  line ")
    assert names(sections(found)["Beside the way"]) == ["X_test", "y_test"]
