"""Objects that raise, hang or lie when they are asked for anything go through a run untouched."""

import contextlib
import enum
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hamilton.lifecycle.default import GracefulErrorAdapter

from hamilton_ol import OpenLineageHook
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.hamilton_ol.hook.strange import ERRORS, MAKERS, MODES, Strangeness, metadata
from tests.support.flows import Flows, build

pytestmark = pytest.mark.timeout(60)  # what hangs, hangs until the test is over

FLOW = """
    from typing import Any
    from hamilton.function_modifiers import dataloader, datasaver

    have = {}  # not in the module itself: Hamilton asks its members

    def made() -> Any:
        return have["thing"]

    def taken(given: Any) -> Any:
        return given[0] if type(given) is list else given

    def used(taken: Any) -> int:
        return 1

    def failing(taken: Any) -> int:
        raise have["problem"]

    @dataloader()
    def loaded() -> tuple[Any, dict]:
        return have["thing"], have["told"]

    @datasaver()
    def saved(taken: Any) -> dict:
        return have["told"]
"""


def _within(thing: Any) -> list[Any]:
    return [thing, {"a": (thing, {1: [thing]})}, {thing: thing}, {thing}]


#: (requested, what makes the arguments of `execute`, and the config, of an object)
Role = tuple[list[str], Callable[[Any], dict[str, Any]]]

ROLES: dict[str, Role] = {
    "input": (["taken", "used"], lambda thing: {"inputs": {"given": thing}}),
    "override": (["taken", "used"], lambda thing: {"overrides": {"taken": thing}}),
    "config": (["taken", "used"], lambda thing: {"config": {"given": thing}}),
    "within an input": (["taken"], lambda thing: {"inputs": {"given": _within(thing)}}),
    "result": (["made"], lambda _: {}),
    "input of what fails": (["failing"], lambda thing: {"inputs": {"given": thing}}),
    "argument of an exception": (["failing"], lambda _: {"inputs": {"given": 1}}),
}
SAYING: dict[str, Role] = {
    "loader": (["loaded"], lambda _: {}),
    "saver": (["saved"], lambda _: {"inputs": {"given": 1}}),
}


class Outcome(NamedTuple):
    """What came of a run.

    Attributes:
        raised: the exception's class, or None.
        is_same: whether the very object is among the results, or was raised.
        calls: of its methods, by others than us.
    """

    raised: type | None
    is_same: bool
    calls: Counter[str]

    @property
    def status(self) -> str:
        """What must be recorded."""
        if self.raised is None:
            return "SUCCEEDED"
        return "FAILED" if issubclass(self.raised, Exception) else "ABORTED"


@pytest.fixture(autouse=True)
def _hamilton_does_not_log(caplog: pytest.LogCaptureFixture) -> None:
    """It logs exceptions, and whoever writes that down asks them for their text."""
    caplog.set_level(logging.CRITICAL + 1, "hamilton")


@pytest.fixture(params=MODES)
def strangeness(request: pytest.FixtureRequest) -> Iterator[Strangeness]:
    made = Strangeness(request.param)
    yield made
    made.is_armed = False
    made.released.set()


@pytest.fixture
def flow(flows: Flows) -> Any:
    return flows.module(FLOW)


@contextlib.contextmanager
def _armed(strangeness: Strangeness) -> Iterator[None]:
    strangeness.theirs.clear()
    strangeness.is_armed = True
    try:
        yield
    finally:
        is_written = flush_all(30)  # the writer must not ask, either
        strangeness.is_armed = False
    assert strangeness.ours == []
    assert is_written


def _play(
    strangeness: Strangeness,
    expected: Any,
    flow: Any,
    hooks: Sequence[Any],
    requested: list[Any],
    *,
    config: dict[str, Any] | None = None,
    **given: Any,
) -> Outcome:
    """What comes of an execution; nothing is compared but by identity."""
    raised, is_same = None, False
    with _armed(strangeness):
        try:
            result = build([flow], *hooks, **config or {}).execute(requested, **given)
            is_same = any(value is expected for value in result.values())
        except BaseException as error:
            raised, is_same = type(error), error is expected
    return Outcome(raised, is_same, strangeness.theirs.copy())


def _runs(store: Path) -> dict[str, Run]:
    """{job: run}"""
    reader = StoreReader(store)
    return {run.job: reader.run(run.run_id) for run in reader.runs()}


def _play_all(
    strangeness: Strangeness, thing: Any, flow: Any, store: Path, roles: dict[str, Role]
) -> dict[str, Outcome]:
    """What comes of an object in all roles, which must be the same with a hook as without."""
    outcomes: dict[str, Outcome] = {}
    for job, (requested, give) in roles.items():
        hook, given = OpenLineageHook(job, store=store), give(thing)
        plain = _play(strangeness, thing, flow, [], requested, **given)
        outcomes[job] = _play(strangeness, thing, flow, [hook], requested, **given)
        assert outcomes[job] == plain, job
        assert hook.problems == {}
    statuses = {job: run.status for job, run in _runs(store).items()}
    assert statuses == {job: outcome.status for job, outcome in outcomes.items()}
    return outcomes


