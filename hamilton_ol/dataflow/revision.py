"""The state of the repository that holds a dataflow's modules, as git tells it.

Git runs as a child process that is looked after now and then; nobody waits for it. Its locks, its
hooks and the user's environment for other repositories are left alone.
"""

import re
import subprocess
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from time import monotonic

from hamilton_ol.config import environment
from hamilton_ol.dataflow.places import repository_root
from hamilton_ol.masking import clean_url
from hamilton_ol.records import Revision

PATIENCE = 10.0  # seconds until git is given up
_SCP = re.compile(r"^(?:[^@/\s]+@)?([\w.-]{2,}):(?!//)(.+)$")


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
    status, commit = yield from _git(root, "rev-parse", "--verify", "HEAD")
    if status != 0:
        return None
    changed, _ = yield from _git(root, "diff", "--quiet", "--no-ext-diff", "HEAD", "--")
    _, untracked = yield from _git(root, "ls-files", "--others", "--", *own)
    _, branch = yield from _git(root, "rev-parse", "--abbrev-ref", "HEAD")
    _, remote = yield from _git(root, "config", "--get", "remote.origin.url")
    return Revision(
        commit=commit,
        dirty=changed != 0 or bool(untracked),
        branch=branch if branch and branch != "HEAD" else None,
        remote=clean_remote(remote) if remote else None,
    )


def clean_remote(remote: str) -> str | None:
    """The address of a remote, without user and password; None for a folder of this machine."""
    if "://" in remote:
        return None if remote.startswith("file:") else clean_url(remote)
    found = _SCP.match(remote)
    return f"ssh://{found[1]}/{found[2]}" if found else None


def _git(root: Path, *arguments: str) -> Generator[None, None, tuple[int | None, str]]:
    """Exit status and output of git; None where it cannot be run or takes too long.

    Only calls that print a few lines are made, so that its pipe never fills up.
    """
    try:
        process = subprocess.Popen(
            ["git", "-c", "core.fsmonitor=false", "-C", str(root), *arguments],  # noqa: S607 - the user's own git
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(environment()),
        )
    except OSError:
        return None, ""
    with process:
        end = monotonic() + PATIENCE
        while _works(process):
            yield
            if monotonic() > end:
                process.kill()
        output = process.stdout.read() if process.stdout else b""
    return process.returncode, output.decode(errors="replace").strip()


def _works(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(0.002)  # gently: looking again at once would take the processor from git
    except subprocess.TimeoutExpired:
        return True
    return False


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Without what points git at another repository, or makes it write or ask."""
    kept = {k: v for k, v in environ.items() if not k.startswith("GIT_")}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
