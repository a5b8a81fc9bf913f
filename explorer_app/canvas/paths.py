"""Paths of SVG as paths of Qt."""

import re
from functools import lru_cache
from math import atan2, degrees, hypot, sqrt

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

_STEP = re.compile(r"([MLHVCAaZ])([^MLHVCAaZ]*)")
_NUMBER = re.compile(r"-?[\d.]+")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "a": 7, "Z": 1}


@lru_cache(maxsize=4096)
def path_of(text: str) -> QPainterPath:
    """The path that a text of `graph.scene` says; whoever changes it takes a copy."""
    path = QPainterPath()
    for letter, rest in _STEP.findall(text):
        found = [float(value) for value in _NUMBER.findall(rest)]
        for first in range(0, max(len(found), 1), _TAKES[letter]):
            _go(path, letter, found[first : first + _TAKES[letter]])
    return path


def _go(path: QPainterPath, letter: str, to: list[float]) -> None:
    now = path.currentPosition()
    match letter:
        case "M":
            path.moveTo(*to)
        case "L":
            path.lineTo(*to)
        case "H":
            path.lineTo(to[0], now.y())
        case "V":
            path.lineTo(now.x(), to[0])
        case "C":
            path.cubicTo(*to)
        case "A":
            _turn(path, to, to[5] - now.x(), to[6] - now.y())
        case "a":
            _turn(path, to, to[5], to[6])
        case _:
            path.closeSubpath()


def _turn(path: QPainterPath, arc: list[float], right: float, down: float) -> None:
    """A part of an ellipse with upright axes, to a point that lies beside.

    Where its middle is: https://www.w3.org/TR/SVG11/implnote.html#ArcConversionEndpointToCenter
    """
    wide, high, _, is_large, is_clockwise = arc[:5]
    x, y = right / wide / 2, down / high / 2  # half of the way, on a circle of radius 1
    half = hypot(x, y)
    rise = sqrt(max(1 - half * half, 0.0)) / half * (1 if is_large != is_clockwise else -1)
    middle_x, middle_y = x - rise * y, y + rise * x  # from the start
    begin = degrees(atan2(middle_y, -middle_x))
    end = degrees(atan2(middle_y - 2 * y, 2 * x - middle_x))
    sweep = (end - begin) % 360 - (360 if is_clockwise else 0)
    now = path.currentPosition()
    left, top = now.x() + (middle_x - 1) * wide, now.y() + (middle_y - 1) * high
    path.arcTo(QRectF(left, top, 2 * wide, 2 * high), begin, sweep)
