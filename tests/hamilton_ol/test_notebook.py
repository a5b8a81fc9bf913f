"""`%lineage`."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hamilton_ol
from hamilton_ol.demo.__main__ import build
from hamilton_ol.errors import HamiltonOLError, UnknownNodeError
from hamilton_ol.notebook import answer, load_ipython_extension
from tests.support.lineages import graph

FLOW = graph("a>b>c", b={"type": "Series", "owners": ("me",)})


class Shell:
    def __init__(self, **names: Any) -> None:
        self.user_ns, self.magics = names, dict[str, Any]()

    def register_magic_function(self, func: Any, magic_kind: str, magic_name: str) -> None:
        self.magics[magic_name] = func


def test_the_extension_adds_one_magic() -> None:
    shell = Shell(flow=FLOW)
    extension: Any = hamilton_ol.load_ipython_extension
    assert extension is load_ipython_extension
    extension(shell)
    assert set(shell.magics) == {"lineage"}
    assert set(shell.magics["lineage"]("+b").selection) == {"a", "b"}


def test_an_answer_is_a_picture_a_table_and_a_text() -> None:
    found = answer("+b", {"flow": FLOW})
    html = found._repr_html_()
    assert html.count("<svg ") == 1
    assert "2 of 3 nodes" in html
    assert "<td>b</td><td>function</td><td>Series</td><td></td><td>me</td><td>0</td>" in html
    assert repr(found) == "2 nodes: b, a"


def test_saved_questions_of_the_project_can_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = '[tool.hamilton_ol.questions]\nmine = "+b"\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert set(answer("$mine", {"flow": FLOW}).selection) == {"a", "b"}


def test_the_dataflow_is_the_only_one_there_or_the_one_that_is_named() -> None:
    other = graph("x>y")
    assert set(answer("", {"flow": FLOW, "also": FLOW, "_": other}).selection) == {"a", "b", "c"}
    assert set(answer("x+ --of other", {"flow": FLOW, "other": other}).selection) == {"x", "y"}
    with pytest.raises(HamiltonOLError, match="flow, other") as raised:
        answer("x+", {"flow": FLOW, "other": other})
    assert "--of" in raised.value.hint
    with pytest.raises(HamiltonOLError, match="'nobody'"):
        answer("x+ --of nobody", {"flow": FLOW})


def test_a_driver_and_its_graph_are_one_dataflow() -> None:
    dr = build()
    names = {"dr": dr, "flow": hamilton_ol.lineage(dr)}
    assert set(answer("+sex", names).selection) == {"sex", "titanic_data", "location", "index_col"}


def test_a_mistake_is_shown_where_it_is() -> None:
    from IPython.core.error import UsageError

    shell = Shell(flow=FLOW)
    load_ipython_extension(shell)
    with pytest.raises(UsageError, match=r"  \+nobody\n   \^{6}"):
        shell.magics["lineage"]("+nobody")
    with pytest.raises(UnknownNodeError):
        answer("+nobody", {"flow": FLOW})


def test_what_is_too_much_or_nothing_is_not_drawn() -> None:
    many = graph(*(f"n{n}>n{n + 1}" for n in range(400)))
    html = answer("*", {"many": many})._repr_html_()
    assert "<svg" not in html
    assert "401 nodes are not drawn" in html


@given(st.text(st.sampled_from("<>&\"'ab\0\x1b\u202e"), min_size=1, max_size=12))
def test_no_name_is_markup_in_a_cell(name: str) -> None:
    told = graph("a>b", b={"name": name, "type": name, "owners": (name,)})
    html = answer("*", {"told": told})._repr_html_()
    assert "\x1b" not in html
    assert not any(f"<{c}" in html for c in ("a>", "b", "<", '"', "'", "&"))
