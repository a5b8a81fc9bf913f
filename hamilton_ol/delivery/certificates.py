"""Who is trusted, and who we are: the certificates of one target."""

import os
import ssl
from pathlib import Path

from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.errors import NotAskedError

Stamp = tuple[tuple[int, int, int], ...]


class Certificates:
    """Makes what TLS needs, anew when a file has changed.

    Without a `ca_file` the system's certificates are trusted, or those that SSL_CERT_FILE and
    SSL_CERT_DIR name.

    Args:
        spec: the target.
    """

    def __init__(self, spec: TargetSpec) -> None:
        self._spec = spec
        self._made: tuple[Stamp, ssl.SSLContext] | None = None

    def context(self) -> ssl.SSLContext:
        """What a connection needs.

        Raises:
            NotAskedError: a file cannot be used.
        """
        spec = self._spec
        files = [path for path in (spec.ca_file, spec.client_cert, spec.client_key) if path]
        stamp = tuple(_stamp(path, spec.address) for path in files)
        if self._made is None or self._made[0] != stamp:
            self._made = stamp, self._make()
        return self._made[1]

    def _make(self) -> ssl.SSLContext:
        spec = self._spec
        try:
            context = ssl.create_default_context(cafile=spec.ca_file)
        except (OSError, ValueError) as error:
            raise _unusable("ca_file", spec.ca_file, spec.address, error) from None
        if not spec.verify:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        if spec.client_cert is not None:
            try:
                # Without a password of ours OpenSSL would ask for one on the terminal.
                context.load_cert_chain(spec.client_cert, spec.client_key, password=_no_password)
            except (OSError, ValueError, TypeError) as error:
                raise _unusable("client_cert", spec.client_cert, spec.address, error) from None
        return context


def _no_password() -> str:
    raise ValueError("the key is encrypted, which is not supported")


def _stamp(path: Path, address: str) -> tuple[int, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 - where a link leads to
    except OSError as error:
        text = f"{address}: the file {path} cannot be read: {error.strerror or error}"
        raise NotAskedError(text, hint=_HINT) from None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _unusable(key: str, path: Path | None, address: str, error: Exception) -> NotAskedError:
    why = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    text = f"{address}: the {key} {path or 'of the system'} cannot be used: {why}"
    return NotAskedError(text, hint=_HINT)


_HINT = "Files with certificates and keys are in the PEM format."
