"""A graph as the bytes of a file, in each format that there is."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hamilton_ol.config import environment
from hamilton_ol.errors import HamiltonOLError, MissingExtraError
from hamilton_ol.graph.scene.tokens import ThemeName

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph

FORMATS = ("svg", "png", "dot", "mermaid", "json", "csv", "html")
SUFFIXES = {f".{name}": name for name in FORMATS} | {
    ".gv": "dot",
    ".mmd": "mermaid",
    ".htm": "html",
}
LIMIT = 120.0  # seconds that drawing a PNG may take


def write(
    graph: "LineageGraph", file: str | Path, theme: ThemeName = "light", trail: Sequence[str] = ()
) -> None:
    """Write a graph to a file in the format that its name ends in: `write(graph, "model.svg")`.

    Args:
        graph: what is written.
        file: ends in one of `SUFFIXES`.
        theme: `light` or `dark`, for pictures.
        trail: what a picture shows, from the whole to the part.

    Raises:
        ValueError: the name says no format.
        MissingExtraError: the format needs something that was not installed.
        OSError: the file cannot be written.
    """
    path = Path(file)
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(f"{path.name!r} says no format: end it in {', '.join(SUFFIXES)}")
    path.write_bytes(exported(graph, SUFFIXES[path.suffix.lower()], theme, trail))


def exported(
    graph: "LineageGraph", form: str, theme: ThemeName = "light", trail: Sequence[str] = ()
) -> bytes:
    """A graph in a format.

    Args:
        graph: what is written.
        form: one of `FORMATS`.
        theme: `light` or `dark`, for pictures.
        trail: what a picture shows, from the whole to the part.

    Raises:
        MissingExtraError: the format needs something that was not installed.
    """
    if form == "png":
        return _png({"graph": graph.to_json(), "trail": list(trail), "theme": theme})
    from hamilton_ol.graph.export.dot import dot  # noqa: PLC0415 - loads numpy
    from hamilton_ol.graph.export.mermaid import mermaid  # noqa: PLC0415
    from hamilton_ol.graph.export.table import nodes_csv  # noqa: PLC0415

    write: dict[str, Callable[[], str]] = {
        "svg": lambda: _svg(graph, theme, trail) + "\n",
        "html": lambda: _html(graph, theme, trail),
        "dot": lambda: dot(graph, theme),
        "mermaid": lambda: mermaid(graph, theme),
        "json": lambda: json.dumps(graph.to_json(), indent=2) + "\n",
        "csv": lambda: nodes_csv(graph),
    }
    return write[form]().encode()


def _svg(graph: "LineageGraph", theme: ThemeName, trail: Sequence[str]) -> str:
    from hamilton_ol.graph.export.picture import picture_of  # noqa: PLC0415 - loads scipy
    from hamilton_ol.graph.export.svg import svg  # noqa: PLC0415
    from hamilton_ol.graph.scene.estimates import Estimates  # noqa: PLC0415

    return svg(picture_of(graph, Estimates(), trail), theme)


def _html(graph: "LineageGraph", theme: ThemeName, trail: Sequence[str]) -> str:
    from hamilton_ol.graph.export.markup import SEPARATOR  # noqa: PLC0415
    from hamilton_ol.graph.export.page import page  # noqa: PLC0415

    return page(_svg(graph, theme, trail), f" {SEPARATOR} ".join(trail), theme)


def _png(asked: dict[str, Any]) -> bytes:
    """Drawn by the explorer, in a process of its own."""
    if find_spec("PySide6") is None:
        raise MissingExtraError(
            "A PNG is drawn by the explorer, which is not installed",
            hint='pip install "hamilton-ol[explorer]", or write an SVG',
        )
    with tempfile.TemporaryDirectory(prefix="hamilton-ol-") as folder:
        file = Path(folder) / "picture.png"
        done = _explorer(file, json.dumps(asked))
        if done.returncode or not file.is_file():
            said = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
            raise MissingExtraError(
                f"The explorer could not draw the picture: {said[0]}",
                hint="Are the system libraries of Qt installed? An SVG needs none of them.",
            )
        return file.read_bytes()


def _explorer(file: Path, asked: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            [sys.executable, "-m", "explorer_app.png", str(file)],
            input=asked,
            text=True,
            capture_output=True,
            env=dict(environment()) | {"QT_QPA_PLATFORM": "offscreen"},
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise HamiltonOLError(
            f"The picture was not drawn within {LIMIT:g} seconds",
            hint="Select a part of the dataflow, or write an SVG.",
        ) from error
