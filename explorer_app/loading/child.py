"""The process that reads sources, or arranges cards: `python -m explorer_app.loading.child WHAT`.

It answers any message; what it is for says what is loaded before the first one comes. Messages come
in on standard input and go out on standard output; what a library prints goes to standard error.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from explorer_app.loading.frames import framed, read
from explorer_app.loading.messages import Arrange, Failed, Foresee, Load, Progress, TokenTaken
from hamilton_ol.errors import HamiltonOLError

if TYPE_CHECKING:
    from explorer_app.loading.reading import Reading

AGAIN = "What is shown is from before. It is read again {}."
PAUSE = 0.05  # seconds between two notes of progress
#: {what a process is for: what takes long to load for that}
LOADED = {"reading": "explorer_app.loading.reading", "arranging": "explorer_app.loading.arranging"}


class Worker:
    """Answers messages.

    Args:
        source: where they come from.
        sink: where answers go.
        clock: seconds.
        now: ns since the epoch.
    """

    def __init__(
        self,
        source: BinaryIO,
        sink: BinaryIO,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], int] = time.time_ns,
    ) -> None:
        self._source, self._sink, self._clock, self._now = source, sink, clock, now
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
            self._tell(Failed(str(error), " ".join(filter(None, (error.hint, _again(message))))))
        except Exception as error:
            self._tell(Failed.of(error))

    def _do(self, message: Any) -> None:
        """Answer; what one kind of answer needs is loaded for no other."""
        if isinstance(message, Foresee):
            self._reading.foresee(message)
        elif isinstance(message, Load):
            began = self._now()
            self._tell(self._reading.graph_of(message, self._tell, self._progress))
            rest = self._reading.imported(message, began)  # when all is on its way
            if rest.files:
                self._tell(rest)
            if message.token:  # last: a keyring may ask a person, who may be elsewhere
                from explorer_app.loading.tokens import kept_in  # noqa: PLC0415

                self._tell(TokenTaken(kept_in(message)))
        elif isinstance(message, Arrange):
            from explorer_app.loading.arranging import arranged  # noqa: PLC0415

            self._tell(Progress("Arranging", 0, len(message.cards)))
            self._tell(arranged(message))
        else:
            from explorer_app.loading.lookups import answer_to  # noqa: PLC0415

            self._tell(answer_to(message))

    @cached_property
    def _reading(self) -> "Reading":
        from explorer_app.loading.reading import Reading  # noqa: PLC0415

        return Reading()

    def _progress(self, done: int, total: int) -> None:
        now = self._clock()
        if now - self._told >= PAUSE:
            self._told = now
            self._tell(Progress("Reading", done, total))

    def _tell(self, message: object) -> None:
        self._sink.write(message if isinstance(message, bytes) else framed(message))
        self._sink.flush()


def _again(message: object) -> str:
    """What a failure leaves, where something was to be read again."""
    if not isinstance(message, Load) or message.before is None:
        return ""
    has_files = any(not source.startswith(("marquez:", "run:")) for source in message.sources)
    return AGAIN.format("when a file is saved, or with F5" if has_files else "with F5")


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
