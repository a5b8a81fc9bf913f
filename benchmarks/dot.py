"""Graphviz's `dot` draws the same cards with the same ports."""

import re
import resource
import shutil
import subprocess
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout import Sheet

INCH = 72.0


@dataclass(frozen=True)
class Drawing:
    """What dot drew.

    Attributes:
        curves: points of the edge's cubics, edge by edge as dot lists them.
        tails: (card, row) that each of them leaves.
        seconds: processor time.
    """

    curves: list[np.ndarray]
    tails: list[tuple[int, int]]
    seconds: float


def is_there() -> bool:
    """Whether dot is on this machine."""
    return shutil.which("dot") is not None


def drawn(sheet: Sheet) -> Drawing:
    """Lay a sheet out from left to right. Arguments keep their order: dot does not order ports."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        ["dot", "-Tplain-ext"], input=_text(sheet), capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    curves, tails = [], []
    for line in done.stdout.splitlines():
        words = line.split()
        if words[0] == "edge":
            card, row = (int(number) for number in re.findall(r"\d+", words[1]))
            numbers = np.array(words[4 : 4 + 2 * int(words[3])], float)
            curves.append(numbers.reshape(-1, 2) * INCH)
            tails.append((card, row))
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Drawing(curves, tails, seconds)


def _text(sheet: Sheet) -> str:
    edges, lines = sheet.edges, ["digraph {rankdir=LR nodesep=0.2 ranksep=0.6"]
    lines.append("node [shape=record fixedsize=true fontsize=1 margin=0] edge [arrowhead=none]")
    order = np.lexsort((edges.argument, edges.target))
    place = np.empty(len(edges), np.int64)
    counts = np.bincount(edges.target, minlength=len(sheet))
    place[order] = np.concatenate([np.arange(count) for count in counts])
    for card in range(len(sheet)):
        ins = "|".join(f"<a{number}>" for number in range(counts[card]))
        outs = "|".join(f"<r{number}>" for number in range(sheet.rows[card] + 1))
        height = max(sheet.height[card], 7.0 * counts[card] + 18) / INCH
        label = "{{" + ins + "}|x|{" + outs + "}}"
        width = sheet.width[card] / INCH
        lines.append(f'{card} [width={width:.4f} height={height:.4f} label="{label}"]')
    for edge in range(len(edges)):
        tail = f"{edges.source[edge]}:r{edges.row[edge] + 1}:e"
        lines.append(f"{tail} -> {edges.target[edge]}:a{place[edge]}:w")
    return "\n".join([*lines, "}"])
