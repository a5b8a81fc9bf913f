"""What a node costs: trivial ones, so that nothing hides it."""

from unittest import mock

from benchmarks import adapters, flows
from benchmarks.contenders import contenders
from benchmarks.interleave import BARE, Figures, measure
from benchmarks.rows import Row
from hamilton_ol.dataflow import results

COUNT = 1000


def rows() -> list[Row]:
    """Time per node and of the whole run, for numbers and for tables."""
    adapters.clean()
    numbers, tables = _compare("int"), _compare("table")
    through = results._public_pandas_frame
    with mock.patch.dict(results._LOOKS, {("pandas", "DataFrame"): through}):
        public = _compare("table")
    return [
        _per_node(numbers),
        _whole_run(numbers),
        _per_table("added for a node with a 20-column DataFrame, schema included", tables, 6),
        _per_table("the same, through pandas' public attributes only", public, 20),
    ]


def _compare(kind: str) -> dict[str, Figures]:
    runs = contenders(flows.module(COUNT, kind), flows.last_layer(COUNT))
    # Apart, because ours is to be told from bare, which takes many rounds, and the peer is not.
    found = measure({name: runs[name] for name in (BARE, "ours")}, rounds=50, repeat=3)
    return measure({name: runs[name] for name in (BARE, "peer")}, rounds=10, repeat=1) | found


def _per_node(found: dict[str, Figures]) -> Row:
    peer, ours = _added(found)
    gate = "1/40 of the peer (about 3 µs)"
    return Row(
        "added for a trivial node", f"{peer:.0f} µs", _text(ours, peer), gate, ours <= peer / 40
    )


def _whole_run(found: dict[str, Figures]) -> Row:
    ours, peer = found["ours"], found["peer"]
    least, most = ours.wall_range
    return Row(
        "run of 1,000 trivial nodes, to bare",
        f"{peer.cpu_ratio:.0f}x",
        f"{ours.cpu_ratio:.2f}x processor, {ours.wall_ratio:.2f}x clock ({least:.2f}-{most:.2f})",
        "1.5x processor, 1.6x clock with the writer awake",
        ours.cpu_ratio <= 1.5 and ours.wall_ratio <= 1.6,
    )


def _per_table(what: str, found: dict[str, Figures], promised: int) -> Row:
    peer, ours = _added(found)
    # Of the peer's 162 µs on the machine of the promise; a tenth more still is "about".
    met = ours <= peer * promised / 162 * 1.1
    return Row(what, f"{peer:.0f} µs (no schema)", _text(ours, peer), f"about {promised} µs", met)


def _added(found: dict[str, Figures]) -> tuple[float, float]:
    """Microseconds for a node: (peer, ours), each by its ratio to the bare runs beside it."""
    bare = found[BARE].cpu / COUNT * 1e6
    return (found["peer"].cpu_ratio - 1) * bare, (found["ours"].cpu_ratio - 1) * bare


def _text(ours: float, peer: float) -> str:
    return f"{ours:.1f} µs (1/{peer / max(ours, 0.01):.0f})"
