"""From what a person calls a source to its graph."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.config import Settings, resolve
from hamilton_ol.errors import DataflowError, GraphError, StoreMissingError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import with_run
from hamilton_ol.sources.dataflows import graph_of_run
from hamilton_ol.sources.executions import facts_of_run
from hamilton_ol.sources.files import check_here, check_path
from hamilton_ol.sources.histories import GitHistory
from hamilton_ol.store.location import find
from hamilton_ol.store.reader import StoreReader

LATEST = "run:latest"
STORE = "store"
LARGEST = 512 << 20  # bytes of a graph or a stamp
Progress = Callable[[int, int], None]
_NO_PROGRESS: Progress = lambda _done, _all: None  # noqa: E731
HINT = (
    "A source is a file or folder of Python, module:NAME, git:REVISION, run:ID, run:latest, store, "
    "stamp:FILE, events:FILE, marquez:URL#NAMESPACE, or a graph in a .json file."
)

GRAPH = "A graph is what `hamilton-ol export -o FILE.json` writes; events are events:FILE."


def load(
    *sources: str | Path,
    settings: Settings | None = None,
    progress: Progress = _NO_PROGRESS,
    executes: bool = True,
) -> LineageGraph:
    """The graph of a dataflow, wherever that is.

    >>> hamilton_ol.load("features.py", "model.py")
    >>> hamilton_ol.load("run:latest")
    >>> hamilton_ol.load("events:lineage.ndjson", "marquez:http://localhost:5000#shop")

    Python code is imported in a process of its own, never in this one; what cannot be imported is
    read from its text, as far as that says. Modules and files make one dataflow; other sources join
    on the datasets that they name alike.

    Args:
        sources: files and folders of Python, `module:pkg.mod`, `git:REVISION` (the project's
            modules, or those given, as they were), `run:ID`, `store` (the last good run of every
            job), `stamp:FILE`, `events:FILE` (OpenLineage events of any producer; a folder; `-`),
            `marquez:URL#NAMESPACE`, or a graph that was written as JSON. By default the project's
            `modules`, else its latest run.
        settings: by default as they are found.
        progress: called while a source is read, with what is done and what there is in all; what it
            raises ends the reading.
        executes: whether code may be imported at all; else only its text is read.

    Raises:
        DataflowError, GraphError: there is no such source, or it is no dataflow.
        RunNotFoundError, AmbiguousRunError: there is no such run, or there are several.
        StoreError: the store cannot be read.
        DeliveryError: the Marquez cannot be reached.
    """
    check_here()
    context = _Context(resolve({}) if settings is None else settings, progress, executes)
    graph = _loaded(sources, context)
    return graph if graph.history else graph.with_history(GitHistory(str(Path.cwd())))


def _loaded(sources: Sequence[str | Path], context: "_Context") -> LineageGraph:
    found = [_parsed(str(source)) for source in sources]
    code = [text for kind, text in found if kind == "module"]
    revisions = [text for kind, text in found if kind == "git"]
    others = [(kind, text) for kind, text in found if kind not in ("module", "git")]
    graphs = [(f"{kind}:{text}", _OTHERS[kind](text, context)) for kind, text in others]
    if revisions:
        graphs += [(f"git:{text}", _of_revision(text, code, context)) for text in revisions]
    elif code:
        graph = context.of_code(code, context.settings, Path.cwd())
        graphs.append((" ".join(code), graph.with_history(GitHistory(str(_home(code))))))
    if not graphs:
        return _of_project(context)
    if len(graphs) == 1:
        return graphs[0][1]
    from hamilton_ol.graph.joined import joined  # noqa: PLC0415 - few have several
    from hamilton_ol.graph.outside import with_datasets  # noqa: PLC0415

    here = GitHistory(str(Path.cwd()))
    told = ((text, graph if graph.history else graph.with_history(here)) for text, graph in graphs)
    return joined([(f"{text}:", with_datasets(graph)) for text, graph in told])


def _home(references: Sequence[str]) -> Path:
    """The folder of the first file or folder: its repository need not be the current one."""
    named = [text for text in references if not text.startswith("module:")]
    path = Path.cwd() / Path(named[0] if named else "").expanduser()
    return path if path.is_dir() else path.parent


class _Context(NamedTuple):
    """What all sources need."""

    settings: Settings
    progress: Progress
    executes: bool

    def of_code(self, references: Sequence[str], settings: Settings, folder: Path) -> LineageGraph:
        """The graph of modules: imported, else read from their text, marked so, with what failed."""
        from hamilton_ol.sources.files import check_there  # noqa: PLC0415 - a run needs none of it
        from hamilton_ol.sources.modules import graph_of_modules, unknown  # noqa: PLC0415
        from hamilton_ol.sources.syntax.finding import missing  # noqa: PLC0415

        try:
            if self.executes:
                return graph_of_modules(references, settings, folder)
        except DataflowError as error:
            graph = _of_texts(references, settings, folder)
            if not len(graph):
                raise
            return unknown(graph).altered(problems=(str(error), *graph.problems))
        check_there(references, folder)
        graph = _of_texts(references, settings, folder)
        lost = missing(references, folder)
        if lost and not len(graph):
            hint = "It is looked for here, and where this Python looks for what it imports."
            raise DataflowError(
                f"There is no text of the module {', '.join(map(repr, lost))}", hint=hint
            )
        return graph.with_problems(f"There is no text of the module {name!r}" for name in lost)


def _of_texts(references: Sequence[str], settings: Settings, folder: Path) -> LineageGraph:
    from hamilton_ol.sources.syntax.finding import sources_of  # noqa: PLC0415
    from hamilton_ol.sources.syntax.modules import graph_of_texts  # noqa: PLC0415

    return graph_of_texts(sources_of(references, folder), settings)


def _parsed(source: str) -> tuple[str, str]:
    """(kind, the rest) of a source."""
    if not source.strip():
        raise DataflowError("A source has no name", hint=HINT)
    scheme, sign, rest = source.partition(":")
    check_path(source if not sign or scheme == "module" else rest, source, HINT)
    if source == STORE:
        return STORE, source
    if sign and scheme in _OTHERS:
        return scheme, rest
    if sign and scheme == "git":
        return "git", rest
    if sign and scheme != "module" and len(scheme) > 1 and scheme.isalpha():
        if not Path(source).exists():
            raise DataflowError(f"There is no kind of source {scheme!r}", hint=HINT)
    elif source.endswith(".json"):
        return "graph", source
    return "module", source


# --- code ----------------------------------------------------------------------------------------


def _of_project(context: _Context) -> LineageGraph:
    references, folder = project_modules(context.settings)
    if references:
        return context.of_code(references, context.settings, folder)
    try:
        return _of_run("latest", context)
    except StoreMissingError as error:
        hint = "Say where the dataflow is, as --from flow.py, or under [tool.hamilton_ol] modules."
        raise StoreMissingError(str(error), hint=hint) from error


def project_modules(settings: Settings) -> tuple[list[str], Path]:
    """The project's modules, and where they are looked for."""
    origin = Path(settings.origins["modules"])
    folder = origin.parent if origin.is_file() else Path.cwd()
    return [_reference(module) for module in settings.modules], folder


