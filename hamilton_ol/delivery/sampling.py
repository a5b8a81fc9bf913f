"""Which runs go to a target that is to get a share of them only: found out the same by everybody."""

import hashlib
import os
from pathlib import Path

FOLDER = "versions"
_ALL = 1 << 64


class Sampling:
    """Chooses runs for one target.

    The first run of each version of a job's graph goes in any case, so that the target knows the
    dataflow as it is.

    Args:
        share: of the runs, 0 to 1.
        folder: of the target.
    """

    def __init__(self, share: float, folder: Path) -> None:
        self._share, self._folder = share, folder / FOLDER

    def draws(self, run_id: str) -> bool:
        """Whether a run is among the share, which only its id decides."""
        digest = hashlib.sha256(run_id.encode()).digest()
        return int.from_bytes(digest[:8]) < self._share * _ALL

    def is_first(self, run_id: str, namespace: str, job: str, version: str) -> bool:
        """Whether a run is the first of this version of a job's graph that was asked about.

        Raises:
            OSError: that cannot be noted.
        """
        key = f"{namespace}\0{job}\0{version}"
        path = self._folder / hashlib.sha256(key.encode()).hexdigest()[:32]
        try:
            found = path.read_text("ascii", "replace")
        except FileNotFoundError:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = self._claim(path, run_id)
        return found in (run_id, "")  # empty: whoever was about to write it died

    def _claim(self, path: Path, run_id: str) -> str:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # somebody was faster
            return path.read_text("ascii", "replace")
        try:
            os.write(descriptor, run_id.encode("ascii", "replace"))
        finally:
            os.close(descriptor)
        return run_id
