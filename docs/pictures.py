"""Draws the pictures of the canvas: a dataflow through each lens, a company of 1,000 nodes, the sheet.

    python -m docs.pictures FOLDER [--only NAME ...]

Each is drawn in light and dark at twice its size.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage

from docs.scenenames import Names
from docs.sheet import draw_sheet
from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.kit import Kits
from explorer_app.canvas.legend import Entry, Legend
from explorer_app.canvas.overlay import OverlayState
from explorer_app.canvas.picture import draw_picture
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.cards import Tag
from hamilton_ol.graph.scene.looks import Letter, Looks
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import FILL, MARK, STATUS, TONE
from tests.support.scenes import GROUPS, OWNERS, Row, company, titanic

MARGINS = (30.0, 58.0, 30.0, 64.0)
KINDS = tuple(Entry("kind", k, k) for k in ("input", "source", "function", "artifact"))
RUN = {  # s
    "titanic_data": 0.412,
    "target": 0.002,
    "sex_encoder": 0.018,
    "cabin_encoder": 0.021,
    "embarked_encoder": 0.017,
    "cabin_t": 0.006,
    "ticket_t": 0.009,
    "family": 0.003,
    "sex_category": 0.011,
    "cabin_category": 0.014,
    "embarked_category": 0.012,
    "encoders": 0.001,
    "training_set_v1": 0.086,
    "train_test_split_func": 0.038,
    "prefit_random_forest": 0.001,
}


@dataclass
class Picture:
    """What is drawn."""

    scene: Scene
    looks: Looks
    trail: tuple[str, ...]
    legend: Legend
    height: int = 810
    margins: tuple[float, float, float, float] = MARGINS


def upstream(fonts: Fonts) -> Picture:
    """Everything that a model is made of."""
    scene = titanic(fonts)
    names, looks = Names(scene), scene.plain_looks()
    lit = names.reach(["fit_random_forest"], up=True)
    names.tone(looks, lit, "upstream")
    looks.active = names.node["fit_random_forest"]
    looks.tone[looks.active] = TONE["accent"]
    legend = (*KINDS, Entry("line", "upstream", "upstream"), Entry("line", "edge", "not involved"))
    return Picture(scene, looks, ("titanic", "upstream of fit_random_forest"), Legend(legend))


def path(fonts: Fonts) -> Picture:
    """How one column gets into the model."""
    scene = titanic(fonts)
    names, looks = Names(scene), scene.plain_looks()
    end = "fit_random_forest"
    names.tone(looks, names.reach(["age"], up=False) & names.reach([end], up=True), "path")
    looks.loud[:] = looks.tone > 0
    looks.active = names.node[end]
    table = names.node["titanic_data"]
    looks.dim[table] = False
    row = names.row["age"] - int(scene.cards.row_start[table])
    looks.letters = {table: Letter("A", row), looks.active: Letter("B")}
    legend = (*KINDS, Entry("line", "path", "on a path"), Entry("line", "edge", "not involved"))
    trail = ("titanic", "every path from age to fit_random_forest")
    return Picture(scene, looks, trail, Legend(legend))


def pii(fonts: Fonts) -> Picture:
    """Where personal data ends up."""
    extra: tuple[Row, ...] = (
        ("age_band", "function", "Series", "age"),
        ("survival_report", "saver", "csv", "age_band survived"),
    )
    stop = frozenset({"age_band"})
    plain = Names(titanic(extra=extra))
    reach = {name: plain.reach([name], up=False, stop=stop) for name in ("age", "sex")}
    tainted = reach["age"] | reach["sex"]
    tags = {
        name: tuple(Tag(column, "pii") for column in ("age", "sex") if name in reach[column])
        for name in plain.node
        if name in tainted and name != "train_test_split_func"
    }
    scene = titanic(fonts, extra, {**tags, "age_band": (Tag("anonymized", "path"),)})
    names, looks = Names(scene), scene.plain_looks()
    names.tone(looks, tainted, "pii")
    ends = tainted - {origin for origin, _ in names.pairs}
    for name in ends & set(names.node):
        node = names.node[name]
        looks.ends[node] = looks.loud[node] = True
        looks.fill[node] = FILL["pii_soft"]
    for name in ends & set(names.row):
        looks.row_ends[names.row[name]] = True
    band = names.node["age_band"]
    looks.barrier[band] = looks.loud[band] = True
    looks.tone[band] = TONE["barrier"]
    looks.dim[[band, names.node["titanic_data"], names.node["survival_report"]]] = False
    for number, (origin, target) in enumerate(names.edges):
        if origin in tainted and target in stop:
            looks.edge_tone[number], looks.edge_dim[number] = TONE["pii"], False
        elif origin in stop:
            looks.edge_dim[number] = False
    legend = (
        Entry("line", "pii", "carries personal data"),
        Entry("end", "", "ends here"),
        Entry("barrier", "", "barrier: made anonymous"),
        Entry("line", "edge", "free of it"),
    )
    return Picture(scene, looks, ("titanic", "Personal data", "tag:PII+"), Legend(legend))


def seconds(value: float) -> str:
    """A duration as it is written on a card."""
    return f"{value:.2f} s" if value >= 1 else f"{round(value * 1000)} ms"


def run(fonts: Fonts) -> Picture:
    """A run that failed, with its durations."""
    notes = {name: seconds(value) for name, value in RUN.items()}
    scene = titanic(fonts, notes=notes)
    names, looks = Names(scene), scene.plain_looks()
    looks.notes = tuple(notes.get(name, "") for name in scene.cards.names)
    slowest = max(RUN.values())
    for name, value in RUN.items():
        node = names.node[name]
        looks.status[node] = STATUS["ok"]
        looks.heat[node] = np.log(value / 0.0009) / np.log(slowest / 0.0009)
    failed, skipped = names.node["train_test_split_func"], names.node["fit_random_forest"]
    looks.heat[failed] = np.nan
    looks.status[failed], looks.tone[failed] = STATUS["failed"], TONE["status.failed"]
    looks.fill[failed], looks.loud[failed] = FILL["status.failed_soft"], True
    looks.status[skipped], looks.dim[skipped] = STATUS["skipped"], True
    looks.row_dim[scene.cards.row_card == failed] = True
    looks.edge_dim[(scene.edges.target == skipped) & (scene.edges.origin == failed)] = True
    legend = (
        Entry("heat", "", "412 ms", least="1 ms"),
        *(Entry("status", key, label) for key, label in (("ok", "finished"), ("failed", "failed"))),
        *(Entry("status", key, key) for key in ("skipped", "running")),
        Entry("status", "died", "died: the process went away"),
    )
    return Picture(scene, looks, ("titanic", "Run 12", "duration"), Legend(legend))


def diff(fonts: Fonts) -> Picture:
    """What changed between two versions."""
    extra: tuple[Row, ...] = (
        ("fare_log", "function", "Series", "fare"),
        ("age_band", "function", "Series", "age"),
        ("training_set_v1", "artifact", "DataFrame", "age_band fare_log"),
    )
    scene = titanic(fonts, extra)
    names, looks = Names(scene), scene.plain_looks()
    marks = {
        **dict.fromkeys(("fare_log", "age_band"), "added"),
        "ticket_t": "removed",
        **dict.fromkeys(("sex_encoder", "cabin_encoder", "embarked_encoder", "family"), "changed"),
        "training_set_v1": "rewired",
    }
    impact = names.reach([n for n in marks if n != "ticket_t"], up=False)
    for name, node in names.node.items():
        mark = marks.get(name)
        if mark:
            looks.mark[node], looks.tone[node] = MARK[mark], TONE[f"diff.{mark}"]
            looks.fill[node] = FILL[f"diff.{mark}_soft"]
        elif name in impact:
            looks.fill[node] = FILL["diff.impact"]
        else:
            looks.dim[node] = name != "titanic_data"
            looks.row_dim[scene.cards.row_card == node] = True
    gone = {("age", "training_set_v1"), ("fare", "training_set_v1"), ("ticket", "ticket_t")}
    new = {("age", "age_band"), ("fare", "fare_log")}
    new |= {("age_band", "training_set_v1"), ("fare_log", "training_set_v1")}
    for number, edge in enumerate(names.edges):
        if edge in gone or edge in new:
            looks.edge_tone[number] = TONE["diff.removed" if edge in gone else "diff.added"]
        else:
            looks.edge_dim[number] = edge[0] not in impact
    legend = (
        Entry("change", "added", "added"),
        Entry("change", "removed", "removed"),
        Entry("change", "changed", "code changed"),
        Entry("change", "rewired", "other arguments"),
        Entry("shade", "diff.impact", "downstream of a change"),
    )
    return Picture(scene, looks, ("titanic", "Changes", "changed:main..HEAD"), Legend(legend))


def thousand(fonts: Fonts) -> Picture:
    """A company: 1,000 nodes in 16 groups, and what one of them reads and is read by."""
    scene = company(fonts)
    looks = scene.plain_looks()
    owners = np.array([row[1] for row in GROUPS])
    looks.category = owners[scene.groups.of_node].astype(np.int16)
    focus = scene.groups.names.index("features.customer")
    origin, target = (
        scene.groups.of_node[ends] for ends in (scene.edges.origin, scene.edges.target)
    )
    looks.edge_tone[(target == focus) & (origin != focus)] = TONE["upstream"]
    looks.edge_tone[(origin == focus) & (target != focus)] = TONE["downstream"]
    entries = [Entry("category", str(number), name) for number, name in enumerate(OWNERS)]
    lines = (
        Entry("line", "upstream", "read by features.customer"),
        Entry("line", "downstream", "reads it"),
    )
    looks.group = focus
    trail = ("company", "16 groups", "features.customer and its neighbours")
    return Picture(scene, looks, trail, Legend((*entries, *lines), "Owner"), 900, (28, 56, 28, 56))


PICTURES: Mapping[str, Callable[[Fonts], Picture]] = {
    "upstream": upstream,
    "path": path,
    "pii": pii,
    "run": run,
    "diff": diff,
    "1000": thousand,
}


def draw(make: Callable[[Fonts], Picture], theme: Theme) -> QImage:
    """One picture."""
    picture = make(Fonts(theme))
    prepared = PreparedScene(picture.scene, theme)
    view = Viewport(1440, picture.height, ratio=2.0)
    view = view.fitted(picture.scene.bounds, picture.margins, 1.35)
    drawing = SceneDrawing(prepared, picture.looks, theme, Kits(theme))
    return draw_picture(drawing, view, OverlayState(trail=picture.trail, legend=picture.legend))


def main() -> None:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(description="Draw the pictures of the canvas.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[*PICTURES, "sheet"])
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication(sys.argv[:1])
    for name in asked.only:
        if name == "sheet":
            draw_sheet().save(str(asked.folder / "canvas-sheet.png"))
            continue
        for theme in (Theme("light"), Theme("dark")):
            draw(PICTURES[name], theme).save(str(asked.folder / f"canvas-{name}-{theme.name}.png"))
    application.quit()


if __name__ == "__main__":
    main()
