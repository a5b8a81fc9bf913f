"""Opens a connection: name, TCP, proxy and TLS, all within one time."""

import errno
import os
import selectors
import socket
import threading
from http.client import HTTPResponse
from typing import Any

from hamilton_ol.config.addresses import Address
from hamilton_ol.delivery.answers import TimedResponse, one_line
from hamilton_ol.delivery.certificates import Certificates
from hamilton_ol.delivery.deadlines import Deadline, send_all
from hamilton_ol.delivery.interruption import Interruption
from hamilton_ol.errors import UnreachableError

_NO_LOGIN = 407
_UNDER_WAY = {errno.EINPROGRESS, errno.EWOULDBLOCK}  # the latter is said on Windows
LOOK = 0.05  # seconds between looks whether nobody waits for a name any more


def open_socket(
    to: Address,
    proxy: Address | None,
    certificates: Certificates,
    deadline: Deadline,
    interruption: Interruption,
) -> socket.socket:
    """A connection over which a request can be sent.

    Args:
        to: the target.
        proxy: what stands between, or None.
        certificates: who is trusted, and who we are.
        deadline: until then.
        interruption: breaks it off.

    Raises:
        OSError: it cannot be opened, in time or at all.
        UnreachableError: the proxy, or a file with certificates, is at fault.
    """
    sock = _connected(proxy or to, deadline, interruption)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if to.secure:
            if proxy is not None:
                _ask_through(sock, to, proxy, deadline)
            context = certificates.context()
            sock.settimeout(deadline.left())
            sock = context.wrap_socket(sock, server_hostname=to.host)
    except BaseException as error:
        sock.close()
        if isinstance(error, TimeoutError):
            raise TimeoutError(deadline.what) from None
        raise
    return sock


def _connected(to: Address, deadline: Deadline, interruption: Interruption) -> socket.socket:
    """A TCP connection; each of several numbers has its share of the time."""
    found, failed = _numbers(to, deadline, interruption), OSError("the name has no number")
    for tried, (family, kind, protocol, _, number) in enumerate(found):
        sock = socket.socket(family, kind, protocol)
        try:
            _connect(sock, number, deadline.left() / (len(found) - tried), interruption)
        except OSError as error:
            sock.close()
            failed = TimeoutError(deadline.what) if isinstance(error, TimeoutError) else error
        else:
            return sock
    raise failed


def _connect(sock: socket.socket, to: Any, seconds: float, interruption: Interruption) -> None:
    """Connect; watched only once it is under way, as what is not cannot be broken off."""
    sock.setblocking(False)
    code = sock.connect_ex(to)
    interruption.watch(sock)
    if code in _UNDER_WAY:
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_WRITE)
            if not selector.select(seconds):
                raise TimeoutError
        interruption.check()
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))
    sock.settimeout(seconds)


def _numbers(to: Address, deadline: Deadline, interruption: Interruption) -> list[Any]:
    """What a name stands for; asked on a thread, because a resolver knows no limit."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(to.host, to.actual_port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=ask, name="hamilton-ol resolver", daemon=True)
    try:
        ask() if to.is_number else thread.start()
    except RuntimeError:  # no thread to be had, as when the interpreter ends
        ask()
    while thread.is_alive():
        interruption.check()
        thread.join(min(deadline.left(), LOOK))
    if isinstance(found[0], Exception):
        raise found[0]
    return list(found[0])


def _ask_through(sock: socket.socket, to: Address, proxy: Address, deadline: Deadline) -> None:
    """Have a proxy connect us to a target.

    Raises:
        UnreachableError: it does not want to.
    """
    place = f"{to.shown_host}:{to.actual_port}"
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    send_all(sock, "\r\n".join([*lines, "", ""]).encode("ascii"), deadline)
    with TimedResponse(sock, first=deadline, whole=deadline, method="CONNECT") as answer:
        answer.begin()
        if answer.status // 100 != 2:  # noqa: PLR2004 - a yes
            raise _refusal(answer, to, proxy)


def _refusal(answer: HTTPResponse, to: Address, proxy: Address) -> UnreachableError:
    said = f"{answer.status} {one_line(answer.reason)}".strip()
    text = f"The proxy {proxy.origin} does not connect to {to.origin}: {said}"
    hint = "NO_PROXY names hosts that no proxy is needed for."
    if answer.status == _NO_LOGIN:
        hint = "The proxy asks who you are: write it as http://user:password@host:port."
    return UnreachableError(text, hint=hint)
