"""Examines a target step by step: what is in order, and at the first step that is not, why."""

import contextlib
import ipaddress
import json
import socket
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from hamilton_ol.config.addresses import Address, parse_exactly
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery.answers import OK
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.proxies import proxy_of
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.errors import DeliveryError, HamiltonOLError, RefusedError, UnreachableError

NOT_LET_IN = frozenset({401, 403, 407})
MARQUEZ = "/api/v1/lineage"  # where events go; what it knows is asked for beside that


class Finding(NamedTuple):
    """What a step found.

    Attributes:
        step: what was looked at.
        text: what was found.
        error: what is wrong, or None.
    """

    step: str
    text: str
    error: HamiltonOLError | None = None


class Probe(NamedTuple):
    """Events that harm nobody, to see whether a target takes them.

    Attributes:
        run_id: their run.
        events: JSON, in order.
    """

    run_id: str
    events: Sequence[bytes]


def examine(
    spec: TargetSpec, probe: Probe | None, timeout: float | None = None
) -> Iterator[Finding]:
    """Look at a target, up to the first step that fails.

    Args:
        spec: the target.
        probe: what is sent; None to send nothing.
        timeout: seconds for each step.
    """
    try:
        transport = open_transport(spec, timeout=timeout)
    except HamiltonOLError as error:
        yield Finding("settings", "", error)
        return
    with contextlib.closing(transport):
        for steps in (_on_the_way(spec, transport, timeout), _taken(transport, probe)):
            for finding in steps:
                yield finding
                if finding.error is not None:
                    return


def _on_the_way(spec: TargetSpec, transport: Transport, timeout: float | None) -> Iterator[Finding]:
    """From the name to the connection."""
    if not isinstance(transport, HttpTransport):
        yield _attempt("connection", "open", transport.reach)
        return
    to = parse_exactly(spec.url.read() if spec.url is not None else spec.address)
    try:
        proxy = proxy_of(spec, to)
    except UnreachableError as error:
        yield Finding("proxy", "", error)
        return
    if proxy is not None:
        yield Finding("proxy", proxy.origin)
    if not _is_number((proxy or to).host):
        yield _resolved(proxy or to)
    seconds = timeout or spec.connect_timeout
    yield _attempt(
        "connection",
        f"{(proxy or to).origin} answers",
        lambda: _connect(proxy or to, seconds, transport),
    )
    if to.secure:
        verified = "certificate is trusted" if spec.verify else "certificate is NOT looked at"
        yield _attempt("TLS", verified, transport.reach)


def _attempt(step: str, text: str, action: Any) -> Finding:
    try:
        action()
    except HamiltonOLError as error:
        return Finding(step, "", error)
    return Finding(step, text)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _resolved(to: Address) -> Finding:
    try:
        found = socket.getaddrinfo(to.host, to.actual_port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        text = f"There is no host called {to.host!r}"
        hint = "Is the address spelt right, and is this machine in the right network?"
        return Finding("name", "", UnreachableError(text, hint=hint))
    numbers = dict.fromkeys(str(number[0]) for *_, number in found)
    return Finding("name", f"{to.host} is {', '.join(numbers)}")


def _connect(to: Address, seconds: float, transport: Transport) -> None:
    """Connect without TLS, which is looked at next."""
    if not to.secure:
        transport.reach()
        return
    try:
        socket.create_connection((to.host, to.actual_port), seconds).close()
    except OSError:
        transport.reach()  # says it in the words of all other errors


# --- events --------------------------------------------------------------------------------------


def _taken(transport: Transport, probe: Probe | None) -> Iterator[Finding]:
    """From who we are to what the target then knows."""
    if probe is None:
        return
    try:
        for event in probe.events:
            transport.send(event)
    except DeliveryError as error:
        is_stranger = isinstance(error, RefusedError) and error.status in NOT_LET_IN
        yield Finding("authorisation" if is_stranger else "events", "", error)
        return
    yield Finding("authorisation", "let in")
    yield Finding("events", f"{len(probe.events)} probe events were taken")
    if isinstance(transport, HttpTransport) and transport.address.endswith(MARQUEZ):
        yield _read_back(transport, probe.run_id)


def _read_back(transport: HttpTransport, run_id: str) -> Finding:
    """Ask for the probe's run as Marquez tells of runs."""
    try:
        answer = transport.ask("GET", f"{transport.base}/jobs/runs/{quote(run_id)}")
    except DeliveryError as error:
        return Finding("read back", "", error)
    state = _state(answer.body) if answer.status == OK else None
    if state is None:
        text = "takes events, but does not tell what it knows as Marquez does"
        return Finding("read back", text)
    return Finding("read back", f"knows the probe as {state}")


def _state(body: bytes) -> str | None:
    try:
        return str(json.loads(body)["state"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
