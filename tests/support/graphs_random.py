"""Random dataflows, with all that makes several nodes one job."""

from typing import Any

from hypothesis import strategies as st

from hamilton_ol.records import ColumnUse, Dependency, GraphRecord, NodeRecord, Place
from tests.support.runs import column, graph, node

COLUMN = "column"  # an input that names a column
BLOCK = "block."  # how modules of nodes that are executed many times begin

_TAGS: tuple[dict[str, str], ...] = (
    {},
    {"owner": "team"},
    {"PII": "true", "source": "prod.x"},
    {"Source": "file:///x.csv"},
    {"artifact": "model"},
)


@st.composite
def graphs(draw: Any) -> GraphRecord:
    """One to six jobs, each of which may take what those before it made, and a block."""
    nodes = [node("number", kind="input"), node(COLUMN, kind="input"), node("given", kind="input")]
    outputs = [n.name for n in nodes]
    kinds = draw(st.lists(st.sampled_from(sorted(_KINDS)), min_size=1, max_size=6))
    for number, kind in enumerate(kinds):
        name = f"n{number}"
        made = _KINDS[kind](draw, name, _needs(draw, outputs))
        nodes += made
        outputs += [n.name for n in made if n.name in {name, n.field}]
    return graph(*nodes, sentinel="")


def _needs(draw: Any, outputs: list[str]) -> list[Dependency]:
    names = draw(st.lists(st.sampled_from(outputs), max_size=3, unique=True))
    uses = st.sampled_from([None, None, (ColumnUse("item", "a"),), (ColumnUse("input", COLUMN),)])
    return [Dependency(name, uses=draw(uses)) for name in names]


def _plain(draw: Any, name: str, needs: list[Dependency]) -> list[NodeRecord]:
    place = Place(f"flow.{name}", "src/flow.py", 3, in_repository=True)
    text = draw(st.sampled_from(["", "What it is."]))
    return [node(name, *needs, tags=_tags(draw), place=place, documentation=text, code="0" * 16)]


def _checked(draw: Any, name: str, needs: list[Dependency]) -> list[NodeRecord]:
    raw, check = f"{name}_raw", f"{name}_check"
    return [
        node(raw, *needs, owner=name),
        node(check, raw, owner=name, kind="check"),
        node(name, raw, check, tags=_tags(draw)),
    ]


def _loading(draw: Any, name: str, needs: list[Dependency]) -> list[NodeRecord]:
    load, select = f"{name}.load", f"{name}.select"
    return [
        node(load, owner=name, kind="loader"),
        node(select, load, owner=name, kind="loader"),
        node(name, select, *needs, tags=_tags(draw)),
    ]


def _table(draw: Any, name: str, needs: list[Dependency]) -> list[NodeRecord]:
    a, b = f"{name}a", f"{name}b"
    raw, check = f"{b}_raw", f"{b}_check"
    return [
        node(name, *needs, type="DataFrame", tags=_tags(draw)),
        node(f"{name}_save", name, owner=name, kind="saver", type="dict"),
        column(a, name, tags=_tags(draw)),
        column(raw, name, field=b),
        node(check, raw, owner=name, field=b, kind="check"),
        node(b, raw, check, owner=name, field=b, type="Series"),
    ]


def _parts(draw: Any, name: str, needs: list[Dependency]) -> list[NodeRecord]:
    a, b = f"{name}a", f"{name}b"
    fields = ((a, "DataFrame"), (b, "int"))
    return [node(name, *needs, type="dict", fields=fields), column(a, name), column(b, name)]


def _saved(draw: Any, name: str, needs: list[Dependency]) -> list[NodeRecord]:
    owner = draw(st.sampled_from([name, f"{name}_save"]))  # a function's own, or a materializer
    return [node(name, *needs), node(f"{name}_save", name, owner=owner, kind="saver", type="dict")]


def _block(draw: Any, name: str, needs: list[Dependency]) -> list[NodeRecord]:
    part, inner = f"{name}_part", f"{name}_inner"
    return [
        node(part, *needs, kind="expand", type="list[int]"),
        node(inner, part, module=f"{BLOCK}{name}", tags=_tags(draw)),
        node(f"{inner}2", inner, part, module=f"{BLOCK}{name}"),
        node(name, f"{inner}2", kind="collect"),
    ]


def _tags(draw: Any) -> dict[str, str]:
    return dict(draw(st.sampled_from(_TAGS)))


_KINDS: dict[str, Any] = {
    "plain": _plain,
    "checked": _checked,
    "loading": _loading,
    "table": _table,
    "parts": _parts,
    "saved": _saved,
    "block": _block,
}