@pytest.mark.parametrize("with_metaclass", [False, True], ids=["", "metaclass"])
@pytest.mark.parametrize("base", MAKERS, ids=lambda base: base.__name__)
def test_nothing_is_asked_of_an_object(
    flow: Any, store: Path, strangeness: Strangeness, base: type, with_metaclass: bool
) -> None:
    thing = MAKERS[base](strangeness.kind(base, with_metaclass=with_metaclass))
    flow.have.update(thing=thing, problem=ValueError("no", thing))
    outcomes = _play_all(strangeness, thing, flow, store, ROLES)
    same = {job for job, outcome in outcomes.items() if outcome.is_same}
    assert same >= {"input", "override", "config", "within an input", "result"}
    assert outcomes["argument of an exception"].raised is ValueError
    assert _runs(store)["result"].nodes[0].type == "Strange"


@pytest.mark.parametrize("base", MAKERS, ids=lambda base: base.__name__)
def test_nothing_is_asked_of_what_a_loader_or_saver_says(
    flow: Any, store: Path, strangeness: Strangeness, base: type
) -> None:
    thing = MAKERS[base](strangeness.kind(base))
    flow.have.update(thing=thing, told=metadata(thing))
    outcomes = _play_all(strangeness, thing, flow, store, SAYING)
    assert outcomes["loader"].is_same


@pytest.mark.parametrize("strangeness", ["raises", "lies"], indirect=True)
def test_nothing_is_asked_of_the_class_of_what_a_loader_or_saver_says(
    flow: Any, store: Path, strangeness: Strangeness, swallowed: list[Any]
) -> None:
    thing = strangeness.kind(object, with_metaclass=True)()
    flow.have.update(thing=thing, told=metadata(thing))
    _play_all(strangeness, thing, flow, store, SAYING)


def test_nothing_is_asked_of_a_class_that_is_a_value(
    flow: Any, store: Path, strangeness: Strangeness
) -> None:
    kind, hook = strangeness.kind(object, with_metaclass=True), OpenLineageHook(store=store)
    flow.have["thing"] = kind
    for name in ("input", "override", "within an input", "result"):
        requested, give = ROLES[name]
        outcome = _play(strangeness, kind, flow, [hook], requested, **give(kind))
        assert outcome == Outcome(None, is_same=True, calls=Counter())


@pytest.mark.parametrize("with_metaclass", [False, True], ids=["", "metaclass"])
@pytest.mark.parametrize("base", ERRORS, ids=lambda base: base.__name__)
def test_nothing_is_asked_of_an_exception(
    flow: Any,
    store: Path,
    strangeness: Strangeness,
    base: type[BaseException],
    with_metaclass: bool,
) -> None:
    problem = strangeness.kind(base, with_metaclass=with_metaclass)(*ERRORS[base])
    flow.have["problem"], hook = problem, OpenLineageHook("job", store=store)
    given = {"inputs": {"given": 1}}
    plain = _play(strangeness, problem, flow, [], ["failing"], **given)
    hooked = _play(strangeness, problem, flow, [hook], ["failing"], **given)
    assert hooked == plain
    assert hooked.is_same
    assert hook.problems == {}
    run = _runs(store)["job"]
    assert run.status == hooked.status
    nodes = [(n.node, n.status, n.error.type if n.error else None) for n in run.nodes]
    assert nodes == [("taken", "SUCCEEDED", None), ("failing", hooked.status, "Strange")]


@pytest.mark.parametrize("strangeness", ["hangs"], indirect=True)
@pytest.mark.parametrize(("part", "name"), [("inputs", "given"), ("overrides", "taken")])
def test_nothing_is_asked_of_the_inputs_as_a_whole_nor_of_their_names(
    flow: Any, store: Path, strangeness: Strangeness, part: str, name: str
) -> None:
    """Hamilton asks them, so that they are good to it."""
    text, mapping = strangeness.kind(str), strangeness.kind(dict)
    hook = OpenLineageHook("job", store=store)
    for values in (mapping({name: 7}), {text(name): 7}, mapping({text(name): 7})):
        outcome = _play(strangeness, 7, flow, [hook], ["taken"], **{part: values})
        assert (outcome.raised, outcome.is_same) == (None, True)
    assert hook.problems == {}
    assert {run.status for run in StoreReader(store).runs()} == {"SUCCEEDED"}


@pytest.mark.parametrize("strangeness", ["hangs"], indirect=True)
def test_nothing_is_asked_of_a_sentinel(flow: Any, store: Path, strangeness: Strangeness) -> None:
    sentinel = strangeness.kind(object)()
    flow.have["problem"], hook = ValueError("no"), OpenLineageHook("job", store=store)
    adapters = [GracefulErrorAdapter(ValueError, sentinel), hook]
    given = {"inputs": {"given": 1}}
    outcome = _play(strangeness, sentinel, flow, adapters, ["failing"], **given)
    assert (outcome.raised, outcome.is_same) == (None, True)
    nodes = [(n.node, n.status) for n in _runs(store)["job"].nodes]
    assert nodes == [("taken", "SUCCEEDED"), ("failing", "SENTINEL")]


def test_nothing_is_asked_of_the_names_that_are_requested(
    flow: Any, store: Path, strangeness: Strangeness
) -> None:
    hook, thing = OpenLineageHook("job", store=store), object()
    flow.have["thing"] = thing
    requested = [strangeness.kind(str)("made")]
    plain = _play(strangeness, thing, flow, [], requested)
    assert _play(strangeness, thing, flow, [hook], requested) == plain
    assert hook.problems == {}


def test_a_member_of_an_enumeration_may_be_requested(flow: Any, store: Path) -> None:
    class Name(enum.StrEnum):
        MADE = "made"

    flow.have["thing"] = 1
    build([flow], OpenLineageHook("job", store=store)).execute([Name.MADE])
    assert flush_all(30)
    assert _runs(store)["job"].started.requested == ("made",)
