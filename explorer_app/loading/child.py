"""The process that reads sources, or arranges cards: `python -m explorer_app.loading.child WHAT`.

It answers any message; what it is for says what is loaded before the first one comes. Messages come
in on standard input and go out on standard output; what a library prints goes to standard error.
"""

import os
import pickle
import signal
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from explorer_app.loading.frames import framed, read
from explorer_app.loading.gitlog import changes_of
from explorer_app.loading.lastruns import last_run, recorded
from explorer_app.loading.messages import (
    Arrange,
    Arranged,
    Changes,
    Draft,
    Failed,
    FindKeyring,
    FindReferences,
    ForgetToken,
    ListRuns,
    Load,
    Progress,
    ReadChanges,
    ReadRuns,
    References,
    Runs,
    TokenTaken,
    Watched,
)
from explorer_app.loading.tokens import forget_token, kept_in, keyring_for, with_tokens
from explorer_app.loading.watched import watched
from hamilton_ol.config import resolve
from hamilton_ol.errors import DataflowError, HamiltonOLError, StoreError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.pipeline import open_store
from hamilton_ol.sources.references import references

MOST_RUNS = 200
NOT_LOADED = " could not be loaded"  # as those say who import
AGAIN = "What is shown is from before. It is read again when a file is saved, or with F5."
PAUSE = 0.05  # seconds between two notes of progress
#: {what a process is for: what takes long to load for that}
LOADED = {"reading": "hamilton_ol.sources.loading", "arranging": "hamilton_ol.graph.layout"}


class Worker:
    """Answers messages.

    Args:
        source: where they come from.
        sink: where answers go.
        clock: seconds.
    """

    def __init__(
        self, source: BinaryIO, sink: BinaryIO, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._source, self._sink, self._clock = source, sink, clock
        self._told = float("-inf")

    def run(self) -> None:
        """Answer until whoever asks is gone."""
        while True:
            try:
                message = read(self._source)
            except EOFError:
                return
            self._answer(message)

    def _answer(self, message: object) -> None:
        try:
            self._do(message)
        except HamiltonOLError as error:
            is_again = isinstance(message, Load) and message.before is not None
            self._tell(Failed(str(error), f"{error.hint} {AGAIN}" if is_again else error.hint))
        except Exception as error:
            self._tell(Failed(f"{type(error).__name__}: {error}", "This should not have happened."))

    def _do(self, message: object) -> None:
        match message:
            case Load():
                self._tell(self._load(message))
            case ListRuns():
                self._tell(_runs(message))
            case ReadChanges():
                self._tell(Changes(changes_of(message.nodes)))
            case FindKeyring():
                self._tell(keyring_for(message.address))
            case ForgetToken():
                forget_token(message.address)
                self._tell(keyring_for(message.address))
            case FindReferences():
                self._tell(_references(message))
            case ReadRuns():
                self._tell(recorded(message))
            case Arrange():
                self._tell(Progress("Arranging", 0, len(message.cards)))
                self._tell(arranged(message))

    def _load(self, asked: Load) -> LineageGraph:
        self._tell(Progress("Reading"))
        from hamilton_ol.sources.loading import load  # noqa: PLC0415 - who arranges needs it not

        settings = resolve({"store": asked.store} if asked.store else {})
        self._tell(Watched(watched(asked.sources, settings)))
        if asked.executes and asked.drafts:
            with suppress(HamiltonOLError):  # the import says more
                draft = load(*asked.sources, settings=settings, executes=False)
                self._tell(last_run(draft, asked))
                self._tell(Draft(draft))
            self._tell(Progress("Importing"))
        settings = with_tokens(settings, asked)
        graph = load(
            *asked.sources,
            settings=settings,
            progress=self._progress,
            executes=asked.executes,
        )
        if asked.before is not None and asked.executes:
            _refuse_worse(graph.problems, asked.before)
        if asked.token:
            self._tell(TokenTaken(kept_in(asked)))
        self._tell(last_run(graph, asked, settings))
        return graph

    def _progress(self, done: int, total: int) -> None:
        now = self._clock()
        if now - self._told >= PAUSE:
            self._told = now
            self._tell(Progress("Reading", done, total))

    def _tell(self, message: object) -> None:
        self._sink.write(framed(message))
        self._sink.flush()


def arranged(asked: Arrange) -> Arranged:
    """The answer to a question for places."""
    from hamilton_ol.graph.scene.arrangement import laid_out, places_of  # noqa: PLC0415 - scipy

    before = pickle.loads(zlib.decompress(asked.memory)) if asked.memory else None  # noqa: S301 - as it was told
    layout = laid_out(asked.cards, asked.links, asked.sizes, asked.grouping, memory=before)
    memory = zlib.compress(pickle.dumps(layout.memory, pickle.HIGHEST_PROTOCOL), 1)
    return Arranged(places_of(layout), memory)


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


def _runs(asked: ListRuns) -> Runs:
    try:
        reader = open_store(Path(asked.store) if asked.store else resolve({}).store)
        return Runs(tuple(reader.runs()[:MOST_RUNS]))
    except StoreError:
        return Runs(())


def _references(asked: FindReferences) -> References:
    path = Path(asked.path).expanduser()
    return References(asked.path, tuple(references(path if path.is_dir() else path.parent)))


def main() -> None:
    """Answer on the standard streams until standard input ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started ends too
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for purpose in sys.argv[1:]:
        import_module(LOADED[purpose])
    Worker(sys.stdin.buffer, sink).run()


if __name__ == "__main__":
    main()
