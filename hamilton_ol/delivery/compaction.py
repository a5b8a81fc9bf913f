"""Clears up what processes that are gone have noted: a line for each run, in one file.

Of runs that the store has no more nothing is noted any more, because nobody can send them; only the
newest of each job is kept, which says what the target takes for the latest.

The new file is there before the old ones go, and a fact may be noted twice: who reads meanwhile, or
comes after a crash in between, misses nothing. A file that somebody may still add to is left alone;
its lock says so.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from hamilton_ol.delivery.acknowledgements import Acknowledgements, encoded
from hamilton_ol.delivery.documents import lock
from hamilton_ol.delivery.leases import Leases
from hamilton_ol.delivery.logfile import SUFFIX, new_name

LEASE = "compaction"
MANY = 16  # files that nobody adds to any more


def compact(
    acknowledgements: Acknowledgements, leases: Leases, many: int = MANY, *, oldest: int = 0
) -> bool:
    """Clear up, unless it is not worth it, or another process does.

    Args:
        acknowledgements: of the target.
        leases: of the target.
        many: files that nobody adds to any more, from which on it is worth it.
        oldest: nanoseconds since the epoch; runs that began before are not in the store any more.

    Raises:
        OSError: the new file cannot be written; then nothing has changed.
    """
    folder = acknowledgements.folder
    if len(_names(folder)) < many or not leases.take(LEASE):
        return False
    try:
        with _abandoned(folder) as paths:
            # What is read is complete only now: nobody can add to these files any more.
            if not acknowledgements.refresh():
                return False
            old = [path for path in paths if path.name not in acknowledgements.foreign]
            if len(old) < many:
                return False
            _write(acknowledgements, oldest)
            for path in old:
                path.unlink(missing_ok=True)
            return True
    finally:
        leases.give_back(LEASE)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if path.suffix == SUFFIX)
    except FileNotFoundError:
        return []


@contextlib.contextmanager
def _abandoned(folder: Path) -> Iterator[list[Path]]:
    """The files that nobody adds to, locked."""
    with contextlib.ExitStack() as stack:
        found = []
        for name in _names(folder):
            with contextlib.suppress(FileNotFoundError):
                file = stack.enter_context((folder / name).open("rb"))
                if lock(file.fileno(), is_sure=True):
                    found.append(folder / name)
        yield found


def _write(acknowledgements: Acknowledgements, oldest: int) -> None:
    """Write what is known and still matters into a file; all read it once it has its name."""
    name = new_name()
    part = acknowledgements.folder / f"{name}.part"
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for run_id, told in acknowledgements.runs().items():
                is_newest = acknowledgements.newest(told.namespace, told.job)[1] == run_id
                if is_newest or not 0 < told.started < oldest:
                    file.writelines(encoded(line) for line in told.lines(run_id))
            file.flush()
            os.fsync(file.fileno())  # else a power cut may keep the removal, and not this
        part.replace(part.with_suffix(""))
    except OSError:
        part.unlink(missing_ok=True)
        raise
    acknowledgements.file.names.add(name)