def _reference(module: str) -> str:
    """In settings a name without a slash and `.py` is a module."""
    is_path = "/" in module or module.endswith(".py") or module.startswith("module:")
    return module if is_path else f"module:{module}"


def _of_revision(revision: str, references: Sequence[str], context: _Context) -> LineageGraph:
    from hamilton_ol.sources.revisions import graph_of_revision  # noqa: PLC0415

    folder = Path.cwd()
    if not references:
        references, folder = project_modules(context.settings)
    if not references:
        hint = "Name them: --from git:main --from flow.py, or under [tool.hamilton_ol] modules."
        raise DataflowError(f"Nothing says which modules of {revision!r} are meant", hint=hint)
    references, folder = _inside(references, folder)
    return graph_of_revision(revision, references, context.settings, folder, context.of_code)


def _inside(references: Sequence[str], folder: Path) -> tuple[list[str], Path]:
    """Whole paths as seen from the folder of the first, which may be in another repository."""
    paths = [Path(text).expanduser() for text in references if not text.startswith("module:")]
    if not (paths and paths[0].is_absolute()):
        return list(references), folder
    folder = next(place for place in (paths[0], *paths[0].parents) if place.is_dir())
    return [
        text if text.startswith("module:") else os.path.relpath(Path(text).expanduser(), folder)
        for text in references
    ], folder


