"""The files of a commit, unpacked as git sends them: they are never in memory together."""

import io
import subprocess
import tarfile
import threading
from pathlib import Path
from typing import Any, BinaryIO, cast

from hamilton_ol.errors import DataflowError
from hamilton_ol.sources.repositories import check_filters, quiet

LIMIT = 60.0  # seconds that git may take
LARGEST = 512 << 20  # bytes of a commit's files, packed as tar
BUFFER = 1 << 18  # bytes that are read at once


def unpack(root: Path, commit: str, place: Path) -> list[str]:
    """Write the files of a commit into a folder; links that lead out of it are left out, and named.

    Raises:
        DataflowError: git cannot tell them, takes too long, or would run filters of the repository;
            or they are too large.
    """
    check_filters(root)
    words = ["git", "-C", str(root), "archive", "--format=tar", commit]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(
        words, stdin=nowhere, stdout=subprocess.PIPE, stderr=nowhere, env=quiet(root)
    ) as child:
        alarm = threading.Timer(LIMIT, child.kill)
        alarm.start()
        try:
            left_out = _unpacked(_Bounded(cast("BinaryIO", child.stdout), commit), place)
        except tarfile.TarError:
            left_out = None
        finally:
            alarm.cancel()
            child.kill()
    if left_out is None:
        text = f"git did not tell all files of {commit[:12]}, or not within {LIMIT:g} seconds"
        raise DataflowError(text)
    return left_out


def _unpacked(packed: "_Bounded", place: Path) -> list[str]:
    left_out: list[str] = []

    def kept(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
        try:
            return tarfile.data_filter(member, folder)
        except tarfile.FilterError:
            left_out.append(member.name)
            return None

    with tarfile.open(fileobj=packed, mode="r|", bufsize=BUFFER) as archive:
        archive.extractall(place, filter=kept)  # noqa: S202 - `kept` looks at each member
    return left_out


class _Bounded(io.RawIOBase):
    """What git sends, up to a limit; a `DataflowError` beyond it."""

    def __init__(self, sent: BinaryIO, commit: str) -> None:
        super().__init__()
        self._sent, self._commit, self._read = sent, commit, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read some.

        Raises:
            DataflowError: it is too much.
        """
        data = self._sent.read(len(buffer))
        buffer[: len(data)] = data
        self._read += len(data)
        if self._read > LARGEST:
            most = f"{LARGEST >> 20} MB"
            raise DataflowError(f"The files of {self._commit[:12]} take more than {most}")
        return len(data)
