"""How often drawn curves cross, whatever drew them."""

from collections.abc import Sequence

import numpy as np

PIECES = 6  # lines that stand for a cubic


def crossings(curves: Sequence[np.ndarray], ports: Sequence[object]) -> int:
    """Crossings of what is drawn for different ports, each cubic taken as six lines.

    Curves of one port carry one value: where they run on top of each other there is one line.

    Args:
        curves: points of cubic Bezier curves, (1 + 3 k, 2) each.
        ports: by which port each curve leaves; those of one port carry one value.
    """
    numbers = {port: number for number, port in enumerate(dict.fromkeys(ports))}
    lines, owners = [], []
    for curve, port in zip(curves, ports, strict=True):
        points = _points(curve)
        lines.append(np.concatenate((points[:-1], points[1:]), 1))
        owners.append(np.full(len(points) - 1, numbers[port]))
    every, owner = _once(np.concatenate(lines), np.concatenate(owners))
    boxes = np.concatenate((every.reshape(-1, 2, 2).min(1), every.reshape(-1, 2, 2).max(1)), 1)
    order = np.argsort(boxes[:, 0])
    every, owner, boxes = every[order], owner[order], boxes[order]
    return sum(_later(at, every, owner, boxes) for at in range(len(every)))


def _once(lines: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each line of a port once."""
    keys = np.column_stack((owner, np.round(lines, 2)))
    one = np.unique(keys, axis=0, return_index=True)[1]
    return lines[one], owner[one]


def _later(at: int, every: np.ndarray, owner: np.ndarray, boxes: np.ndarray) -> int:
    """Crossings of a line with those that begin further to the right."""
    end = int(np.searchsorted(boxes[:, 0], boxes[at, 2], "right"))
    near, rest = boxes[at], slice(at + 1, end)
    meets = (boxes[rest, 1] <= near[3]) & (boxes[rest, 3] >= near[1]) & (owner[rest] != owner[at])
    others = every[rest][meets]
    one = np.broadcast_to(every[at], others.shape)
    apart = _side(one, others[:, :2]) * _side(one, others[:, 2:]) < 0
    return int((apart & (_side(others, one[:, :2]) * _side(others, one[:, 2:]) < 0)).sum())


def _points(curve: np.ndarray) -> np.ndarray:
    along = np.linspace(0, 1, PIECES + 1)[1:, None]
    back, found = 1 - along, [curve[:1]]
    for at in range(0, len(curve) - 1, 3):
        a, b, c, d = curve[at : at + 4]
        near = back**3 * a + 3 * back**2 * along * b
        found.append(near + 3 * back * along**2 * c + along**3 * d)
    return np.concatenate(found)


def _side(line: np.ndarray, point: np.ndarray) -> np.ndarray:
    run, rise = (line[:, 2:] - line[:, :2]).T
    found: np.ndarray = run * (point[:, 1] - line[:, 1]) - rise * (point[:, 0] - line[:, 0])
    return found
