"""What the inspector says of a run, and of a node in it."""

from explorer_app.model.inspector import page_of
from explorer_app.model.looks import looks_of
from explorer_app.model.page import Alert, Fact, Item, Share
from explorer_app.model.runpage import failures
from explorer_app.model.session import Session
from explorer_app.model.words import percent
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.runs import Execution, RunFacts
from hamilton_ol.graph.scene.graphcards import cards_of
from hamilton_ol.graph.scene.words import FILL, STATUS, TONE

NOON = 1_767_355_200  # seconds since the epoch
SECOND = 1_000_000_000
GRAPH = LineageGraph(
    [Node("a", "a"), Node("b", "b"), Node("c", "c"), Node("d", "d")],
    [Edge("a", "b"), Edge("b", "c")],
)
RUN = RunFacts(
    "12345678-abcd",
    "dag",
    "FAILED",
    NOON * SECOND,
    (NOON + 2) * SECOND,
    {
        "a": Execution("SUCCEEDED", 1.5, 891),
        "b": Execution("FAILED", 0.5, None, "ValueError: no", ('File "/x/flow.py", line 3, in b',)),
    },
    commit="4f1c2e9" + "0" * 33,
)


def failed() -> Session:
    """A session that shows a failed run."""
    session = Session(GRAPH)
    session.show_run(RUN)
    session.look_at("", "duration")
    return session


def test_a_run_is_told_with_what_failed_and_what_was_slow() -> None:
    page = page_of(failed(), NOON + 60)
    assert page.title == "Run 12345678 failed"
    assert page.second.endswith("·  2.00 s  ·  commit 4f1c2e90")
    assert page.second.startswith("today ")
    assert page.numbers == (("1", "finished"), ("1", "failed"), ("2", "skipped"))
    what, slowest = page.sections
    assert what.lines == (
        Item("function", "b", "after 500 ms", 1),
        Alert("ValueError: no"),
        Fact("flow.py, line 3", "b", is_quiet=True),
    )
    assert slowest.lines == (Share("a", "75 %", 0.75, 0), Share("b", "25 %", 0.25, 1))


def test_of_a_long_way_to_an_error_the_last_calls_are_shown() -> None:
    frames = tuple(f'File "/x/flow.py", line {n}, in f{n}' for n in range(1, 10))
    session = Session(GRAPH)
    broken = Execution("FAILED", 0.5, None, "ValueError: no", frames)
    session.show_run(RUN._replace(executions={"b": broken}))
    session.look_at("", "duration")
    lines = page_of(session, NOON).sections[0].lines
    assert [line[1] for line in lines if isinstance(line, Fact)] == ["f7", "f8", "f9"]


def test_what_ended_a_run_in_which_no_node_failed_is_told() -> None:
    session = Session(GRAPH)
    session.show_run(RUN._replace(executions={}, error="KeyError: 'x' is not there"))
    session.look_at("", "duration")
    section = next(s for s in page_of(session, NOON).sections if s.title == "What ended it")
    assert section.lines == (Alert("KeyError: 'x' is not there"),)


def test_a_node_says_how_its_last_run_went_and_why_it_had_none() -> None:
    session = failed()
    told = {}
    for number in range(4):
        session.select([number])
        page = page_of(session, NOON + 60)
        section = next(s for s in page.sections if s.title == "Last run")
        told[number] = section.lines
        assert section.note == "1 minute ago"
    assert told[0] == (Fact("Finished", "1.50 s, 75 % of the run, 891 rows", "ok"),)
    assert Alert("ValueError: no") in told[1]
    assert told[2][1] == Fact("because b failed", "", is_quiet=True)
    assert told[3][1] == Fact("because nothing that was asked for needs it", "", is_quiet=True)


def test_a_share_of_what_took_time_is_never_nothing() -> None:
    assert [percent(share) for share in (0.0, 0.009, 0.01, 0.614, 1.0)] == [
        *("0 %", "< 1 %", "1 %", "61 %", "100 %"),
    ]


def test_what_failed_is_told_first() -> None:
    session = failed()
    session.select([1])
    assert page_of(session, NOON).sections[0].title == "Last run"


def test_cards_say_how_it_ended_through_a_lens_of_runs_and_only_then() -> None:
    session = failed()
    looks = looks_of(session, cards_of(GRAPH))
    words = [STATUS["ok"], STATUS["failed"], STATUS["skipped"], STATUS["skipped"]]
    assert looks.status.tolist() == words
    assert (looks.tone[1], looks.fill[1]) == (TONE["status.failed"], FILL["status.failed_soft"])
    assert looks.dim.tolist() == [False, False, True, True]
    assert looks.edge_dim.tolist() == [False, True]
    session.look_through("owner")
    assert not looks_of(session, cards_of(GRAPH)).status.any()


def test_a_card_of_which_a_column_failed_is_marked_with_it() -> None:
    nodes = [Node("t", "t"), Node("x", "x", "column", part_of="t", field="x")]
    graph = LineageGraph([*nodes, nodes[1]._replace(id="y", name="y", field="y")], [])
    session = Session(graph)
    ends = {"t": Execution("SUCCEEDED"), "x": Execution("FAILED"), "y": Execution("SUCCEEDED")}
    session.show_run(RUN._replace(executions=ends))
    session.look_at("", "duration")
    looks = looks_of(session, cards_of(graph))
    assert looks.status.tolist() == [STATUS["failed"]]
    assert (looks.loud.tolist(), looks.fill.tolist()) == ([True], [FILL["status.failed_soft"]])
    assert looks.row_tone.tolist() == [TONE["status.failed"], 0]
    assert looks.row_dim.tolist() == [False, False]


def test_other_runs_of_a_node_are_listed() -> None:
    session = failed()
    before = RUN._replace(run_id="0", executions={"b": Execution("SUCCEEDED", 0.25)})
    session.runs = (RUN._replace(), before)
    session.select([1])
    section = next(s for s in page_of(session, NOON).sections if s.title == "Other runs")
    assert [line[1:3] for line in section.lines] == [("250 ms", "ok")]


def test_where_no_run_is_shown_a_node_has_the_error_of_its_own_last_one() -> None:
    nodes = [Node("a", "a", status="FAILED", run="1"), Node("b", "b", status="SUCCEEDED", run="0")]
    session = Session(LineageGraph(nodes, []))
    ends = {"a": Execution("FAILED", 1.0, None, "ValueError: no"), "b": Execution("FAILED")}
    before = {"a": Execution("SUCCEEDED", 0.25), "b": Execution("SUCCEEDED", 0.5)}
    good = RUN._replace(run_id="0", status="SUCCEEDED", executions=before)
    session.know_runs([RUN._replace(run_id="1", executions=ends), good])
    session.select([0])
    last, other, *_ = page_of(session, NOON + 60).sections
    assert last.note == "1 minute ago"
    assert Alert("ValueError: no") in last.lines
    assert [line[1:3] for line in other.lines] == [("250 ms", "ok")]
    assert failures(session) == [("a", ("a: ValueError: no", ""))]
    session.select([1])
    last = next(s for s in page_of(session, NOON + 60).sections if s.title == "Last run")
    assert last.lines == (Fact("Finished", "500 ms, 25 % of the run", "ok"),)


def test_a_run_keeps_what_a_person_looks_at() -> None:
    session = Session(GRAPH)
    session.ask("b+", active=1)
    session.show_run(RUN)
    assert (session.state.query, session.active) == ("b+", 1)
    assert session.visible.numbers.tolist() == [1, 2]
    assert session.judge("status:skipped").nodes == 2
