"""What the inspector says of what a run was given."""

from explorer_app.model.inspector import page_of
from explorer_app.model.page import Fact, Item, Page, Section
from explorer_app.model.session import Session
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.runs import Execution, RunFacts

NOON = 1_767_355_200  # seconds since the epoch
SECOND = 1_000_000_000
GRAPH = LineageGraph(
    [Node("path", "path", "input"), Node("seed", "seed", "input"), Node("a", "a")],
    [Edge("path", "a"), Edge("seed", "a")],
)
BAD = RunFacts(
    *("2", "dag", "FAILED", NOON * SECOND, (NOON + 1) * SECOND),
    executions={"a": Execution("FAILED", 1.0, None, "ValueError:\n   no\n")},
    commit="b" * 40,
    values={"path": "night.csv", "seed": "42"},
)
GOOD = BAD._replace(
    run_id="1",
    status="SUCCEEDED",
    started=(NOON - 60) * SECOND,
    executions={"a": Execution("SUCCEEDED", 1.0)},
    values={"path": "day.csv", "seed": "42"},
)


def session(*runs: RunFacts) -> Session:
    """A session that shows the failed run, and knows others."""
    made = Session(GRAPH)
    made.know_runs(runs)
    made.show_run(BAD)
    made.look_at("", "duration")
    return made


def sections(page: Page) -> dict[str, Section]:
    return {section.title: section for section in page.sections}


def test_an_input_says_what_it_was_in_each_run() -> None:
    made = session(BAD, GOOD)
    made.select([0])
    found = sections(page_of(made, NOON + 60))
    assert found["Last run"].lines == (Fact("night.csv", ""),)
    assert found["Last run"].note == "1 minute ago"
    assert [line.text for line in found["Other runs"].lines if isinstance(line, Fact)] == [
        "day.csv"
    ]


def test_of_an_input_without_a_run_nothing_is_said() -> None:
    made = Session(GRAPH)
    made.select([0])
    assert "Last run" not in sections(page_of(made, NOON))


def test_a_run_that_failed_says_what_was_otherwise_when_it_finished() -> None:
    good = GOOD._replace(commit="a" * 40, is_dirty=True)
    later = GOOD._replace(run_id="3", started=(NOON + 9) * SECOND, values={})
    other = GOOD._replace(run_id="4", job="other", started=(NOON - 1) * SECOND, values={})
    found = sections(page_of(session(later, BAD, other, good), NOON))["Not as when it finished"]
    assert found.lines == (
        Fact("bbbbbbbb", "commit"),
        Fact("aaaaaaaa and changes", "before", is_quiet=True),
        Item("input", "path", "", 0),
        Fact("night.csv", "now", is_quiet=True),
        Fact("day.csv", "before", is_quiet=True),
    )


def test_without_a_difference_nothing_is_said_of_it() -> None:
    same = GOOD._replace(values=BAD.values)
    for runs in ((BAD, same), (BAD,), (BAD, GOOD._replace(status="FAILED"))):
        assert "Not as when it finished" not in sections(page_of(session(*runs), NOON))


def test_an_error_of_many_lines_is_one_text() -> None:
    failed = sections(page_of(session(BAD), NOON))["What failed"]
    assert failed.lines[1] == ("ValueError: no",)
