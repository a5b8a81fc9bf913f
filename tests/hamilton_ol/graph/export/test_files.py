"""Graphs as files."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hamilton_ol.graph.execution import cut, executed
from hamilton_ol.graph.export.markup import element, plain
from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.export.table import guarded
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.scene.tokens import ThemeName
from hamilton_ol.graphfiles import exported, write
from tests.support.demo_files import FOLDER, GOLDEN, demo_file, demo_graph
from tests.support.lineages import graph, node

SVG = "{http://www.w3.org/2000/svg}"
EVIL = st.text(
    st.sampled_from([*"<>&\"'=+-@\\`#;[](){}|%\n\r\t\0\x1b\u202e\ud800\ufffe é", "a"]),
    min_size=1,
    max_size=30,
) | st.sampled_from(
    ["<script>alert(1)</script>", "</svg>", "]]>", "-->", "=HYPERLINK(1)", '"]; x [a="']
)
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def named(*names: str) -> LineageGraph:
    """A line of nodes that are called so."""
    nodes = [
        Node(f"id{n}", name, ("function", "input", "check", "alien")[n % 4], name, doc=name)
        for n, name in enumerate(names)
    ]
    return LineageGraph(
        nodes, [Edge(f"id{n}", f"id{n + 1}") for n in range(len(names) - 1)], name=names[0]
    )


@pytest.mark.parametrize("form", ["dot", "mermaid", "csv"])
def test_the_demo_is_written_as_it_was(form: str) -> None:
    assert demo_file(form) == (FOLDER / GOLDEN[form]).read_bytes()


def placeless(picture: bytes) -> str:
    """A picture without lengths, which change with every better layout."""
    numbers = re.sub(r"#[0-9A-F]{6}|-?\d+(?:\.\d+)?", _number, picture.decode())
    return re.sub(r"(?:M0 0C0(?: 0)*)+|(?:M0 0L0 0V0Z)+|0(?: 0){2,}", "...", numbers)


def _number(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("#") else "0"


def test_the_picture_of_the_demo_is_drawn_as_it_was() -> None:
    assert placeless(demo_file("svg")) == placeless((FOLDER / GOLDEN["svg"]).read_bytes())


@pytest.mark.usefixtures("extensions")
def test_a_picture_is_the_same_in_every_process() -> None:
    code = (
        "import zlib\n"
        "from tests.support.demo_files import demo_file\n"
        "print(zlib.crc32(demo_file('svg')))"
    )
    words = [sys.executable, "-c", code]
    root = Path(__file__).parents[4]
    found = {
        subprocess.run(
            words,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {f"{zlib.crc32(demo_file('svg'))}\n"}


@SLOW
@given(st.lists(EVIL, min_size=1, max_size=5), st.sampled_from(["light", "dark"]))
def test_no_name_is_markup_in_a_picture(names: list[str], theme: ThemeName) -> None:
    root = ET.fromstring(exported(named(*names), "svg", theme, names))
    tags = {part.tag.removeprefix(SVG) for part in root.iter()}
    assert tags <= {"svg", "title", "rect", "g", "path", "text", "circle"}
    for part in root.iter():
        assert not any(re.search(r"href|^on|style|src", key) for key in part.attrib)
        assert "\x1b" not in (part.text or "")


def test_a_text_that_was_cut_takes_the_room_that_is_kept_for_it_too() -> None:
    root = ET.fromstring(exported(named("a" * 10_000, "plain"), "svg"))
    texts = {text.text or "": text.get("textLength") for text in root.iter(f"{SVG}text")}
    cut_off = [text for text in texts if "\u2026" in text]
    assert {text[-12:] for text in cut_off} >= {"more letters", "aaaaaaaaaaa\u2026"}
    assert all(texts[text] is not None for text in cut_off)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts, self.loads = 0, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in {"img", "link", "iframe", "a", "image", "use", "object"}:
            self.loads.append(tag)
        self.loads += [key for key, _ in attrs if key in {"src", "href"} or key.startswith("on")]


@SLOW
@given(st.lists(EVIL, min_size=1, max_size=4))
def test_a_page_has_its_own_script_and_loads_nothing(names: list[str]) -> None:
    page = exported(named(*names), "html", "dark", names).decode()
    found = _Page()
    found.feed(page)
    assert (found.scripts, found.loads) == (1, [])
    assert "default-src 'none'" in page
    assert "user-select" not in page  # texts can be copied


@SLOW
@given(st.lists(EVIL, min_size=1, max_size=5))
def test_diagrams_have_a_line_for_each_node_whatever_it_is_called(names: list[str]) -> None:
    told = named(*names)
    dots = exported(told, "dot").decode().splitlines()
    label = r'  n\d+ \[label="(?:[^"\\]|\\.)*", shape=[a-z]+, style="[a-z,]+"'
    assert len(dots) == 4 + 1 + len(names) + len(told.edges)
    assert sum(bool(re.match(label, line)) for line in dots) == len(names)
    lines = exported(told, "mermaid").decode().splitlines()
    shape = r'  n\d+(?:\(|\[|\(\[|\{\{|\[\(|\[\[|>|\[/)"[^"<>`\\&]*(?:<br/>[^"<>`\\&]*)*"'
    assert sum(bool(re.match(shape, line)) for line in lines) == len(names)
    assert sum(" --> " in line for line in lines) == len(told.edges)


@SLOW
@given(st.lists(EVIL, min_size=1, max_size=5))
def test_no_cell_is_a_formula(names: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(exported(named(*names), "csv").decode(), newline="")))
    assert len(rows) == 1 + len(names)
    assert not any(cell.strip().startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [guarded(cell) for cell in ("a=b", "-1", "", "a-b")] == ["a=b", "'-1", "", "a-b"]
    assert [guarded(cell) for cell in (" =1", "\t=1", "\uff1d1")] == [
        "' =1",
        "'\\x09=1",
        "'\uff1d1",
    ]


def test_a_graph_is_read_again_as_it_was_written() -> None:
    told = demo_graph()
    assert LineageGraph.from_json(json.loads(exported(told, "json"))) == told


def test_every_node_and_edge_is_in_the_picture() -> None:
    root = ET.fromstring(demo_file("svg"))
    texts = [part.text for part in root.iter(f"{SVG}text")]
    whole = "".join(text or "" for text in texts)
    assert all((node.field or node.name) in whole for node in demo_graph().nodes)
    heads = max(part.attrib["d"].count("Z") for part in root.iter(f"{SVG}path"))
    from hamilton_ol.graph.scene.graphcards import cards_of

    assert heads >= len(set(cards_of(demo_graph()).links.target.tolist()))


def test_a_file_is_written_as_its_name_ends(tmp_path: Path) -> None:
    write(graph("a>b"), tmp_path / "x.mmd")
    assert (tmp_path / "x.mmd").read_bytes() == exported(graph("a>b"), "mermaid")
    with pytest.raises(ValueError, match=r"'x\.gif' says no format"):
        write(graph("a>b"), tmp_path / "x.gif")


def test_markup_says_what_it_was_given() -> None:
    assert element("a", plain("<&>"), x_y='"', width=1.04, skip=None) == (
        '<a x-y="&quot;" width="1">&lt;&amp;&gt;</a>'
    )


def test_what_is_given_is_not_executed() -> None:
    done = {"status": "SUCCEEDED", "seconds": 1.0, "rows": 5, "run": "r"}
    told = graph("a>b>c>d", "x>c", "b>e", c=done, d=done)
    whole = told.select("*").mask
    part = cut(told, whole, ["c"])
    assert set(part) == {"c", "d", "e", "b", "a"}
    assert part["c"] == node("c", kind="input")
    assert part["d"] == told["d"]
    assert {(edge.origin, edge.target) for edge in part.edges} == {
        ("a", "b"),
        ("b", "e"),
        ("c", "d"),
    }
    assert set(cut(told, told.select("+d").mask, ["c"])) == {"c", "d"}


def test_what_is_given_cuts_as_overrides_do() -> None:
    from hamilton_ol.demo.__main__ import build

    driver, told = build(), demo_graph()
    for name in ("training_set_v1", "titanic_data", "age", "sex_encoder", "random_state"):
        nodes, _ = driver.graph.get_upstream_nodes(
            ["fit_random_forest"], runtime_overrides={name: None}
        )
        part = cut(told, told.select("+fit_random_forest").mask, [name])
        assert set(part) == {node.name for node in nodes}


def test_of_a_run_is_shown_what_it_executed_took_wrote_and_missed() -> None:
    told = graph(
        *("x>a>b>c>file", "b>idle", "y>other", "a>out", "z>c", "table>col>b"),
        a={"status": "SUCCEEDED"},
        b={"status": "FAILED"},
        out={"kind": "sink"},
        col={"status": "SUCCEEDED", "part_of": "table", "kind": "column", "field": "col"},
        **{name: {"kind": "input"} for name in "xyz"},
    )
    mask = executed(told)
    assert mask is not None
    shown = {node for node, is_shown in zip(told.ids, mask, strict=True) if is_shown}
    assert shown == {"x", "a", "b", "c", "file", "idle", "out", "z", "table", "col"}
    assert executed(graph("a>b")) is None


def test_a_run_shows_how_it_ended() -> None:
    told = graph(
        "source>load>fit>report",
        source={"kind": "input"},
        load={"status": "SUCCEEDED", "seconds": 0.4, "type": "DataFrame"},
        fit={"status": "FAILED", "seconds": 0.002},
    )
    root = ET.fromstring(exported(told, "svg"))
    texts = [part.text for part in root.iter(f"{SVG}text")]
    assert {"400 ms", "2 ms", "finished", "failed", "skipped"} <= set(texts)


def test_a_picture_needs_no_explorer_but_as_png() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from hamilton_ol.graphfiles import exported\n"
        "from hamilton_ol.graph.lineage import LineageGraph\n"
        "from hamilton_ol.graph.nodes import Node\n"
        "told = LineageGraph([Node('a', 'a')], [])\n"
        "print(exported(told, 'svg').decode()[:4], exported(told, 'html').decode()[:9])\n"
        "try: exported(told, 'png')\n"
        "except Exception as error: print(type(error).__name__, error.hint)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("<svg <!doctype\nMissingExtraError pip")
    assert "hamilton-ol[explorer]" in done.stdout


def test_no_path_is_longer_than_painters_take_and_no_curve_is_lost() -> None:
    fan = graph(*(f"hub>part{number}>model" for number in range(1000)))
    edges = ET.fromstring(exported(fan, "svg")).findall(f"{SVG}path")
    points = [len(re.findall(r"[ A-Z]", part.attrib["d"])) / 2 for part in edges]
    assert max(points) < 1 << 15  # Qt takes no more
    for is_arrow in (False, True):
        drawn = [part.attrib["d"] for part in edges if ("stroke" not in part.attrib) is is_arrow]
        assert "".join(drawn).count("M") == len(fan.edges) == 2000


def test_a_column_that_failed_is_red_in_a_picture_and_so_is_its_card() -> None:
    table = Node("t", "t", status="SUCCEEDED")
    column = Node("x", "x", "column", part_of="t", field="x", status="FAILED")
    ends = dict[str, int]()
    for status in ("FAILED", "SUCCEEDED"):
        drawn = exported(LineageGraph([table, column._replace(status=status)], []), "svg").decode()
        ends[status] = drawn.count(Palette("light").color("status.failed"))
    assert ends["SUCCEEDED"] == 0
    assert ends["FAILED"] >= 3  # outline and mark of the card, mark of the row
