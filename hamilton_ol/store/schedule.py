"""When a store is pruned: once a day, and not on its first."""

import os
import time
from pathlib import Path

from hamilton_ol.store.location import SEGMENTS

DAY = 86_400.0
MARK = "pruned"  # its time says when the store was pruned last


def is_due(root: Path, now: float) -> bool:
    """Whether a day has passed since the store was pruned; if so, it is marked as pruned."""
    mark = root / MARK
    try:
        if now - mark.stat().st_mtime < DAY:
            return False
    except FileNotFoundError:
        if _began_today(root, now):  # then nothing in it is old
            return False
    mark.touch(mode=0o600)
    os.utime(mark, (now, now))
    return True


def _began_today(root: Path, now: float) -> bool:
    today = time.strftime("%Y-%m-%d", time.gmtime(now))
    return all(day.name == today for day in (root / SEGMENTS).iterdir())
