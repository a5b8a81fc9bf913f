"""A target that answers everything alike after a while: `python -m benchmarks.sink SECONDS STATUS`.

After an infinite while it never answers. It prints its port, and ends when its standard input does.
"""

import asyncio
import contextlib
import math
import subprocess
import sys
from collections.abc import Iterator

TAKEN = 201


@contextlib.contextmanager
def sink(seconds: float, status: int = TAKEN) -> Iterator[str]:
    """The address of one in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sink", f"{seconds}", f"{status}"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.communicate()


class Sink(asyncio.Protocol):
    """Answers each request on a connection, one after the other."""

    def __init__(self, seconds: float, status: int) -> None:
        self._seconds, self._data = seconds, b""
        self._answer = f"HTTP/1.1 {status} So\r\nContent-Length: 0\r\n\r\n".encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, end, body = self._data.partition(b"\r\n\r\n")
        if end and len(body) >= _length(head):
            self._data = body[_length(head) :]
            if self._seconds == 0:
                self._transport.write(self._answer)
            elif self._seconds < math.inf:
                loop = asyncio.get_running_loop()
                loop.call_later(self._seconds, self._transport.write, self._answer)


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])


async def main(seconds: float, status: int) -> None:
    """Serve until nobody needs it."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Sink(seconds, status), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]), int(sys.argv[2])))