# --- what is recorded, told or written -----------------------------------------------------------


def _reader(context: _Context) -> StoreReader:
    return StoreReader(find(context.settings.store), context.progress)


def _of_run(text: str, context: _Context) -> LineageGraph:
    run = _reader(context).run(text)
    return with_run(graph_of_run(run, context.settings), facts_of_run(run))


def _of_store(_text: str, context: _Context) -> LineageGraph:
    from hamilton_ol.sources.stores import graph_of_store  # noqa: PLC0415

    return graph_of_store(_reader(context), context.settings, context.progress)


def _of_stamp(text: str, context: _Context) -> LineageGraph:
    """The graph of the run that a stamp names: JSON, or `name=value` lines."""
    content = _content(text).decode("utf-8", "replace")
    try:
        facts = json.loads(content)
    except (ValueError, RecursionError):
        facts = dict(line.split("=", 1) for line in content.splitlines() if "=" in line)
    run_id = facts.get("hamilton_ol.run_id") if isinstance(facts, dict) else None
    if not isinstance(run_id, str) or not run_id:
        hint = "`hamilton-ol stamp` prints one, and hamilton_ol.stamp() returns one."
        raise DataflowError(f"{text} is no stamp: it names no hamilton_ol.run_id", hint=hint)
    return _of_run(run_id, context)


def _of_events(text: str, context: _Context) -> LineageGraph:
    from hamilton_ol.sources.eventfiles import read_events  # noqa: PLC0415
    from hamilton_ol.sources.eventgraph import graph_of_events  # noqa: PLC0415
    from hamilton_ol.sources.problems import Problems  # noqa: PLC0415

    problems = Problems()
    events = read_events([text], problems, context.progress)
    return graph_of_events(events, context.settings, problems, text)


def _of_marquez(text: str, context: _Context) -> LineageGraph:
    from hamilton_ol.sources.marquez import graph_of_marquez  # noqa: PLC0415

    url, _, namespace = text.partition("#")
    return graph_of_marquez(url, namespace, context.settings, context.progress)


def _of_file(text: str, _context: _Context) -> LineageGraph:
    try:
        found = json.loads(_content(text))
    except (ValueError, RecursionError) as error:
        raise GraphError(f"{text} is no JSON: {error}", hint=GRAPH) from error
    try:
        return LineageGraph.from_json(found)
    except GraphError as error:
        raise GraphError(f"{text} has no graph: {error}", hint=error.hint or GRAPH) from error


def _content(path: str) -> bytes:
    try:
        if Path(path).exists() and not Path(path).is_file():
            raise OSError("it is no file")  # noqa: TRY301 - a device may never end
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise DataflowError(
            f"{path} cannot be read: {error.strerror or error}", hint=HINT
        ) from error
    if len(content) > LARGEST:
        raise DataflowError(f"{path} has more than {LARGEST >> 20} MB", hint=HINT)
    return content


_OTHERS: Mapping[str, Callable[[str, _Context], LineageGraph]] = {
    "run": _of_run,
    STORE: _of_store,
    "stamp": _of_stamp,
    "events": _of_events,
    "marquez": _of_marquez,
    "graph": _of_file,
}
