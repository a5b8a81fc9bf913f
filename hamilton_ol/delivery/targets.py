"""Where a store keeps what it knows of each target that something was sent to."""

import contextlib
import hashlib
import json
import os
import re
import secrets
from pathlib import Path
from typing import NamedTuple

FOLDER = "targets"
FILE = "target.json"


class Target(NamedTuple):
    """A target, as a store knows it.

    Attributes:
        address: without user, password and query.
        folder: what is known of it.
    """

    address: str
    folder: Path


def target(store: Path, address: str) -> Target:
    """The target with this address; nothing is written yet."""
    readable = re.sub(r"[^a-z0-9]+", "-", address.partition("://")[2].lower()).strip("-")[:40]
    name = f"{readable}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"
    return Target(address, store / FOLDER / name)


def remember(known: Target) -> None:
    """Write down which target a folder is of.

    Raises:
        OSError: it cannot be written.
    """
    path = known.folder / FILE
    if path.exists():
        return
    known.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{FILE}.{os.getpid()}-{secrets.token_hex(4)}.part")
    part.write_text(json.dumps({"address": known.address}), encoding="utf-8")
    part.replace(path)


def targets(store: Path) -> list[Target]:
    """All targets that something was sent to, in the order of their addresses."""
    found = []
    for path in (store / FOLDER).glob(f"*/{FILE}"):
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            address = str(json.loads(path.read_bytes())["address"])
            found.append(Target(address, path.parent))
    return sorted(found)
