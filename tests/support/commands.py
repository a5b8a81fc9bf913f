"""Runs the command line: in this process for speed, on a terminal, or as a person would."""

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.cli.main import main

#: Runs `hamilton-ol` in this process.
Cli = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


def call(arguments: tuple[object, ...]) -> int:
    """The exit code of `hamilton-ol` with these arguments."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


class InProcess:
    """Runs `hamilton-ol` in this process, with its output in pipes.

    Args:
        capsys: catches the output.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Done:
        self._capsys.readouterr()
        code = call(arguments)
        captured = self._capsys.readouterr()
        return Done(code, captured.out, captured.err)


def on_terminal(
    monkeypatch: pytest.MonkeyPatch, *arguments: object, columns: int = 160
) -> tuple[int, str]:
    """(exit code, all that a terminal gets) of `hamilton-ol` in this process."""
    master, slave = os.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as terminal, monkeypatch.context() as patched:
        shown = _Reader(master)
        patched.setattr(sys, "stdout", terminal)
        patched.setattr(sys, "stderr", terminal)
        patched.setenv("COLUMNS", str(columns))
        patched.setenv("TERM", "xterm-256color")
        patched.delenv("NO_COLOR", raising=False)
        code = call(arguments)
        terminal.flush()
    return code, shown.text()


class _Reader:
    """Reads a terminal's other side, so that its buffer never fills."""

    def __init__(self, master: int) -> None:
        self._master, self._data = master, io.BytesIO()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:  # what Linux says when the last writer is gone
                data = b""
            if not data:
                os.close(self._master)
                return
            self._data.write(data)

    def text(self) -> str:
        self._thread.join(30)
        return self._data.getvalue().decode()


def command(*arguments: object) -> list[str]:
    """The words that start `hamilton-ol` in a process of its own."""
    return [sys.executable, "-m", "hamilton_ol.cli.main", *map(str, arguments)]


def environ() -> dict[str, str]:
    """The environment of a person: with buffers, and what a test set."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def in_process_of_its_own(*arguments: object, cwd: Path | None = None) -> Done:
    """`hamilton-ol` as a person starts it."""
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=cwd,
        env=environ(),
    )
    return Done(done.returncode, done.stdout, done.stderr)
