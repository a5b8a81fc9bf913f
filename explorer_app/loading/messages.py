"""What the window and the process that reads for it say to each other: pickles, each after its size.

Both are the same program, started by the same person, and joined by a pipe: nobody else writes to
it. What comes from a source crosses it as plain values of this package.
"""

import pickle
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.runs import RunFacts
from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.links import Grouping, Links
from hamilton_ol.graph.scene.places import Places
from hamilton_ol.graph.scene.tokens import ThemeName
from hamilton_ol.sources.changes import Change
from hamilton_ol.store.reader import RunSummary

_SIZE = struct.Struct(">Q")


@dataclass(frozen=True)
class Load:
    """Read sources and tell the graph; then wait for an `Arrange`.

    Attributes:
        sources: as of `hamilton_ol.load`.
        store: folder of recorded runs, empty for the project's.
        executes: whether code may be imported; else only its text is read.
        token: for the Marquez among the sources; it is kept once the server has taken it.
        drafts: whether to tell first, as a `Draft`, what the text of the code says.
        before: problems of what is shown, where it is read again: then code that cannot be imported
            any more is a failure. None for something new.
    """

    sources: tuple[str, ...]
    store: str = ""
    executes: bool = True
    token: str = field(default="", repr=False)
    drafts: bool = False
    before: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class Draft:
    """A graph as the text of the code tells it; the one of the imported code follows."""

    graph: LineageGraph


@dataclass(frozen=True)
class Watched:
    """What sources are read from: {file: when it was changed, ns, and its bytes}."""

    files: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class FindKeyring:
    """Tell which keyring there is for tokens."""


@dataclass(frozen=True)
class Keyring:
    """What it is called, empty for none."""

    name: str


@dataclass(frozen=True)
class TokenTaken:
    """A server took a token; `keyring` is where it is kept now, empty if it is not."""

    keyring: str


@dataclass(frozen=True)
class ListRuns:
    """Tell which runs are recorded."""

    store: str = ""


@dataclass(frozen=True)
class ReadRuns:
    """Tell what recorded runs did; those that cannot be read are left out.

    Attributes:
        runs: their ids.
        store: folder of recorded runs, empty for the project's.
    """

    runs: tuple[str, ...]
    store: str = ""


@dataclass(frozen=True)
class ReadChanges:
    """Tell who changed the functions of nodes last, as git knows it."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, eq=False)
class Arrange:
    """Give cards their places.

    Attributes:
        cards, links: what is arranged; only names and numbers of them are needed.
        sizes: width and height of the cards, (n, 2).
        grouping: what is boxed together.
        memory: of an `Arranged`; what was there stays where it was as far as it can.
    """

    cards: Cards
    links: Links
    sizes: Floats
    grouping: Grouping | None = None
    memory: bytes = b""


@dataclass(frozen=True, eq=False)
class Arranged:
    """Where cards are, and what the next `Arrange` needs to change as little as it can."""

    places: Places
    memory: bytes


@dataclass(frozen=True, eq=False)
class Export:
    """What is to be saved.

    Attributes:
        form: one of `graphfiles.FORMATS`.
        theme: of a picture.
        trail: its title, from the whole to the part.
        wide: px of a PNG; 0 for twice the size on a screen.
        shown: a `canvas.figure.Figure` for a picture, else a graph.
    """

    form: str
    theme: ThemeName
    trail: tuple[str, ...]
    shown: Any
    wide: int = 0


@dataclass(frozen=True)
class Progress:
    """How far it is: a stage, what is done of it and what there is in all; 0 of 0 is not known."""

    stage: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Failed:
    """It could not be done: what happened, and the way out."""

    message: str
    hint: str = ""


@dataclass(frozen=True)
class Runs:
    """Recorded runs, the newest first; none where there is no store."""

    rows: tuple[RunSummary, ...]


@dataclass(frozen=True)
class Recorded:
    """What runs did: those that were asked for, or that a graph comes with.

    Attributes:
        runs: the newest first.
        is_shown: whether the first of them is put on the graph at once.
    """

    runs: tuple[RunFacts, ...]
    is_shown: bool = True


@dataclass(frozen=True)
class Changes:
    """{id of a node: the last change of its function}."""

    found: Mapping[str, Change]


def framed(message: object) -> bytes:
    """A message as bytes."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _SIZE.pack(len(content)) + content


def framed_aside(message: object, is_wanted: Callable[[], bool]) -> bytes:
    """The same on a thread of its own: others have their turn meanwhile; empty if it is given up."""
    pieces = _Pieces(is_wanted)
    try:
        pickle.Pickler(pieces, pickle.HIGHEST_PROTOCOL).dump(message)
    except InterruptedError:
        return b""
    content = b"".join(pieces.found)
    return _SIZE.pack(len(content)) + content


class _Pieces:
    """Takes what is pickled; that it is Python gives other threads their turn at each piece."""

    def __init__(self, is_wanted: Callable[[], bool]) -> None:
        self._is_wanted = is_wanted
        self.found: list[bytes] = []

    def write(self, piece: bytes) -> int:
        if not self._is_wanted():
            raise InterruptedError
        self.found.append(bytes(piece))
        return len(piece)


class Frames:
    """Messages out of bytes that come in pieces."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, piece: bytes) -> Iterator[Any]:
        """The messages that are whole with this piece."""
        return map(opened, self.contents(piece))

    def contents(self, piece: bytes) -> Iterator[bytes]:
        """The same, each as `opened` takes it."""
        self._bytes += piece
        while len(self._bytes) >= _SIZE.size:
            (size,) = _SIZE.unpack_from(self._bytes)
            end = _SIZE.size + size
            if len(self._bytes) < end:
                return
            with memoryview(self._bytes) as whole:
                content = bytes(whole[_SIZE.size : end])
            del self._bytes[:end]
            yield content


def opened(content: bytes) -> Any:
    """The message that bytes are."""
    return pickle.loads(content)  # noqa: S301 - from this program, through its own pipe


def read(stream: BinaryIO) -> Any:
    """The next message.

    Raises:
        EOFError: there is none; whoever wrote them is gone.
    """
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return pickle.loads(content)  # noqa: S301 - as above
