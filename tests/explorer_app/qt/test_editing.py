"""Nothing outside is opened but by a person, and never what they did not see."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from explorer_app.qt.addressrow import AddressRow
from explorer_app.qt.editing import Editing
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import Settings
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from tests.explorer_app.qt.conftest import show

WIKI = "https://wiki.example/" + "a" * 120


@pytest.fixture
def opened(started: Explorer, settings: Settings, tmp_path: Path) -> tuple[Editing, list[object]]:
    """What opens things outside, which only notes it."""
    file = tmp_path / "flow.py"
    file.write_text("def a(): ...\n", encoding="utf-8")
    tags = {"info": WIKI, "owner": "me"}
    show(started, LineageGraph([Node("a", "a", file=str(file), line=7, tags=tags)], []), ("x.py",))
    assert started.session is not None
    started.session.select([0])
    found: list[object] = []

    def start(program: str, words: list[str]) -> bool:
        found.append((program, *words))
        return program != "gone"

    def browse(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    editing = started.editing = Editing(started.window, settings, start, browse)
    return editing, found


def test_the_source_is_opened_at_its_line(
    started: Explorer, opened: tuple[Editing, list[object]], settings: Settings, tmp_path: Path
) -> None:
    settings.editor = "code"
    started.actions["editor"].trigger()
    assert opened[1] == [("code", "--goto", f"{tmp_path / 'flow.py'}:7")]


def test_that_a_file_is_gone_is_told(
    started: Explorer, opened: tuple[Editing, list[object]], settings: Settings, tmp_path: Path
) -> None:
    settings.editor = "code"
    (tmp_path / "flow.py").unlink()
    started.actions["editor"].trigger()
    assert opened[1] == []
    assert started.window.statusBar().currentMessage() == "There is no file of it here."


def test_a_file_is_found_from_what_was_opened(
    started: Explorer, opened: tuple[Editing, list[object]], settings: Settings, tmp_path: Path
) -> None:
    settings.editor = "code"
    show(started, LineageGraph([Node("a", "a", file="flow.py", line=7)], []), (str(tmp_path),))
    assert started.session is not None
    started.session.select([0])
    started.actions["editor"].trigger()
    assert opened[1] == [("code", "--goto", f"{tmp_path / 'flow.py'}:7")]


def test_an_editor_that_is_not_there_is_told(
    started: Explorer, opened: tuple[Editing, list[object]], settings: Settings
) -> None:
    settings.editor = "gone"
    started.actions["editor"].trigger()
    assert "gone could not be started" in started.window.statusBar().currentMessage()
    settings.editor = "it's"
    started.actions["editor"].trigger()
    assert "quotation" in started.window.statusBar().currentMessage()


def test_an_address_is_shown_in_full_and_opened_by_the_second_click_only(
    qtbot: QtBot, started: Explorer, opened: tuple[Editing, list[object]]
) -> None:
    (row,) = started.window.inspector.findChildren(AddressRow)
    assert row.accessibleName() == WIKI
    assert row.height() > 40  # several lines: nothing of it is left out
    started.window.inspector.addressChosen.disconnect()
    started.window.inspector.addressChosen.connect(opened[0].offer)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert opened[1] == []
    assert WIKI in started.window.notice.text.text()
    started.window.notice.choices[0].click()
    assert opened[1] == [WIKI]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:x()", "no address", "ssh://a"]
)
def test_what_is_no_address_of_a_page_cannot_be_opened(
    started: Explorer, opened: tuple[Editing, list[object]], address: str
) -> None:
    opened[0].offer(address)
    assert [button.text() for button in started.window.notice.choices] == ["Close"]
    assert opened[1] == []


def test_letters_that_look_like_others_are_spelled_out(
    started: Explorer, opened: tuple[Editing, list[object]]
) -> None:
    opened[0].offer("https://ex\u0430mple.com/x")
    assert "xn--" in started.window.notice.text.text()
