"""The summary of segments: incremental, disposable, and never wrong."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.errors import StoreTooNewError, StoreUnreadableError
from hamilton_ol.records import RunFinished
from hamilton_ol.store import lines
from hamilton_ol.store.index import FILE, Index, RunEntry, load, parse, segment_files
from tests.support.stores import (
    LIVING,
    MS,
    OTHER,
    RUN,
    T0,
    header,
    node,
    run_lines,
    segment,
    started,
)


def entry(store: Path, run_id: str = RUN) -> RunEntry:
    """What the only segment says of a run."""
    (found,) = load(store).values()
    return found.runs[run_id]


def test_a_run_is_summed_up(store: Path) -> None:
    segment(store, header(), *run_lines(end="FAILED"), node("c", 9, status="FAILED"))
    (path,) = store.glob("segments/*/*")
    assert entry(store) == RunEntry(
        first=len(header()),
        last=path.stat().st_size,
        started=T0,
        job="titanic",
        namespace="hamilton",
        requested=("b",),
        status="FAILED",
        ended=T0 + 100 * MS,
        nodes=3,
        failed=1,
    )


def test_the_process_is_known(store: Path) -> None:
    segment(store, header(LIVING))
    (found,) = load(store).values()
    assert found.process == LIVING


def test_a_node_that_is_named_like_a_failure_did_not_fail(store: Path) -> None:
    segment(store, node('"s":"FAILED"', 1))
    assert entry(store).failed == 0


def test_a_node_counts_however_its_line_is_written(store: Path) -> None:
    for text in (node("a", 1), node("b", 2, status="FAILED")):
        segment(store, json.dumps(json.loads(text)) + "\n")
    assert (entry(store).nodes, entry(store).failed) == (2, 1)


def test_ids_of_any_length_are_understood(store: Path) -> None:
    segment(store, node("a", 1, of="my-run"))
    assert entry(store, "my-run").nodes == 1


def test_a_parent_is_known(store: Path) -> None:
    fields = json.loads(lines.run_line(started()))
    names = ("run_id", "namespace", "job", "root_run_id", "root_namespace", "root_job")
    segment(store, json.dumps({**fields, "parent": dict.fromkeys(names, OTHER)}) + "\n")
    assert entry(store).parent == OTHER


NO_SENSE: list[dict[str, Any]] = [
    {"k": "run", "time": "now"},
    {"k": "run", "time": 10**30},
    {"k": "run", "time": T0, "job": 3},
    {"k": "run", "time": T0, "requested": 3},
    {"k": "run", "time": T0, "parent": "me"},
    {"k": "finish", "status": "EXPLODED", "time": T0},
    {"k": "finish", "status": "FAILED", "time": "now"},
    {"k": "finish", "status": "FAILED", "time": -1},
]


@pytest.mark.parametrize("fields", NO_SENSE, ids=json.dumps)
def test_a_line_that_makes_no_sense_tells_nothing(store: Path, fields: dict[str, Any]) -> None:
    segment(store, json.dumps({"v": 1, "run": RUN, **fields}) + "\n")
    told = entry(store)
    assert (told.started, told.ended) == (0, 0)


@pytest.mark.parametrize("process", [None, 3, [], {}, {"pid": "x"}])
def test_a_process_that_makes_no_sense_is_not_known(store: Path, process: object) -> None:
    first = json.loads(header(None)) | {"process": process}
    segment(store, json.dumps(first) + "\n", *run_lines())
    assert entry(store).started == T0


# --- whatever stands in a segment ----------------------------------------------------------------

GARBAGE = [b"", b"\n", b"\r\n", b"\0" * 64 + b"\n", b"\xff\xfe\x80\n", b"{\n", b"[]\n", b"3\n"]
ODD = [b'{"v":1}\n', b'{"v":"1","k":"run"}\n', b'{"k":"run"}\n', b"[" * 9999 + b"\n", b'"v"\n']


@pytest.mark.parametrize("garbage", [*GARBAGE, *ODD], ids=lambda data: repr(data[:12]))
def test_garbage_is_skipped(store: Path, garbage: bytes) -> None:
    segment(store, header(), garbage, *run_lines(), garbage)
    assert entry(store).nodes == 2


def test_a_torn_last_line_is_read_when_it_is_whole(store: Path) -> None:
    whole = node("c", 9).encode()
    segment(store, *run_lines(end=None), whole[:20])
    assert entry(store).nodes == 2
    segment(store, whole[20:])
    assert entry(store).nodes == 3


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_that_an_editor_wrote_is_read(store: Path, mark: bytes, end: str) -> None:
    segment(store, mark, *(line.replace("\n", end) for line in (header(), *run_lines())))
    assert (entry(store).nodes, entry(store).status) == (2, "SUCCEEDED")


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_newer_version_in_any_line_is_refused(store: Path, place: str) -> None:
    newer = '{"v":2,"k":"thought","run":"x"}\n'
    told = [header(), *run_lines()]
    segment(store, *([newer, *told] if place == "first" else [*told, newer]))
    for _ in range(2):  # the summary of the first time must not hide it from the second
        with pytest.raises(StoreTooNewError, match=r"000000-1-aa\.ndjson.*format 2") as caught:
            load(store)
        assert "pip install -U hamilton-ol" in caught.value.hint


def test_a_version_of_a_torn_line_is_not_read_yet(store: Path) -> None:
    segment(store, *run_lines(), '{"v":2,"k":"th')
    assert entry(store).nodes == 2


def test_a_line_that_is_no_object_has_no_fields() -> None:
    assert parse(b"[1]", Path("x")) is None


# --- the same with and without the summary -------------------------------------------------------


def fresh(store: Path) -> Index:
    """The index, made without an earlier one."""
    (store / FILE).unlink(missing_ok=True)
    return load(store)


LINES = [
    *(text.encode() for text in (header(), *run_lines(), *run_lines(OTHER, end="ABORTED"))),
    node("c", 5, status="FAILED").encode(),
    lines.finish_line(RUN, RunFinished(T0, "FAILED")).encode(),
    *GARBAGE,
    *ODD,
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(LINES) | st.binary(max_size=12), max_size=20),
    st.lists(st.integers(0), max_size=4),
)
def test_reading_on_is_as_reading_all(told: list[bytes], cuts: list[int]) -> None:
    data = b"".join(told)
    ends = sorted({cut % (len(data) + 1) for cut in cuts} | {len(data)})
    with tempfile.TemporaryDirectory() as folder:
        store, before = Path(folder), 0
        for end in ends:
            segment(store, data[before:end])
            before, read_on = end, load(store)
            assert load(store) == read_on  # from the summary alone
            assert fresh(store) == read_on


def test_only_what_is_new_is_read(store: Path) -> None:
    segment(store, header(), *run_lines())
    load(store)
    path = segment(store, node("c", 9))
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"titanic"', b'"TITANIC"'))  # as long as before: nobody looks
    assert (entry(store).job, entry(store).nodes) == ("titanic", 3)


def test_a_segment_that_shrank_is_read_again(store: Path) -> None:
    path = segment(store, header(), *run_lines())
    load(store)
    path.write_text("".join([header(), *run_lines(OTHER)[:2]]), encoding="utf-8")
    (found,) = load(store).values()
    assert list(found.runs) == [OTHER]


def test_a_segment_that_is_gone_is_forgotten(store: Path) -> None:
    segment(store, *run_lines(), name="1").unlink()
    segment(store, *run_lines(OTHER), name="2")
    assert [list(found.runs) for found in load(store).values()] == [[OTHER]]


def test_a_segment_that_goes_while_others_are_read_is_not_missed(store: Path) -> None:
    segment(store, *run_lines(), name="1")
    second = segment(store, *run_lines(OTHER), name="2")
    found = load(store, lambda _done, _all: second.unlink(missing_ok=True))
    assert [list(entry.runs) for entry in found.values()] == [[RUN], []]


def test_a_segment_that_goes_before_it_is_looked_at_is_not_missed(store: Path) -> None:
    (segment(store, *run_lines()).parent / "gone.ndjson").symlink_to(store / "gone")
    assert entry(store).nodes == 2


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"{",
        b"[]",
        b"3",
        b"\xff\x00",
        b"[" * 9999,
        b'{"format":1,"segments":{}}',
        b'{"format":3,"lines":1,"segments":[]}',
        b'{"format":3,"lines":1,"segments":{"2026-01-01/000000-1-aa.ndjson":{"read":"all"}}}',
        b'{"format":3,"lines":1,"segments":{"2026-01-01/000000-1-aa.ndjson":{"read":-5}}}',
        b'{"format":3,"lines":1,"segments":{"2026-01-01/000000-1-aa.ndjson":{"runs":[]}}}',
        b'{"format":3,"lines":9,"segments":{"2026-01-01/000000-1-aa.ndjson":{"read":900}}}',
    ],
)
def test_a_summary_that_makes_no_sense_is_made_anew(store: Path, held: bytes) -> None:
    segment(store, *run_lines())
    expected = load(store)
    (store / FILE).write_bytes(held)
    assert load(store) == expected
    assert json.loads((store / FILE).read_bytes())["format"] == 3


def test_a_summary_that_cannot_be_written_is_not_needed(store: Path) -> None:
    segment(store, *run_lines())
    (store / FILE).mkdir()
    assert entry(store).nodes == 2
    assert sorted(path.name for path in store.iterdir()) == [FILE, "segments"]


# --- what cannot be read -------------------------------------------------------------------------


def test_a_folder_in_the_place_of_a_segment_is_named(store: Path) -> None:
    (store / "segments" / "2026-01-01" / "x.ndjson").mkdir(parents=True)
    with pytest.raises(StoreUnreadableError, match=r"x\.ndjson cannot be read") as caught:
        load(store)
    assert caught.value.hint


def test_a_segment_that_may_not_be_read_is_named(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = segment(store, *run_lines())
    real = Path.open

    def forbidden(self: Path, *arguments: Any, **more: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied", str(path))
        return real(self, *arguments, **more)

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(StoreUnreadableError, match="Permission denied"):
        load(store)


def test_segments_are_in_the_order_of_their_days(store: Path) -> None:
    late = segment(store, day="2026-01-02", name="000000-1-aa")
    early = segment(store, day="2026-01-01", name="235959-1-aa")
    segment(store, day="2026-01-02", name="notes").rename(store / "segments" / "notes.txt")
    assert segment_files(store) == [early, late]


def test_progress_is_told_in_bytes(store: Path) -> None:
    told: list[tuple[int, int]] = []
    one = segment(store, *run_lines(), name="1").stat().st_size
    other = segment(store, *run_lines(OTHER), name="2").stat().st_size
    load(store, lambda done, total: told.append((done, total)))
    assert told == [(one, one + other), (one + other, one + other)]
