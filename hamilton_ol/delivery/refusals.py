"""What went wrong at a target, in words for a person, with the way out."""

import http.client
import socket
import ssl

from hamilton_ol.config.addresses import Address
from hamilton_ol.delivery.answers import FINAL, TAKEN, Answer, one_line
from hamilton_ol.errors import NotAskedError, RefusedError, SettingError, UnreachableError
from hamilton_ol.masking import Masker

LOST = (
    *(ConnectionResetError, ConnectionAbortedError, BrokenPipeError),
    *(ssl.SSLEOFError, ssl.SSLZeroReturnError),
)
UNAUTHORIZED = 401
LONGEST_BODY = 2000  # characters of an answer that are kept

_IS_IT_THERE = "Is the target running, and is this its address?"
_TRY_LATER = (
    "The target has trouble: try again later. If it always refuses this event, see its log."
)
_HINTS = {
    UNAUTHORIZED: "The target asks who you are: set its api_key_env or api_key_file, or write the "
    "address as https://user:password@host.",
    403: "The target knows you, but does not let you send events.",
    404: "Is this the address of an OpenLineage target? The path is usually /api/v1/lineage.",
    405: "Is this the address of an OpenLineage target? The path is usually /api/v1/lineage.",
    407: "The proxy asks who you are: write it as http://user:password@host:port.",
    413: "The event is larger than the target takes; its operator can raise the limit.",
    415: 'The target may not take what is compressed: set its compression to "none".',
    422: "The target finds the event incomplete; `hamilton-ol events RUN` prints it.",
    429: "The target has too much to do: try again later.",
}
_NOT_KNOWN = (
    "The target does not take the token or password that was sent: is it the one of this target, "
    "and not expired?"
)
_BAD_EVENT = "The target cannot read the event; `hamilton-ol events RUN` prints it."


def refused(
    answer: Answer, address: str, masker: Masker, now: float, *, was_named: bool = False
) -> RefusedError:
    """What an answer means that is no yes.

    Args:
        answer: of the target.
        address: of the target, as it is shown.
        masker: masks what the answer repeats of the request.
        now: seconds since the epoch.
        was_named: whether the request said who we are.
    """
    text, hint = _told(answer)
    if was_named and answer.status == UNAUTHORIZED:
        hint = _NOT_KNOWN
    return RefusedError(
        f"{address} {masker.text(text)}",
        status=answer.status,
        hint=hint,
        is_final=answer.status in FINAL or answer.blames_event,
        body=masker.text(answer.body.decode("utf-8", "replace"), LONGEST_BODY),
        retry_after=answer.seconds_to_wait(now),
    )


def _told(answer: Answer) -> tuple[str, str]:
    """(what was answered, hint)."""
    if 300 <= answer.status < 400:  # noqa: PLR2004 - a POST that is redirected arrives as a GET
        place = one_line(answer.location) or "another address"
        return f"points to {place}, which is not followed", "Send to that address."
    if answer.status in TAKEN:
        hint = "Is this the address of the API, and not of a web interface or a login?"
        return f"answered with a web page, not as a target does: {answer.message}", hint
    return f"answered {answer.status}: {answer.message}", _hint(answer)


def _hint(answer: Answer) -> str:
    if answer.status in _HINTS:
        return _HINTS[answer.status]
    is_ours = answer.status < 500 or answer.blames_event  # noqa: PLR2004 - the target's own faults
    return _BAD_EVENT if is_ours else _TRY_LATER


def unreachable(
    error: Exception, address: str, to: Address, proxy: Address | None
) -> UnreachableError:
    """What an error means that came instead of an answer.

    Args:
        error: from a socket, TLS, http.client, or a setting.
        address: of the target, as it is shown.
        to: the same, in parts.
        proxy: what stands between, or None.
    """
    if isinstance(error, SettingError):
        return NotAskedError(f"{address}: {error}", hint=error.hint)
    if isinstance(error, socket.gaierror | UnicodeError):
        name, what = ((proxy or to).host, "proxy" if proxy else "host")
        text = f"There is no {what} called {name!r}"
        return UnreachableError(text, hint="Is the address spelt right?")
    text, hint = _failed(error)
    place = f"{address}, through the proxy {proxy.origin}" if proxy else address
    return UnreachableError(f"{place}: {text}", hint=hint)


def broken_off(address: str, waited: float) -> NotAskedError:
    """This process waits no longer.

    Args:
        address: of the target, as it is shown.
        waited: seconds.
    """
    error = NotAskedError(
        f"{address}: no answer before the process that sent ended or forked; it stays pending",
        hint="The next run sends it, or `hamilton-ol push`; exit_seconds says how long the end of a "
        "process waits.",
    )
    error.waited = waited
    return error


def _failed(error: Exception) -> tuple[str, str]:
    """(what happened, hint)."""
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = "ca_file, or SSL_CERT_FILE, names a file with the certificates that you trust."
        return f"its certificate is not trusted: {error.verify_message}", hint
    if isinstance(error, TimeoutError):
        hint = f"{_IS_IT_THERE} --timeout gives it more time, and so do timeouts of its own."
        return f"{error}" or "took too long", hint
    if isinstance(error, ConnectionRefusedError):
        return "refuses the connection", _IS_IT_THERE
    if isinstance(error, (*LOST, http.client.IncompleteRead)):
        return "cut the connection", "The log of the target may say why."
    if isinstance(error, ssl.SSLError):
        return f"no secure connection: {error.reason or error}", _tls_hint(error)
    if isinstance(error, http.client.HTTPException):
        hint = "Is this the right port, and does it speak http rather than https?"
        return f"does not answer as a web server does ({type(error).__name__})", hint
    return f"cannot be reached: {getattr(error, 'strerror', None) or error}", _IS_IT_THERE


def _tls_hint(error: ssl.SSLError) -> str:
    if "CERTIFICATE_REQUIRED" in str(error.reason) or "HANDSHAKE_FAILURE" in str(error.reason):
        return "The target wants to see a certificate of yours: client_cert and client_key."
    return "Does the target speak http rather than https?"
