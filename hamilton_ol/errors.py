"""What can go wrong, each with a hint for the person who sees it.

HamiltonOLError
|-- SettingError             a setting, or an argument of the hook, has a value that means nothing
|-- RunNotFoundError         no recorded run is called so
|-- AmbiguousRunError        several recorded runs begin so
|-- MissingExtraError        a part of the package that was not installed
|-- DataflowError            a dataflow could not be loaded
|-- GraphError               what was given as a graph is none
|-- QueryError               a question cannot be understood
|   |-- UnknownNodeError         it names a node that is not there
|   |-- UnknownRevisionError     it, or a source, names a revision that is not there
|   `-- AmbiguousNodeError       it names several nodes where one is meant
|-- LayoutError              what is to be laid out does not fit together
|-- LayoutCancelledError     a layout was not wanted any more
|-- StoreError               the store is
|   |-- StoreMissingError        not there
|   |-- StoreUnreadableError     not readable
|   `-- StoreTooNewError         written by a newer version
`-- DeliveryError            a target
    |-- UnreachableError         did not answer
    |   `-- NotAskedError            was not asked, or not waited for, by this process
    |-- RefusedError             answered, but did not accept an event
    `-- NewerRunError            has got a newer run than the one that was to be sent again
"""

from collections.abc import Sequence
from typing import Any


class HamiltonOLError(Exception):
    """Base of every error that this package raises on purpose.

    Attributes:
        hint: one sentence with the way out, or an empty string.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """How an error goes to another process: with all that it knows, whatever its class takes."""
        return _restored, (type(self), self.args, vars(self))


def _restored(kind: type[HamiltonOLError], args: tuple[Any, ...], known: dict[str, Any]) -> Any:
    error = kind.__new__(kind, *args)
    error.args = args
    vars(error).update(known)
    return error


class SettingError(HamiltonOLError, ValueError):
    """A setting or an argument has a value that means nothing."""


class RunNotFoundError(HamiltonOLError, LookupError):
    """No recorded run is called so."""


class AmbiguousRunError(HamiltonOLError, LookupError):
    """Several recorded runs begin with the given prefix.

    Attributes:
        candidates: the ids of these runs, the newest first.
    """

    def __init__(self, message: str, *, candidates: Sequence[str], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.candidates = tuple(candidates)


class MissingExtraError(HamiltonOLError):
    """A part of the package needs something that was not installed with it."""


class DataflowError(HamiltonOLError):
    """A dataflow could not be loaded."""


class GraphError(HamiltonOLError, ValueError):
    """What was given as a graph is none."""


class QueryError(HamiltonOLError, ValueError):
    """A question to a graph cannot be understood.

    Attributes:
        query: the question.
        start, end: the characters of it that are wrong, from 0; both are within it, or at its end.
        expected: what could stand there.
    """

    def __init__(
        self,
        message: str,
        *,
        query: str = "",
        start: int = 0,
        end: int = 0,
        expected: Sequence[str] = (),
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.query, self.start, self.end = query, start, end
        self.expected = tuple(expected)


class UnknownNodeError(QueryError, LookupError):
    """A question names a node that is not there."""

    @classmethod
    def of(cls, name: str, near: Sequence[str], **where: Any) -> "UnknownNodeError":
        """No node is called so.

        Args:
            name: what was asked for.
            near: names that may be meant.
            where: `query`, `start` and `end`, where that is not all of the question.
        """
        hint = f"Is {_either(near)} meant?" if near else ""
        place: dict[str, Any] = {"query": name, "end": len(name)} | where
        return cls(f"There is no node {name[:200]!r}.", hint=hint, **place)


class UnknownRevisionError(DataflowError, QueryError):
    """There is no such revision in a repository, whether a query names it or a source."""


class AmbiguousNodeError(QueryError, LookupError):
    """A name means several nodes where one is meant.

    Attributes:
        candidates: ids of these nodes.
    """

    def __init__(self, message: str, *, candidates: Sequence[str], **where: Any) -> None:
        super().__init__(message, **where)
        self.candidates = tuple(candidates)


def _either(names: Sequence[str]) -> str:
    quoted = [repr(name) for name in names]
    return " or ".join([*([", ".join(quoted[:-1])] if quoted[1:] else []), quoted[-1]])


class LayoutError(HamiltonOLError, ValueError):
    """What is to be laid out does not fit together."""


class LayoutCancelledError(HamiltonOLError):
    """A layout was not wanted any more, and was given up."""


class StoreError(HamiltonOLError):
    """The store of recorded runs cannot be used."""


class StoreMissingError(StoreError):
    """There is no store yet."""


class StoreUnreadableError(StoreError):
    """The store, or a part of it, cannot be read."""


class StoreTooNewError(StoreError):
    """The store was written by a newer version, whose lines may mean something else."""


class DeliveryError(HamiltonOLError):
    """A target did not take what was sent."""


class UnreachableError(DeliveryError):
    """The target did not answer: refused, unknown, too slow, or cut off."""

    retry_after: float | None = None


class NotAskedError(UnreachableError):
    """This process could not ask the target, or did not wait for it: that says nothing of it.

    Attributes:
        waited: seconds that an answer was waited for, until this process had to end.
    """

    waited: float = 0.0


class RefusedError(DeliveryError):
    """The target answered that it does not accept the event.

    Attributes:
        status: the HTTP status of the answer.
        is_final: whether the event is at fault, and will be refused tomorrow too.
        body: the beginning of the answer, as text, without secrets.
        retry_after: seconds after which the target wants to be asked again, if it said so.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        hint: str = "",
        is_final: bool = False,
        body: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.status, self.is_final = status, is_final
        self.body, self.retry_after = body, retry_after


class NewerRunError(DeliveryError):
    """The target has got a newer run of the job, which sending an older one again would undo."""
