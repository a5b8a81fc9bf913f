"""Which runs go to a target that is to get a share of them only: found out the same by everybody."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from hamilton_ol.delivery.acknowledgements import Acknowledgements

FOLDER = "versions"
_ALL = 1 << 64
_ALWAYS = frozenset({"FAILED", "ABORTED", "DIED"})
_GOES_ON = "RUNNING"


Version = tuple[str, str, str]


class Sampling:
    """Chooses runs for one target, and notes those that it does not get.

    Args:
        share: of the runs, 0 to 1.
        folder: of the target.
        acknowledgements: of the target.
    """

    def __init__(self, share: float, folder: Path, acknowledgements: Acknowledgements) -> None:
        self._share, self._folder, self._told = share, folder / FOLDER, acknowledgements

    def takes(
        self, run_id: str, started: int, status: str, version: Callable[[], Version | None]
    ) -> bool:
        """Whether a run goes to the target, as far as is known now.

        It does if it is among the share, which only its id decides; if it did not go well; and if
        it is the first of its version, so that the target knows each dataflow as it is.

        Args:
            run_id: of the run.
            started: nanoseconds since the epoch when it began.
            status: SUCCEEDED, FAILED, ABORTED, DIED or RUNNING.
            version: tells (namespace, job, fingerprint of the graph), or None while the graph is not
                written yet; only called if it matters.

        Raises:
            OSError: what was decided cannot be noted.
            Exception: as `version`.
        """
        told = self._told.of_run(run_id)
        if told.is_left_out:
            return False
        if self._draws(run_id) or status in _ALWAYS or told.sent or told.is_done:
            return True
        known = version()
        if known is None:  # nothing is decided yet
            return False
        if self._is_first(run_id, "\0".join(known)):
            return True
        if status != _GOES_ON:
            self._told.left_out(run_id, started)
        return False

    def _draws(self, run_id: str) -> bool:
        digest = hashlib.sha256(run_id.encode()).digest()
        return int.from_bytes(digest[:8]) < self._share * _ALL

    def _is_first(self, run_id: str, version: str) -> bool:
        """Whether a run is the first of its version that was asked about."""
        path = self._folder / hashlib.sha256(version.encode("utf-8", "replace")).hexdigest()[:32]
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
