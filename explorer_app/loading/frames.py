"""How messages go through a pipe: pickles, each after its size.

At both ends is the same program, started by the same person: nobody else writes to it.
"""

import gc
import io
import pickle
import struct
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

Content = list[bytes]  # of a message, in the pieces in which it came
PIECE = 1_000_000  # bytes that are copied before others have their turn
_SIZE = struct.Struct(">Q")


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
    return b"".join((_SIZE.pack(sum(map(len, pieces.found))), *pieces.found))


class _Pieces:
    """Takes what is pickled; that it is Python gives other threads their turn at each piece."""

    def __init__(self, is_wanted: Callable[[], bool]) -> None:
        self._is_wanted = is_wanted
        self.found: list[bytes] = []

    def write(self, piece: bytes | pickle.PickleBuffer) -> int:
        if not self._is_wanted():
            raise InterruptedError
        with memoryview(piece).cast("B") as whole:
            firsts = range(0, len(whole), PIECE)
            self.found += [bytes(whole[first : first + PIECE]) for first in firsts]
            return len(whole)


class Frames:
    """Messages out of bytes that come in pieces, which are not put together before they are read."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._held, self._wanted = 0, _SIZE.size
        self._is_size = True  # whether the size of a message is what comes next

    def feed(self, piece: bytes) -> Iterator[Any]:
        """The messages that are whole with this piece."""
        return map(opened, self.contents(piece))

    def contents(self, piece: bytes) -> Iterator[Content]:
        """The same, each as `opened` takes it."""
        self._pieces.append(piece)
        self._held += len(piece)
        while self._held >= self._wanted:
            found = self._taken(self._wanted)
            if self._is_size:
                (self._wanted,) = _SIZE.unpack(b"".join(found))
            else:
                self._wanted = _SIZE.size
                yield found
            self._is_size = not self._is_size

    def _taken(self, count: int) -> Content:
        """So many bytes, of which the last piece has the end."""
        *pieces, last = self._pieces
        rest = self._held - count
        end = len(last) - rest
        self._pieces, self._held = [last[end:]], rest
        return [*pieces, last[:end]]


def opened(content: Content) -> Any:
    """The message that bytes are."""
    return pickle.loads(b"".join(content))  # noqa: S301 - from this program, through its own pipe


def opened_aside(content: Content) -> Any:
    """The same on a thread of its own: others have their turn meanwhile; the bytes are used up."""
    whole = b"".join(content)
    content.clear()
    return pickle.Unpickler(_Slices(whole)).load()  # noqa: S301 - as above


class _Slices:
    """Gives what is unpickled piece by piece; that it is Python gives other threads their turn.

    What has come is looked through for garbage each time: all of it at once would take long, and
    texts in a tuple are not looked through again.
    """

    def __init__(self, content: bytes) -> None:
        self._bytes = io.BytesIO(content)

    def read(self, count: int) -> bytes:
        gc.collect(0)
        return self._bytes.read(count)

    def readinto(self, buffer: Any) -> int:
        with memoryview(buffer).cast("B") as whole:
            firsts = range(0, len(whole), PIECE)
            return sum(self._bytes.readinto(whole[first : first + PIECE]) for first in firsts)

    def readline(self) -> bytes:
        return self._bytes.readline()


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
