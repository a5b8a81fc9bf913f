"""Git repositories for tests."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest


class Repository:
    """A repository in a folder, with its own clock, on by `step` seconds with each command."""

    def __init__(self, folder: Path, step: int = 60) -> None:
        self.folder, self._seconds, self._step = folder, 1_700_000_000, step
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, author: str = "Ada") -> str:
        self._seconds += self._step
        moment = f"{self._seconds} +0000"
        who = {"NAME": author, "EMAIL": f"{author}@example.org", "DATE": moment}
        extra = {f"GIT_{r}_{k}": v for r in ("AUTHOR", "COMMITTER") for k, v in who.items()}
        environ = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=environ | extra | nothing,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str], author: str = "Ada") -> str:
        """Write files and commit them; the full hash."""
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")
        self.git("add", "-A", author=author)
        self.git("commit", "-q", "-m", f"Change {', '.join(files)}", author=author)
        return self.git("rev-parse", "HEAD")


def use_old_git(monkeypatch: pytest.MonkeyPatch, folder: Path, version: str = "2.30.1") -> None:
    """Put a git on the path that takes no settings from its environment, as before 2.31.

    Args:
        monkeypatch: takes it away again.
        folder: for it.
        version: that it says it has; before 2.26 it does not say whose settings are, either.
    """
    unknown = "" if version.startswith(("2.26", "2.3")) else "*--show-scope*) exit 129;;"
    folder.mkdir()
    (folder / "git").write_text(
        f"#!/bin/sh\nunset GIT_CONFIG_COUNT\n"
        f'case "$*" in *version) echo "git version {version}"; exit;; {unknown} esac\n'
        f'exec {shutil.which("git")} "$@"\n',
        encoding="utf-8",
    )
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
