"""Certificates of an authority that is made up for a test."""

import datetime as dt
import functools
import ssl
from pathlib import Path

import trustme

HERE = "127.0.0.1"


class Authority:
    """Signs certificates; its own is written to a file.

    Args:
        folder: where files are written.
    """

    def __init__(self, folder: Path) -> None:
        self._ca, self._folder = _made(), folder
        folder.mkdir(exist_ok=True)
        self.file = folder / "ca.pem"
        self._ca.cert_pem.write_to_path(str(self.file))

    def server(
        self, name: str = HERE, *, days: int = 30, wants_certificate: bool = False
    ) -> ssl.SSLContext:
        """What a server with this name has.

        Args:
            name: in its certificate.
            days: until the certificate expires; it may have expired.
            wants_certificate: whether it asks for that of a client.
        """
        end = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
        start = end - dt.timedelta(days=60)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(name, not_before=start, not_after=end).configure_cert(context)
        if wants_certificate:
            self._ca.configure_trust(context)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def client(self, name: str = "ada@example.com") -> tuple[Path, Path]:
        """(certificate, its key) of a client."""
        issued = self._ca.issue_cert(name)
        certificate, key = self._folder / f"{name}.pem", self._folder / f"{name}.key"
        certificate.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
        key.write_bytes(issued.private_key_pem.bytes())
        return certificate, key


@functools.cache
def _made() -> trustme.CA:
    return trustme.CA()
