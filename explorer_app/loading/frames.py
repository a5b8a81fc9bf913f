"""How messages go through a pipe: pickles, each after its size.

At both ends is the same program, started by the same person: nobody else writes to it.
"""

import io
import pickle
import struct
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

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
        found = bytes(piece)
        self.found.append(found)
        return len(found)


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


def opened_aside(content: bytes) -> Any:
    """The same on a thread of its own: others have their turn meanwhile."""
    return pickle.Unpickler(_Slices(content)).load()  # noqa: S301 - as above


class _Slices:
    """Gives what is unpickled piece by piece; that it is Python gives other threads their turn."""

    def __init__(self, content: bytes) -> None:
        self._bytes = io.BytesIO(content)

    def read(self, count: int) -> bytes:
        return self._bytes.read(count)

    def readinto(self, buffer: Any) -> int:
        return self._bytes.readinto(buffer)

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
