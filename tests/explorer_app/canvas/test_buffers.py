"""How memory is had for pictures, and for how long drawing keeps others waiting."""

import re
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from explorer_app.canvas.buffers import Buffer
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.screen import AT_ONCE
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas

SMAPS = Path("/proc/self/smaps")


def flags(address: int) -> list[str]:
    """What Linux says of the memory at an address (proc(5), VmFlags)."""
    is_there = False
    for line in SMAPS.read_text(encoding="ascii", errors="replace").splitlines():
        if found := re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line):
            is_there = int(found[1], 16) <= address < int(found[2], 16)
        elif is_there and line.startswith("VmFlags:"):
            return line.split()[1:]
    return []


@pytest.mark.skipif(not SMAPS.exists(), reason="only Linux tells of it")
def test_a_picture_has_small_pages_for_the_first_touch_of_a_huge_one_takes_long() -> None:
    def middle(pixels: np.ndarray) -> int:
        return int(pixels.ctypes.data) + pixels.nbytes // 2

    size, buffer = (2400, 1500), Buffer(2400, 1500)
    found = flags(middle(buffer.pixels))
    usual = np.empty(size, np.uint32)
    assert found
    assert "hg" not in found
    assert "hg" in flags(middle(usual)) or "nh" in found


def test_pictures_of_the_whole_take_turns_in_the_same_memory(canvas: Canvas) -> None:
    screen, found = canvas.screen_picture, list[object]()
    for _ in range(5):
        canvas.fit(fly=False)
        screen.finish()
        found.append(screen._overview)
    assert None not in found
    assert len(set(map(id, found))) == 2


def test_several_movements_in_one_turn_are_drawn_no_longer_than_one(
    prepared_titanic: PreparedScene, qtbot: QtBot
) -> None:
    ticks = count()
    canvas = Canvas(Theme("light"), clock=lambda: next(ticks) / 1000)
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.show()
    canvas.setScene(prepared_titanic)
    screen = canvas.screen_picture
    screen.finish()
    for _ in range(2):
        qtbot.waitUntil(lambda: screen.is_exact and not screen._turn.isActive())
        screen._last_cost = 0.0  # it was quick, and the next is drawn before it is shown
        began = next(ticks)
        for _ in range(3):
            canvas.pan(QPointF(-900, -700))
        assert AT_ONCE < (next(ticks) - began) / 1000 < 2 * AT_ONCE
