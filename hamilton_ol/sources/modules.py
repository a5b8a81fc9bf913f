"""The graph of modules and files, which are imported in a process of their own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hamilton_ol.config import Settings, environment
from hamilton_ol.errors import DataflowError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.records import GraphRecord
from hamilton_ol.sources.dataflows import graph_of_record
from hamilton_ol.sources.extensions import dispensable, is_missed
from hamilton_ol.sources.files import check_there, module_at, modules_in
from hamilton_ol.sources.offspring import VARIABLE, end_marked
from hamilton_ol.store.codec import decode

LIMIT = 60.0  # seconds that the import of a dataflow may take
LARGEST = 1 << 28  # bytes of what a child may tell
OUTSIDE = frozenset({"input", "config"})  # kinds of nodes that no module makes
_PROGRAM = "hamilton_ol.sources.importing"
# No window is opened, and nothing is asked of a person.
_QUIET = {"MPLBACKEND": "Agg", "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
# A script of a folder may execute dataflows when it is imported: that is no run of theirs.
_UNRECORDED = {"HAMILTON_OL_DISABLED": "1"}
_DISPLAYS = frozenset({"DISPLAY", "WAYLAND_DISPLAY"})


def graph_of_modules(
    references: Sequence[str],
    settings: Settings,
    folder: Path | None = None,
    *,
    limit: float = LIMIT,
) -> LineageGraph:
    """The graph of the dataflow that modules make together.

    Args:
        references: `module:pkg.mod`, or paths of files and folders.
        settings: with the config of the dataflow, and what sources are called.
        folder: where paths begin and modules are looked for; by default the current folder.
        limit: seconds that the import may take.

    Raises:
        DataflowError: they are not there, cannot be imported in time, or make no dataflow.
    """
    folder = (folder or Path.cwd()).absolute()
    asked = _request(references, folder) | {"config": dict(settings.config), "limit": limit}
    left_out = dispensable(references, folder)
    told = _told_by_child(asked | {"left_out": left_out}, limit)
    if left_out and is_missed(told):
        told = _told_by_child(asked, limit)
    shown = ", ".join(references)
    if "error" in told:
        raise DataflowError(
            f"The dataflow of {shown} could not be loaded: {told['error']}",
            hint="It was imported by this Python, in a process of its own; what it prints is not "
            "shown. Is everything installed that it imports?",
        )
    try:
        record = decode(GraphRecord, told["record"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataflowError(f"The process that imported {shown} told no dataflow") from error
    name = settings.job_name or record.modules[-1]
    graph = graph_of_record(record, settings, name).with_problems(told.get("problems", ()))
    lost = frozenset(told.get("lost", ()))
    return _with_lost(graph, lost, references, settings, folder) if lost else graph


def _with_lost(
    graph: LineageGraph,
    lost: frozenset[str],
    references: Sequence[str],
    settings: Settings,
    folder: Path,
) -> LineageGraph:
    """With what the text says of modules that could not be imported: their nodes are `unknown`."""
    from hamilton_ol.sources.syntax.finding import sources_of  # noqa: PLC0415 - seldom
    from hamilton_ol.sources.syntax.modules import graph_of_texts  # noqa: PLC0415

    sources = [source for source in sources_of(references, folder) if source.name in lost]
    text = graph_of_texts(sources, settings)
    made = {node.id for node in text.nodes if node.kind not in OUTSIDE}
    kept = [node for node in graph.nodes if node.kind not in OUTSIDE or node.id not in made]
    known = {node.id for node in kept}
    more = [node for node in text.nodes if node.id not in known]
    ends = {node.id for node in more}
    edges = [edge for edge in text.edges if edge.target in ends]
    return graph.altered(
        nodes=[*kept, *map(_unknown, more)],
        edges=[*graph.edges, *edges],
        texts={**text.texts, **graph.texts},
    )


def unknown(graph: LineageGraph) -> LineageGraph:
    """The graph of what could not be imported: all that its modules make is `unknown`."""
    return graph.altered(nodes=[*map(_unknown, graph.nodes)])


def _unknown(node: Node) -> Node:
    return node if node.kind in OUTSIDE else node._replace(kind="unknown")


def _request(references: Sequence[str], folder: Path) -> dict[str, Any]:
    """What is to be imported, and from where."""
    check_there(references, folder)
    named = [r.removeprefix("module:") for r in references if r.startswith("module:")]
    needed, optional = [], []
    for reference in references:
        path = folder / Path(reference).expanduser()
        if reference.startswith("module:"):
            continue
        if path.is_dir():
            optional += [*modules_in(path)]
        else:
            needed.append(module_at(path))
    if not (named or needed or optional):
        raise DataflowError(
            f"There is no module in {', '.join(references)}",
            hint="A module is a file that ends in .py; tests and hidden folders are left out.",
        )
    folders = dict.fromkeys([*(str(f) for f, _ in (*needed, *optional)), str(folder)])
    return {
        "modules": [*named, *(name for _, name in needed)],
        "optional": [name for _, name in optional],
        "folders": list(folders),
    }


def _told_by_child(asked: Mapping[str, Any], limit: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="hamilton-ol-", ignore_cleanup_errors=True) as folder:
        request, result = Path(folder) / "request.json", Path(folder) / "result.json"
        request.write_text(json.dumps(asked), encoding="utf-8")
        try:
            words = [sys.executable, "-m", _PROGRAM, str(request), str(result)]
            code = _run(words, limit, mark=folder)
        except subprocess.TimeoutExpired:
            return {"error": f"its import took longer than {limit:g} seconds"}
        try:
            if result.stat().st_size > LARGEST:
                return {"error": f"it has more than {LARGEST:,} bytes"}
            told: dict[str, Any] = json.loads(result.read_bytes())
        except (OSError, ValueError):
            return {"error": f"the process that imported it ended with exit code {code}"}
    return told


def _run(words: list[str], limit: float, mark: str) -> int:
    """Run a child that says nothing; whatever it started ends with it."""
    environ = {k: v for k, v in environment().items() if k not in _DISPLAYS}
    environ |= _QUIET | _UNRECORDED
    environ[VARIABLE] = mark
    nowhere = subprocess.DEVNULL
    with (
        subprocess.Popen(
            words,
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            env=environ,
            start_new_session=True,
        ) as child,
        _ended(child, mark),
    ):
        return child.wait(limit)


@contextlib.contextmanager
def _ended(child: "subprocess.Popen[bytes]", mark: str) -> Iterator[None]:
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL) if hasattr(os, "killpg") else child.kill()
        end_marked(mark)
