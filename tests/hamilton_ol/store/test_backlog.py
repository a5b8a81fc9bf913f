"""What is left to send is found without opening what is done, and nothing is ever overlooked."""

from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.store import backlog as backlogs
from hamilton_ol.store.backlog import Backlog
from hamilton_ol.store.index import read_on
from hamilton_ol.store.settled import Settled
from tests.support.stores import DEAD, LIVING, header, node, run_id, run_lines, segment


class Looks:
    """Backlogs of one store and target, and which segments they open.

    Attributes:
        done: ids of runs that are done.
        opened: names of segments that were read.
    """

    def __init__(self, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store, self.done, self.opened = store, set[str](), list[str]()
        self.settled = Settled(store / "target")

        def see(path: Path, *arguments: Any) -> None:
            self.opened.append(path.stem)
            read_on(path, *arguments)

        monkeypatch.setattr(backlogs, "read_on", see)

    def backlog(self) -> Backlog:
        self.settled = Settled(self.store / "target")
        return Backlog(self.store, self.settled, self.done.__contains__)

    def pending(self, backlog: Backlog, since: str = "") -> list[str]:
        backlog.look(since)
        return [run.run_id for run in backlog.runs()]


@pytest.fixture
def looks(store: Path, monkeypatch: pytest.MonkeyPatch) -> Looks:
    return Looks(store, monkeypatch)


RUNS = [run_id(number) for number in range(4)]


def test_runs_that_are_not_done_are_pending_the_oldest_first(store: Path, looks: Looks) -> None:
    segment(store, header(), *run_lines(RUNS[1], time=2 * 10**18), name="000002-1-aa")
    segment(store, header(), *run_lines(RUNS[0], time=10**18), name="000003-1-aa")
    segment(store, header(), *run_lines(RUNS[2], time=3 * 10**18), name="000001-1-aa")
    looks.done.add(RUNS[1])
    backlog = looks.backlog()
    assert looks.pending(backlog) == [RUNS[0], RUNS[2]]
    assert [node.node for node in backlog.read(RUNS[2]).nodes] == ["a", "b"]


def test_an_empty_store_has_nothing_pending(looks: Looks) -> None:
    assert looks.pending(looks.backlog()) == []


def test_a_segment_of_which_all_is_done_is_never_opened_again(store: Path, looks: Looks) -> None:
    for number in (0, 1):
        segment(store, header(), *run_lines(RUNS[number]), name=f"00000{number}-1-aa")
    looks.done.add(RUNS[0])
    backlog = looks.backlog()
    assert looks.pending(backlog) == [RUNS[1]]
    backlog.settle()
    assert looks.settled.names >= {"2026-01-01/000000-1-aa.ndjson"}
    looks.opened.clear()
    assert looks.pending(looks.backlog()) == [RUNS[1]]
    assert looks.opened == ["000001-1-aa"]


def test_a_look_reads_only_what_is_new(store: Path, looks: Looks) -> None:
    segment(store, header(), *run_lines(RUNS[0]))
    backlog = looks.backlog()
    assert looks.pending(backlog) == [RUNS[0]]
    looks.opened.clear()
    assert looks.pending(backlog) == [RUNS[0]]
    assert looks.opened == []
    segment(store, *run_lines(RUNS[1], time=2 * 10**18))
    assert looks.pending(backlog) == [RUNS[0], RUNS[1]]


def test_what_a_living_process_writes_is_not_settled(store: Path, looks: Looks) -> None:
    segment(store, header(LIVING), *run_lines(RUNS[0]))
    looks.done.add(RUNS[0])
    backlog = looks.backlog()
    assert looks.pending(backlog) == []
    backlog.settle()
    segment(store, *run_lines(RUNS[1], time=2 * 10**18))
    assert looks.pending(backlog) == [RUNS[1]]
    assert looks.pending(looks.backlog()) == [RUNS[1]]


def test_of_a_living_process_a_segment_that_it_has_left_is_settled(
    store: Path, looks: Looks
) -> None:
    for number in (0, 1):
        segment(store, header(LIVING), *run_lines(RUNS[number]), name=f"00000{number}-1-aa")
        looks.done.add(RUNS[number])
    backlog = looks.backlog()
    backlog.look()
    backlog.settle()
    assert looks.settled.names == {"2026-01-01/000000-1-aa.ndjson"}


def test_what_a_process_writes_between_a_look_and_its_end_is_not_overlooked(
    store: Path, looks: Looks
) -> None:
    segment(store, header(DEAD), *run_lines(RUNS[0]))
    looks.done.add(RUNS[0])
    backlog = looks.backlog()
    backlog.look()
    segment(store, *run_lines(RUNS[1], time=2 * 10**18))
    backlog.settle()
    assert looks.pending(looks.backlog()) == [RUNS[1]]


def test_a_torn_line_of_a_dead_process_keeps_nobody(store: Path, looks: Looks) -> None:
    segment(store, header(), *run_lines(RUNS[0]), '{"v":1,"k":"no')
    looks.done.add(RUNS[0])
    backlog = looks.backlog()
    backlog.look()
    backlog.settle()
    assert len(looks.settled.names) == 1


def test_a_worker_s_segment_waits_for_the_run_that_is_begun_elsewhere(
    store: Path, looks: Looks
) -> None:
    lines = run_lines(RUNS[0], nodes=("a",))
    segment(store, header(), *lines, name="000001-1-aa")
    segment(store, header(), node("b", 3, RUNS[0]), name="000002-2-aa")
    backlog = looks.backlog()
    assert looks.pending(backlog) == [RUNS[0]]
    backlog.settle()
    assert looks.settled.names == set()
    assert [node.node for node in backlog.read(RUNS[0]).nodes] == ["a", "b"]
    looks.done.add(RUNS[0])
    backlog.look()
    backlog.settle()
    assert len(looks.settled.names) == 2


def test_nodes_of_a_run_that_nobody_began_keep_nobody(store: Path, looks: Looks) -> None:
    segment(store, header(), node("b", 3, RUNS[0]))
    backlog = looks.backlog()
    assert looks.pending(backlog) == []
    backlog.settle()
    assert len(looks.settled.names) == 1


def test_segments_of_earlier_days_are_not_looked_for_unless_asked(
    store: Path, looks: Looks
) -> None:
    segment(store, header(), *run_lines(RUNS[0]), day="2026-01-01")
    segment(store, header(), *run_lines(RUNS[1]), day="2026-01-02")
    backlog = looks.backlog()
    assert looks.pending(backlog, "2026-01-02") == [RUNS[1]]
    assert set(looks.pending(backlog)) == {RUNS[0], RUNS[1]}
    assert set(looks.pending(backlog, "2026-01-02")) == {RUNS[0], RUNS[1]}


def test_a_segment_that_is_removed_is_forgotten(store: Path, looks: Looks) -> None:
    path = segment(store, header(), *run_lines(RUNS[0]))
    backlog = looks.backlog()
    assert looks.pending(backlog) == [RUNS[0]]
    path.unlink()
    backlog.settle()
    assert looks.pending(backlog) == []


def test_of_very_many_runs_some_are_known_at_a_time(
    store: Path, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlogs, "MOST", 1)
    for number in range(4):
        time = (number + 1) * 10**18
        segment(store, header(), *run_lines(RUNS[number], time=time), name=f"00000{number}-1-aa")
    backlog, seen = looks.backlog(), list[str]()
    while pending := looks.pending(backlog):
        assert len(pending) == 1
        seen += pending
        looks.done.update(pending)
        backlog.look()
        backlog.settle()
    assert seen == RUNS


def test_it_breathes_between_lines(store: Path) -> None:
    segment(store, header(), *run_lines(RUNS[0]))
    breaths = list[None]()
    settled = Settled(store / "target")
    backlog = Backlog(store, settled, lambda _: False, lambda: breaths.append(None))
    backlog.look()
    count = len(breaths)
    backlog.read(RUNS[0])
    assert count == 8
    assert len(breaths) > count


# --- settled -------------------------------------------------------------------------------------


def test_what_is_settled_is_told_to_others(store: Path) -> None:
    one, other = Settled(store), Settled(store)
    one.add(["day/a", "day/b"])
    other.refresh()
    assert other.names >= {"day/a", "day/b"}
    assert (store / "settled").stat().st_mode & 0o777 == 0o600


def test_a_torn_name_is_no_name_of_another(store: Path) -> None:
    Settled(store).add(["day/a"])
    with (store / "settled").open("a") as file:
        file.write("day/b")
    other = Settled(store)
    other.add(["day/c"])
    other.refresh()
    assert {"day/a", "day/c"} <= other.names


def test_segments_that_are_gone_are_left_out_once_they_are_many(store: Path) -> None:
    names = [f"day/{number}" for number in range(1500)]
    settled = Settled(store)
    settled.add(names)
    settled.searched(set(names))
    assert len(Settled(store).names) == 1500
    settled.searched(set(names[:10]))
    assert Settled(store).names == set(names[:10])
