"""Which segments must stay in the store, because a target has not got all of them yet."""

from collections.abc import Callable, Collection
from pathlib import Path

from hamilton_ol.store.location import SEGMENTS
from hamilton_ol.store.schedule import DAY
from hamilton_ol.store.settled import FILE, Settled

TARGETS = "targets"  # folder of what is known of targets
FORGOTTEN = 30 * DAY  # until a target for which no process sends any more keeps nothing


def keeper(root: Path, addresses: Collection[str], now: float) -> Callable[[Path], bool]:
    """Whether a segment must stay; the targets of other hooks that send from this store count too.

    Args:
        root: the store.
        addresses: of the targets that are set here.
        now: seconds since the epoch.
    """
    if not addresses and not (root / TARGETS).is_dir():
        return lambda _segment: False
    from hamilton_ol.delivery.targets import target, targets  # noqa: PLC0415 - once a day

    folders = {target(root, address).folder for address in addresses}
    folders |= {known.folder for known in targets(root) if _is_served(known.folder, now)}
    settled = [Settled(folder).names for folder in folders]

    def keep(segment: Path) -> bool:
        name = segment.relative_to(root / SEGMENTS).as_posix()
        return any(name not in names for names in settled)

    return keep


def _is_served(folder: Path, now: float) -> bool:
    """Whether some process has looked lately for what the target has not got."""
    try:
        return now - (folder / FILE).stat().st_mtime < FORGOTTEN
    except FileNotFoundError:
        return False
