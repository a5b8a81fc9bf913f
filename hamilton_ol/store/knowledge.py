"""What the store holds beside lines: graphs, schemas known from earlier runs, and a secret.

None of it is needed for the next line, so nothing here raises: without a store there is nothing
known and nothing kept.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hamilton_ol.errors import StoreError
from hamilton_ol.guard import Guard
from hamilton_ol.records import Schema
from hamilton_ol.store import documents
from hamilton_ol.store.codec import decode, encode
from hamilton_ol.store.location import GRAPHS, KNOWN

SALT, SALT_SIZE = "salt", 32


class Knowledge:
    """Documents of one store.

    Args:
        root: the store, or None while there is none.
        guard: counts what goes wrong.
    """

    def __init__(self, root: Path | None, guard: Guard) -> None:
        self._root, self._guard = root, guard

    def salt(self) -> bytes:
        """The secret that hashes of values are keyed with; made by the first who needs it."""
        fresh = secrets.token_bytes(SALT_SIZE)
        if self._root is None:
            return fresh
        path = self._root / SALT
        try:
            return _read_salt(path) or _keep_salt(path, fresh)
        except OSError as error:
            self._guard.caught("keeping the key of hashes", error)
            return fresh

    def has_graph(self, name: str) -> bool:
        """Whether a graph's document is there."""
        return self._root is not None and (self._root / GRAPHS / f"{name}.json").exists()

    def write_graph(self, record: Any) -> str | None:
        """Keep a graph; its document's name, or None where it could not be written."""
        if self._root is None:
            return None
        try:
            return documents.write(self._root / GRAPHS, record)
        except OSError as error:
            self._guard.caught("writing the graph", error)
            return None

    def known(self, fingerprint: str) -> tuple[str | None, dict[str, Schema]]:
        """(document, {node: schema}) as the last run of this graph left them."""
        if self._root is None:
            return None, {}
        try:
            name = self._pointer(fingerprint).read_text(encoding="ascii").strip()
            return name, read_known(self._root, name)
        except FileNotFoundError:
            return None, {}
        except (OSError, ValueError, StoreError) as error:
            self._guard.caught("reading what is known of the graph", error)
            return None, {}

    def learn(self, fingerprint: str, known: Mapping[str, Schema]) -> str | None:
        """Keep what is known of a graph now; the document's name."""
        if self._root is None:
            return None
        try:
            name = documents.write(self._root / KNOWN, encode(known))
            documents.replace(self._pointer(fingerprint), name.encode())
        except OSError as error:
            self._guard.caught("writing what is known of the graph", error)
            return None
        return name

    def _pointer(self, fingerprint: str) -> Path:
        return (self._root or Path()) / KNOWN / f"{fingerprint.rpartition(':')[2][:32]}.latest"


def _read_salt(path: Path) -> bytes | None:
    """The secret; None where it is not there, or not whole."""
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return None
    return found if len(found) == SALT_SIZE else None


def _keep_salt(path: Path, fresh: bytes) -> bytes:
    """Put the secret in place, unless another process was faster: then its secret counts."""
    part = path.with_name(f"{SALT}.{secrets.token_hex(4)}")
    documents.replace(part, fresh)
    try:
        os.link(part, path)
    except OSError:  # it is there now; or it is there in part, or there are no links
        if _read_salt(path) is None:
            part.replace(path)
    part.unlink(missing_ok=True)
    return _read_salt(path) or fresh


def read_known(root: Path, name: str) -> dict[str, Schema]:
    """{node: schema} of a document.

    Raises:
        StoreUnreadableError: it cannot be read.
    """
    document = documents.read(root / KNOWN, name)
    try:
        return decode(_KNOWN, document) if document is not None else {}
    except (TypeError, ValueError) as error:
        raise documents.broken(root / KNOWN / f"{name}.json", error) from error


_KNOWN: Any = Mapping[str, Schema]
