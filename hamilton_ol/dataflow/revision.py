"""The state of the repository that holds a dataflow's modules, as git tells it.

Git runs as a child process that is looked after now and then; nobody waits for it. Its locks, its
hooks and the user's environment for other repositories are left alone.
"""

import contextlib
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import IO

from hamilton_ol.config import environment
from hamilton_ol.dataflow.places import repository_root
from hamilton_ol.masking import clean_url
from hamilton_ol.records import Revision

PATIENCE = 10.0  # seconds until git is given up
MOST_OUTPUT = 10_000  # bytes of an answer that are read
# `host:path`, not `C:\path` or a URL
_SCP = r"(?:[^@/\s]+@)?([\w.-]{2,}):(?!//)([^?#]+).*"
_HELPER = r"\w[\w+.-]*::"  # `transport::address`, which only that transport can read
_GIT = ("git", "--literal-pathspecs", "-c", "core.fsmonitor=false")


def read_revision(files: Sequence[Path]) -> Generator[None, None, Revision | None]:
    """The revision of the repository of the first of these files that is in one.

    Yields while git works. The repository counts as dirty when a tracked file differs from the
    commit, or one of these files is not tracked. Returns None where there is no repository, no
    git, or no commit yet.
    """
    roots = [repository_root(file.parent) for file in files]
    root = next((r for r in roots if r is not None), None)
    if root is None:
        return None
    own = [str(file) for file, r in zip(files, roots, strict=True) if r == root]
    missing, commit = yield from _git(root, "rev-parse", "--verify", "HEAD")
    if missing != 0:
        return None
    # not `git diff`, which refreshes the index whatever GIT_OPTIONAL_LOCKS says
    status = ("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=untracked")
    unreadable, changes = yield from _git(root, *status)
    untracked, _ = yield from _git(root, "ls-files", "--error-unmatch", "--", *own)
    _, branch = yield from _git(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    _, remote = yield from _git(root, "config", "--get", "remote.origin.url")
    return Revision(
        commit=commit,
        dirty=unreadable != 0 or bool(changes) or untracked != 0,
        branch=branch or None,
        remote=clean_remote(remote) if remote else None,
    )


def clean_remote(remote: str) -> str | None:
    """The address of a remote, without user and password; None for a folder of this machine."""
    if re.match(_HELPER, remote):
        return None
    if "://" in remote:
        return None if remote.startswith("file:") else clean_url(remote)
    found = re.fullmatch(_SCP, remote)
    return f"ssh://{found[1]}/{found[2]}" if found else None


def _git(root: Path, *arguments: str) -> Generator[None, None, tuple[int | None, str]]:
    """Exit status and output of git; None where it cannot be run."""
    try:
        # a file, not a pipe, which fills up, and stays open as long as a child of git's lives
        with tempfile.TemporaryFile() as output:
            process = _start(root, arguments, output)
            try:
                end = monotonic() + PATIENCE
                while _works(process) and monotonic() < end:
                    yield
            finally:
                _stop(process)
            output.seek(0)
            answer = output.read(MOST_OUTPUT)
    except OSError:
        return None, ""
    return process.returncode, answer.decode(errors="replace").strip()


def _start(root: Path, arguments: Sequence[str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*_GIT, "-C", str(root), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env=_environment(environment()),
        start_new_session=True,  # so that it ends with all that it has started
    )


def _works(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(0.002)  # gently: looking again at once would take the processor from git
    except subprocess.TimeoutExpired:
        return True
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Kill what still runs, and what it has started; one that cannot die is left alone."""
    if process.poll() is not None:
        return
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(1)


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Without what points git at another repository, or makes it write or ask."""
    kept = {k: v for k, v in environ.items() if not k.startswith("GIT_")}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
