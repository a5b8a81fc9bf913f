"""From what a person calls a source to its graph."""

import json
from collections.abc import Callable
from pathlib import Path

from hamilton_ol.config import Settings, resolve
from hamilton_ol.errors import DataflowError, GraphError, StoreMissingError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.dataflows import graph_of_run
from hamilton_ol.sources.modules import graph_of_modules
from hamilton_ol.store.location import find
from hamilton_ol.store.reader import StoreReader

LATEST = "run:latest"
_NO_PROGRESS: Callable[[int, int], None] = lambda _done, _all: None  # noqa: E731
HINT = (
    "A source is a file or folder of Python, module:NAME, run:ID, run:latest, or a graph in a "
    ".json file."
)


def load(
    *sources: str | Path,
    settings: Settings | None = None,
    progress: Callable[[int, int], None] = _NO_PROGRESS,
) -> LineageGraph:
    """The graph of a dataflow, wherever that is.

    >>> hamilton_ol.load("features.py", "model.py")
    >>> hamilton_ol.load("run:latest")

    Python code is imported in a process of its own, never in this one.

    Args:
        sources: files and folders of Python, `module:pkg.mod`, `run:ID`, or a graph that was
            written as JSON; several modules and files make one dataflow. By default the project's
            `modules`, else its latest run.
        settings: by default as they are found.
        progress: called while the store is read, with bytes done and bytes in all.

    Raises:
        DataflowError, GraphError: there is no such source, or it is no dataflow.
        RunNotFoundError, AmbiguousRunError: there is no such run, or there are several.
        StoreError: the store cannot be read.
    """
    known = resolve({}) if settings is None else settings
    found = [str(source) for source in sources]
    if not found:
        return _of_project(known, progress)
    others = [source for source in found if _kind(source) != "module"]
    if not others:
        return graph_of_modules(found, known)
    if len(found) > 1:
        raise DataflowError("Only modules and files can be loaded together", hint=HINT)
    return _of_run(found[0], known, progress) if _kind(found[0]) == "run" else _of_file(found[0])


def _kind(source: str) -> str:
    scheme, sign, _ = source.partition(":")
    if sign and scheme in {"run", "module"}:
        return scheme
    if sign and len(scheme) > 1 and scheme.isalpha() and not Path(source).exists():
        raise DataflowError(f"There is no kind of source {scheme!r}", hint=HINT)
    return "graph" if source.endswith(".json") else "module"


def _of_project(settings: Settings, progress: Callable[[int, int], None]) -> LineageGraph:
    if not settings.modules:
        try:
            return _of_run(LATEST, settings, progress)
        except StoreMissingError as error:
            hint = (
                "Say where the dataflow is, as --from flow.py, or under [tool.hamilton_ol] modules."
            )
            raise StoreMissingError(str(error), hint=hint) from error
    origin = Path(settings.origins["modules"])
    folder = origin.parent if origin.is_file() else Path.cwd()
    return graph_of_modules([*map(_reference, settings.modules)], settings, folder)


def _reference(module: str) -> str:
    """In settings a name without a slash and `.py` is a module."""
    is_path = "/" in module or module.endswith(".py") or module.startswith("module:")
    return module if is_path else f"module:{module}"


def _of_run(source: str, settings: Settings, progress: Callable[[int, int], None]) -> LineageGraph:
    reader = StoreReader(find(settings.store), progress)
    return graph_of_run(reader.run(source.removeprefix("run:")), settings)


def _of_file(source: str) -> LineageGraph:
    try:
        found = json.loads(Path(source).read_bytes())
    except OSError as error:
        raise DataflowError(f"{source} cannot be read: {error.strerror}", hint=HINT) from error
    except (ValueError, RecursionError) as error:
        raise GraphError(f"{source} is no JSON: {error}") from error
    return LineageGraph.from_json(found)
