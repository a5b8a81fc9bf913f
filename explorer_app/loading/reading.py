"""From what is asked to a graph: first, where that is wanted, as the text of the code says."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from explorer_app.loading.frames import framed
from explorer_app.loading.lastruns import last_run, read_with_run
from explorer_app.loading.messages import (
    Draft,
    Foresee,
    Load,
    Progress,
    Recorded,
    Watched,
)
from explorer_app.loading.tokens import with_tokens
from explorer_app.loading.watched import imported_by, watched
from hamilton_ol.config import Settings, resolve
from hamilton_ol.errors import DataflowError, HamiltonOLError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.files import check_here
from hamilton_ol.sources.loading import load
from hamilton_ol.sources.syntax import finding  # noqa: F401 - loaded before it is needed

NOT_LOADED = " could not be loaded"  # as those say who import


class Text(NamedTuple):
    """What the text of code says.

    Attributes:
        watched: the files, as they were before they were read.
        draft: a `Draft`, None where it says nothing.
        run: the last run of it.
        message: the draft as it is told, where there was time to make that.
    """

    watched: Watched
    draft: Draft | None = None
    run: Recorded = Recorded(())
    message: bytes = b""


class Reading:
    """Reads sources; what is foreseen is read before it is asked for."""

    def __init__(self) -> None:
        self._foreseen: dict[Foresee, Text] = {}

    def foresee(self, asked: Foresee) -> None:
        """Read the text already; what goes wrong is told to who asks for the graph."""
        with suppress(Exception):
            text = _text_of(asked, drafts=True)
            self._foreseen[asked] = text._replace(message=framed(text.draft))

    def graph_of(
        self,
        asked: Load,
        tell: Callable[[object], None],
        progress: Callable[[int, int], None],
    ) -> LineageGraph:
        """The graph of sources.

        Args:
            asked: says which.
            tell: takes what is known before the graph, and beside it, each as a message or bytes.
            progress: as of `load`.

        Raises:
            HamiltonOLError: as of `load`; or code cannot be imported that could be before.
        """
        check_here()
        tell(Progress("Reading"))
        drafts, key = asked.executes and asked.drafts, Foresee(asked.sources, asked.store)
        text = self._foreseen.pop(key, None) or _text_of(key, drafts=drafts)
        tell(text.watched)
        if text.draft is not None and not asked.executes:
            tell(text.run)
            return text.draft.graph
        if drafts:
            if text.draft is not None:
                tell(text.run)
                tell(text.message or text.draft)
            tell(Progress("Importing"))
        return _exact(asked, tell, progress)

    def imported(self, asked: Load, began: int) -> Watched:
        """The files that modules import, of a graph that was told; see `imported_by`."""
        return Watched(imported_by(asked.sources, _settings(asked.store), began), is_rest=True)


def _text_of(asked: Foresee, *, drafts: bool) -> Text:
    settings = _settings(asked.store)
    files = Watched(watched(asked.sources, settings))
    if drafts:
        with suppress(HamiltonOLError):  # who asks for the graph is told
            graph = load(*asked.sources, settings=settings, executes=False)
            if len(graph):
                return Text(files, Draft(graph), last_run(graph, asked))
    return Text(files)


def _exact(
    asked: Load, tell: Callable[[object], None], progress: Callable[[int, int], None]
) -> LineageGraph:
    settings = with_tokens(_settings(asked.store), asked)
    graph, run = read_with_run(asked, settings, progress)
    if asked.before is not None and asked.executes:
        _refuse_worse(graph.problems, asked.before)
    tell(run)
    return graph


def _settings(store: str) -> Settings:
    return resolve({"store": store} if store else {})


def _refuse_worse(problems: Sequence[str], before: Sequence[str]) -> None:
    """What is shown is better than a graph without what cannot be imported any more.

    Raises:
        DataflowError: a module could be imported before.
    """
    known = {_module_of(problem) for problem in before}
    for problem in problems:
        if NOT_LOADED in problem and _module_of(problem) not in known:
            raise DataflowError(problem, hint="Mend it, or undo the change.")


def _module_of(problem: str) -> str:
    return problem.partition(NOT_LOADED)[0]
