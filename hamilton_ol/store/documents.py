"""Files named by the hash of what they hold: written once, never changed, shared by many runs."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from hamilton_ol.errors import StoreUnreadableError


def digest(payload: bytes) -> str:
    """The name under which this payload is stored: 32 hexadecimal digits."""
    return hashlib.sha256(payload).hexdigest()[:32]


def dump(document: Any) -> bytes:
    """The one way in which a document is written, so that equal documents get equal names."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def write(folder: Path, document: Any) -> str:
    """Store a document of JSON values and return its name.

    Raises:
        OSError: the file cannot be written.
    """
    payload = dump(document)
    name = digest(payload)
    path = folder / f"{name}.json"
    try:
        os.utime(path)  # somebody needs it today, so that nobody removes it as unused
    except FileNotFoundError:
        replace(path, payload)
    return name


def replace(path: Path, payload: bytes) -> None:
    """Put a whole file in place at once, readable by its owner only.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(payload)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def read(folder: Path, name: str) -> Any:
    """The document of this name, or None when it is not there.

    Raises:
        StoreUnreadableError: it cannot be read, or holds something else.
    """
    path = folder / f"{name}.json"
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreUnreadableError(
            f"{path} cannot be read: {error}", hint="Remove the file; its runs lose their graph."
        ) from error
