"""Files of processes that are gone become one, and nobody misses anything."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.compaction import LEASE, MANY, compact
from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.delivery.leases import Leases
from tests.support.children import ended, forked
from tests.support.parcels import Clock, Taker, account, parcel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "acks"


@pytest.fixture
def leases(tmp_path: Path) -> Leases:
    return Leases(tmp_path / "leases")


def fill(folder: Path, run: str, events: int = 3, *, done: bool = True) -> None:
    """What a process leaves that sent a run."""
    known = Acknowledgements(folder)
    known.begins(run, "n", "j", int(run[1:]))
    for number in range(events):
        known.sent(run, f"{run}-{number}")
    known.rejected(run, f"{run}-bad", "why")
    if done:
        known.done(run)
    known.close()


def known_of(folder: Path) -> dict[str, Any]:
    """All that somebody reads who comes new."""
    known = Acknowledgements(folder)
    runs = {
        run: (told.is_done, told.counts, told.rejected, told.started, told.sent)
        for run, told in known.runs().items()
    }
    return {"runs": runs, "newest": known.newest("n", "j"), "total": known.total}


def test_many_files_become_one_line_a_run(folder: Path, leases: Leases) -> None:
    for number in range(1, 9):
        fill(folder, f"r{number}", done=number != 5)
    before = known_of(folder)
    assert compact(Acknowledgements(folder), leases, 8)
    assert known_of(folder) == before
    (path,) = folder.iterdir()
    assert len(path.read_bytes().splitlines()) == 8
    assert before["newest"] == (8, "r8")


def test_a_few_files_are_left_alone(folder: Path, leases: Leases) -> None:
    for number in range(3):
        fill(folder, f"r{number}")
    assert not compact(Acknowledgements(folder), leases, 4)
    assert len(list(folder.iterdir())) == 3


def test_the_file_of_a_living_process_is_left_alone(folder: Path, leases: Leases) -> None:
    fill(folder, "r1")
    living = Acknowledgements(folder)
    living.sent("r2", "e")
    assert compact(Acknowledgements(folder), leases, 1)
    living.sent("r2", "f")
    assert Acknowledgements(folder).of_run("r2").sent == {"e", "f"}


def test_who_reads_on_misses_nothing(folder: Path, leases: Leases) -> None:
    fill(folder, "r1", done=False)
    reader = Acknowledgements(folder)
    fill(folder, "r2", done=False)
    assert compact(Acknowledgements(folder), leases, 1)
    reader.refresh()
    assert reader.of_run("r2").counts == (3, 1)
    assert reader.total == 6


def test_who_clears_up_reads_first_what_others_noted_since_it_looked(
    folder: Path, leases: Leases
) -> None:
    fill(folder, "r1", done=False)
    clearing = Acknowledgements(folder)
    fill(folder, "r2", done=False)
    before = known_of(folder)
    assert compact(clearing, leases, 2)
    assert known_of(folder) == before
    assert len(list(folder.iterdir())) == 1


def test_whoever_sends_clears_up(folder: Path) -> None:
    for number in range(1, MANY + 1):
        fill(folder, f"r{number}")
    with contextlib.closing(Dispatcher(account(folder.parent, Clock()), Taker)) as dispatcher:
        assert [outcome.sent for outcome in dispatcher.deliver([parcel("new")])] == [3]
    assert len(list(folder.iterdir())) == 2
    assert Acknowledgements(folder).runs().keys() == {"new", *(f"r{n}" for n in range(1, MANY + 1))}


def test_what_is_cleared_up_while_one_looks_is_not_missed(
    folder: Path, leases: Leases, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder, "r1", done=False)
    reader, original = Acknowledgements(folder), Acknowledgements._sizes
    fill(folder, "r2", done=False)

    def then_cleared_up(self: Acknowledgements) -> dict[str, int]:
        sizes = original(self)
        monkeypatch.undo()
        assert compact(Acknowledgements(folder), leases, 1)
        return sizes

    monkeypatch.setattr(Acknowledgements, "_sizes", then_cleared_up)
    reader.refresh()
    assert reader.of_run("r2").counts == (3, 1)


def test_what_is_cleared_up_while_one_lists_is_not_missed(
    folder: Path, leases: Leases, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Acknowledgements(folder)
    fill(folder, "r1", done=False)

    def neither_old_nor_new(_self: Acknowledgements) -> dict[str, int]:
        monkeypatch.undo()
        assert compact(Acknowledgements(folder), leases, 1)
        return {}

    monkeypatch.setattr(Acknowledgements, "_sizes", neither_old_nor_new)
    reader.refresh()
    assert reader.of_run("r1").counts == (3, 1)


def test_one_at_a_time(folder: Path, leases: Leases, tmp_path: Path) -> None:
    fill(folder, "r1")
    Leases(tmp_path / "leases").take(LEASE)
    assert not compact(Acknowledgements(folder), leases, 1)


def test_a_crash_before_the_old_files_went_changes_nothing(
    folder: Path, leases: Leases, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder, "r1", done=False)
    fill(folder, "r2")
    before = known_of(folder)
    original = Path.unlink

    def crash(self: Path, *, missing_ok: bool = False) -> None:
        if self.parent == folder:
            raise OSError("crash")
        original(self, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", crash)
        with pytest.raises(OSError, match="crash"):
            compact(Acknowledgements(folder), leases, 1)
    assert len(list(folder.iterdir())) == 3
    assert known_of(folder) == before
    assert compact(Acknowledgements(folder), leases, 1)
    assert known_of(folder) == before


def test_a_full_disk_changes_nothing(
    folder: Path, leases: Leases, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder, "r1")
    before = known_of(folder)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("hamilton_ol.delivery.compaction.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            compact(Acknowledgements(folder), leases, 1)
    assert len(list(folder.iterdir())) == 1
    assert known_of(folder) == before


def test_what_a_newer_version_wrote_is_left_to_it(folder: Path, leases: Leases) -> None:
    fill(folder, "r1")
    (path,) = folder.iterdir()
    newer = json.dumps({"v": 1, "run": "r1", "k": "from the future"}).encode() + b"\n"
    path.write_bytes(path.read_bytes() + newer)
    fill(folder, "r2")
    assert compact(Acknowledgements(folder), leases, 1)
    assert path.exists()
    assert len(list(folder.iterdir())) == 2


def test_doubtful_events_and_runs_sent_anew_are_kept(folder: Path, leases: Leases) -> None:
    known = Acknowledgements(folder)
    known.sent("r", "a")
    known.done("r")
    known.again("r")
    for _ in range(2):
        known.failed("r", "b", "oops", 7.0)
    known.sent("s", "other")
    known.failed("r", "c", "oops", 8.0)
    known.close()
    before = known.of_run("r")
    assert [doubt.was_passed for doubt in before.doubts.values()] == [True, False]
    assert compact(Acknowledgements(folder), leases, 1)
    after = Acknowledgements(folder).of_run("r")
    assert after.doubts == before.doubts
    assert (after.generation, after.counts, after.is_done) == (1, (0, 0), False)


def test_of_runs_that_are_gone_only_the_newest_of_their_job_is_kept(
    folder: Path, leases: Leases
) -> None:
    for number in range(1, 5):
        fill(folder, f"r{number}", done=number != 2)
    known = Acknowledgements(folder)
    known.begins("old", "n", "other", 1)
    known.left_out("out", 2)
    known.sent("unknown", "e")  # an older version did not note when it began
    known.close()
    assert compact(Acknowledgements(folder), leases, 1, oldest=4)
    after = Acknowledgements(folder)
    assert set(after.runs()) == {"r4", "old", "unknown"}
    assert (after.newest("n", "j"), after.newest("n", "other")) == ((4, "r4"), (1, "old"))
    assert after.has_any


def test_what_a_living_process_noted_of_a_run_that_is_gone_stays(
    folder: Path, leases: Leases
) -> None:
    fill(folder, "r1", done=False)
    fill(folder, "r2")
    living = Acknowledgements(folder)
    living.sent("r1", "late")
    assert compact(Acknowledgements(folder), leases, 1, oldest=2)
    assert "late" in living.of_run("r1").sent
    assert "r1-0" in living.of_run("r1").sent
    assert Acknowledgements(folder).of_run("r1").sent == {"late"}


def test_the_file_of_a_process_that_was_killed_is_cleared_up(folder: Path, leases: Leases) -> None:
    def send() -> None:
        known = Acknowledgements(folder)
        known.sent("r", "e")  # and the file is left open

    with forked(send) as pid:
        assert ended(pid) == 0
    assert compact(Acknowledgements(folder), leases, 1)
    assert Acknowledgements(folder).of_run("r").sent == {"e"}
