"""What is in a git repository, as git tells it. Nothing is changed."""

import os
import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from hamilton_ol.config import environment
from hamilton_ol.errors import DataflowError

LIMIT = 30.0  # seconds that git may take
LARGEST = 4 << 20  # bytes of a file that is looked at
_OWN = frozenset({"system", "global", "command"})  # scopes of settings that a person has made
_OFF = {"clean": "", "smudge": "", "process": "", "required": "false"}
_FILTERS = ("--null", "--name-only", "--get-regexp", r"^filter\.")
_OBEYS = 2, 31  # the git that takes settings from its environment
_SCOPED = 2, 26  # the git that says whose settings are
_GIT = ("git", "--literal-pathspecs", "-c", "core.fsmonitor=false")


def root_of(folder: Path) -> Path | None:
    """The repository that a folder is in; None where it is in none."""
    found = git(folder, "rev-parse", "--show-toplevel")
    return Path(found.rstrip("\n")) if found else None


def file_in(root: Path, file: str, commit: str | None) -> str | None:
    """The path of a file in its repository; None for one that is outside.

    Args:
        root: of the repository.
        file: its path from there, or a whole one.
        commit: that has it; None for one that has to be there now.
    """
    if not file or "\0" in file:
        return None
    try:
        path, root = root / Path(file).expanduser(), root.resolve()
        if commit is not None and (there := Path(os.path.normpath(path))).is_relative_to(root):
            return there.relative_to(root).as_posix()
        path = path.resolve()
        is_there = commit is not None or path.is_file()
        return path.relative_to(root).as_posix() if is_there else None
    except (OSError, ValueError, RuntimeError):
        return None


def text_of(root: Path, path: str, commit: str | None) -> str | None:
    """The text of a file of a commit, by default as it is; None where there is none."""
    if commit is not None:
        return git(root, "cat-file", "blob", f"{commit}:{path}")
    try:
        file = root / path
        if file.stat().st_size > LARGEST:
            return None
        return file.read_text("utf-8", "replace")
    except OSError:
        return None


def git(folder: Path, *words: str) -> str | None:
    """What git says; None where it cannot, or takes too long. See `git_here` for files as they are."""
    told = _said(folder, quiet(folder), *words)
    return None if told is None else told.decode("utf-8", "replace")


def git_here(folder: Path, *words: str) -> str | None:
    """The same about files as they are, which go through filters.

    Raises:
        DataflowError: as of `check_filters`.
    """
    check_filters(folder)
    return git(folder, *words)


def check_filters(folder: Path) -> None:
    """See that git will run no filter that the settings of a repository name.

    Raises:
        DataflowError: this git is too old to leave them out, and there are some.
    """
    version = _version(shutil.which("git"))
    if version < _OBEYS and (found := _filters(folder)):
        names = ", ".join(name.partition(".")[2] for name in found)
        told = ".".join(map(str, version))
        raise DataflowError(
            f"git {told} would run what the settings of {folder} name as filters ({names}), "
            "so it is not asked",
            hint="git 2.31 or newer can leave them out.",
        )


@lru_cache
def _version(program: str | None) -> tuple[int, ...]:
    """(2, 39) of a git; () where it does not say that."""
    told = (_said(Path(), _still(), "version") or b"").decode("ascii", "replace") if program else ""
    found = re.search(r"(\d+)\.(\d+)", told)
    return tuple(map(int, found.groups())) if found else ()


def _said(folder: Path, environ: dict[str, str], *words: str) -> bytes | None:
    import subprocess  # noqa: PLC0415 - most questions do not ask git

    try:
        done = subprocess.run(
            [*_GIT, "-C", str(folder), *words],
            capture_output=True,
            env=environ,
            timeout=LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def quiet(folder: Path) -> dict[str, str]:
    """The environment for a git that asks nobody and takes no lock that it does not need.

    It runs no program that the settings of a repository, which may be anybody's, name as a filter
    of files; those that a person has set for all repositories stay.
    """
    off = {f"{name}.{key}": value for name in _filters(folder) for key, value in _OFF.items()}
    numbered = [*enumerate(off.items())]
    keys = {f"GIT_CONFIG_KEY_{number}": key for number, (key, _) in numbered}
    values = {f"GIT_CONFIG_VALUE_{number}": value for number, (_, value) in numbered}
    return _still() | keys | values | {"GIT_CONFIG_COUNT": str(len(off))}


def _still() -> dict[str, str]:
    environ = {k: v for k, v in environment().items() if not k.startswith("GIT_")}
    return environ | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


@lru_cache
def _filters(folder: Path) -> tuple[str, ...]:
    """The filters that the settings of a repository name, as `filter.NAME`."""
    is_scoped = _version(shutil.which("git")) >= _SCOPED
    keys = _scoped(folder) if is_scoped else _of_repository(folder)
    return tuple({key.rpartition(".")[0]: None for key in keys if key})


def _scoped(folder: Path) -> Iterator[str]:
    told = _settings(folder, "--show-scope")
    return (key for scope, key in zip(told[::2], told[1::2], strict=False) if scope not in _OWN)


def _of_repository(folder: Path) -> list[str]:
    whose = ("--local", "--worktree")
    return [key for one in whose for key in _settings(folder, one, "--includes")]


def _settings(folder: Path, *words: str) -> list[str]:
    told = _said(folder, _still(), "config", *words, *_FILTERS) or b""
    return told.decode("utf-8", "surrogateescape").split("\0")
