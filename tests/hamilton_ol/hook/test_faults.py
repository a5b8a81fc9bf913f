"""Whatever breaks inside the hook, the dataflow does not notice, and the person is told."""

import errno
import functools
import itertools
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.hook import lifecycle
from hamilton_ol.store import appender, writer, writers
from tests.support import faults
from tests.support.everything import Everything

# What answers questions runs in another process, and may raise as it likes.
READING = (
    *("store.reader:", "store.assembly:", "store.index:", "store.location:find"),
    *("store.backlog:", "store.settled:"),
)
# Called by Hamilton, by the interpreter or by a person, so that nothing of ours is around them.
ENTRIES = (
    "hook.lifecycle:OpenLineageHook.",
    "hook.lifecycle:_checked_",
    "hook.lifecycle:_plain",
    "store.writer:Writer._loop",
    "store.writer:Writer.flush",
    "store.writers:close_all",
    "store.writers:flush_all",
)
# Without these no run is recorded: only the hook itself can tell.
NO_RUN = (
    "hook.contexts:Context.__init__",
    "hook.graphs:GraphState.__init__",
    "hook.nodes:NodeLines.__init__",
    "hook.problems:",
    "hook.recorder:Recorder.__init__",
    "hook.runs:DetachedRun.__init__",
    "hook.runs:RecordedRun.__init__",
    "hook.schemas:Schemas.__init__",
    "hook.session:Runs.",
    "hook.session:Session.__init__",
    "hook.session:Session._graph",
    "hook.session:Session._started",
    "hook.session:Session.begin",
    "store.appender:",
    "store.codec:",
    "store.documents:replace",
    "store.lines:",
    "store.liveness:",
    "store.location:",
    "store.segment:",
    "store.slices:Slices.__init__",
    "store.work:",
    "store.writer:",
    "store.writers:",
)
# Before a run, after it, or beside it: what concerns the store or a driver as a whole.
BESIDE = (
    "hook.recorder:Recorder._tell",
    "hook.recorder:Recorder._try",
    "hook.recorder:Recorder.read",
    "hook.recorder:Recorder.tidy",
    "hook.senders:",
    "hook.unsent:",
    "hook.runs:RecordedRun._on_graph",
    "hook.session:Session.learn_modules",
    "store.retention:",
    "threads:",
)
FUNCTIONS = {
    name: function
    for name, function in faults.functions_of("hook", "dataflow", "store", "threads").items()
    if not name.startswith((*READING, *ENTRIES))
}
KINDS: tuple[Callable[[], Exception], ...] = (
    lambda: ValueError("planted"),
    MemoryError,
    RecursionError,
    lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    lambda: OSError(errno.EMFILE, os.strerror(errno.EMFILE)),
)
LIMIT = 60.0  # seconds, for what takes a tenth of one


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Break every function that the dataflow leads through; new ones are found by themselves."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", sorted(_reached()))


@functools.cache
def _reached() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        everything = Everything(Path(folder))

        def run() -> None:
            everything.run(OpenLineageHook("job", store=Path(folder) / "store"))
            writers.close_all()

        names = faults.reached(FUNCTIONS, run)
        everything.forget()
        writers._writers.clear()
    return names


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everything]:
    made = Everything(tmp_path_factory.mktemp("repository"))
    yield made
    made.forget()


@pytest.fixture(scope="module")
def expected(everything: Everything) -> tuple[Any, ...]:
    """What the dataflow does without a hook."""
    return everything.run()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that failed is tried again at once, and nobody waits long for one that hangs.

    And the writer always counts as starved, so that it is always given way.
    """
    monkeypatch.setattr(writer, "LATE", 0.0)
    monkeypatch.setattr(appender, "RETRY", 0.0)
    monkeypatch.setattr(writer, "AT_EXIT", 0.2)
    monkeypatch.setattr(lifecycle, "FLUSH_SECONDS", 0.2)


@pytest.mark.usefixtures("impatient")
def test_a_broken_function_harms_no_run_and_is_named(
    name: str,
    everything: Everything,
    expected: tuple[Any, ...],
    store: Path,
    swallowed: list[tuple[str, BaseException]],
) -> None:
    kinds, noted, began = itertools.cycle(KINDS), Counter[str](), monotonic()

    def make() -> Exception:
        return next(kinds)()

    with faults.broken(FUNCTIONS[name], make) as count:
        for number in range(len(KINDS)):
            if count() < len(KINDS):
                hook = OpenLineageHook("job", store=store / str(number))
                assert everything.run(hook) == expected
                writers.close_all()
                noted.update(hook.problems)
                if hook.problems and not name.startswith((*NO_RUN, *BESIDE)):
                    assert _is_told(store / str(number))
    assert noted
    assert monotonic() - began < LIMIT


def _is_told(folder: Path) -> bool:
    """Whether a problem is written beside a run."""
    return any('"k":"problem"' in path.read_text() for path in folder.glob("segments/*/*"))


def test_nearly_all_functions_are_broken() -> None:
    assert len(_reached()) > 0.75 * len(FUNCTIONS), sorted(FUNCTIONS.keys() - set(_reached()))
