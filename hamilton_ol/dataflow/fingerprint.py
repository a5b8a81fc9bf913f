"""What makes two dataflows the same: structure and code, not where or when they were read."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from hamilton_ol.records import NodeRecord

VERSION = "f1"


def fingerprint(nodes: Iterable[NodeRecord], config: Sequence[str]) -> str:
    """`f1:` and a SHA-256 over names, types, edges, kinds, config keys and docstring-free code.

    The order of the nodes does not count, nor do tags that are set without a decorator, places,
    comments and docstrings. Another way of computing it gets another prefix.
    """
    rows = sorted(
        [
            node.name,
            node.kind,
            node.type,
            sorted([d.name, d.required] for d in node.dependencies),
            node.code or "",
        ]
        for node in nodes
    )
    text = json.dumps([rows, sorted(config)], separators=(",", ":"))
    return f"{VERSION}:{hashlib.sha256(text.encode()).hexdigest()}"
