"""The command line as a whole."""

import os
import signal
import socket
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

import pytest

import hamilton_ol
from hamilton_ol.cli.main import COMMANDS
from tests.support.commands import InProcess, command, environ, in_process_of_its_own, on_terminal
from tests.support.servers import rude_target
from tests.support.stores import plain_store, run_lines, segment


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_command_and_says_how_to_begin(cli: InProcess, option: str) -> None:
    done = cli(option)
    assert (done.code, done.err) == (0, "")
    listed = [line.split()[0] for line in done.out.splitlines() if line.startswith("  ")]
    assert [name for name in listed if name in COMMANDS] == list(COMMANDS)
    assert "OpenLineageHook" in done.out
    assert "hamilton-ol demo" in done.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_json(cli: InProcess, name: str) -> None:
    done = cli(name, "--help")
    text = " ".join(done.out.split())
    assert (done.code, done.err) == (0, "")
    assert "--json" in text or name == "explore"  # a window is no document
    assert text.startswith(f"Usage: hamilton-ol {name}")


@pytest.mark.parametrize("name", ["show", "events", "push", "stamp"])
def test_help_says_what_run_is(cli: InProcess, name: str) -> None:
    text = " ".join(cli(name, "--help").out.split())
    assert "RUN is the id of a run, the beginning of one, or `latest`" in text


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version(cli: InProcess, option: str) -> None:
    assert cli(option).out == f"hamilton-ol, version {hamilton_ol.__version__}\n"


def test_without_a_command_there_is_help_and_the_exit_code_of_wrong_usage(cli: InProcess) -> None:
    done = cli()
    assert (done.code, done.out) == (2, "")
    assert "Commands:" in done.err


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("rnus", "There is no command 'rnus'. Is 'runs' meant?"),
        ("event", "There is no command 'event'. Is 'events' meant?"),
        ("xyz", "No such command 'xyz'."),
    ],
)
def test_a_command_that_there_is_not(cli: InProcess, word: str, told: str) -> None:
    done = cli(word)
    assert (done.code, done.out) == (2, "")
    assert f"Error: {told}" in done.err
    assert "hamilton-ol --help" in done.err


@pytest.mark.parametrize("words", [["runs", "--colour"], ["runs", "-n", "x"], ["show", "a", "b"]])
def test_wrong_usage(cli: InProcess, words: list[str]) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (2, "")
    assert "Usage: hamilton-ol " in done.err


def test_the_list_says_the_same_as_the_commands(cli: InProcess) -> None:
    for name, does in COMMANDS.items():
        help_text = import_module(f"hamilton_ol.cli.{name}").command.help
        assert help_text.split()[:2] == does.split()[:2]


# --- as a person starts it -----------------------------------------------------------------------


def test_a_process_of_its_own_prints_and_ends_well(store: Path) -> None:
    done = in_process_of_its_own("runs", "--store", plain_store(store), "--json")
    assert (done.code, done.err) == (0, "")
    assert done.document[0]["job"] == "titanic"


def test_a_failure_is_no_traceback(store: Path) -> None:
    done = in_process_of_its_own("show", "--store", store)
    assert (done.code, done.out) == (6, "")
    assert done.err.startswith("Error: There is no store")


def test_a_reader_that_has_seen_enough_is_no_failure(store: Path) -> None:
    """As `hamilton-ol events | head -1`: more is written than a pipe holds."""
    plain = [f"node_number_{number}" for number in range(400)]
    segment(store, *run_lines(nodes=plain))
    with subprocess.Popen(
        command("events", "--store", store),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"eventType":"START"')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_reader_that_was_never_there_is_no_failure(store: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        done = subprocess.run(
            command("runs", "--store", plain_store(store)),
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
            env=environ(),
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", ["runs", "show", "stamp --json", "events"])
def test_a_closed_output_is_no_failure(store: Path, words: str) -> None:
    started = " ".join(command(*words.split(), "--store", plain_store(store)))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{started} >&-"],
        capture_output=True,
        check=False,
        timeout=60,
        env=environ(),
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_under_the_output_is_a_sentence(store: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("events", "--store", plain_store(store)),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
            env=environ(),
        )
    assert done.returncode == 70
    assert done.stderr == "Error: the output could not be written: No space left on device\n"


def test_ctrl_c_ends_with_a_word(store: Path) -> None:
    is_asked = threading.Event()

    def talk(_connection: socket.socket, over: threading.Event) -> None:
        is_asked.set()
        over.wait(60)

    with (
        rude_target(talk) as url,
        subprocess.Popen(
            command("push", "latest", "--to", url, "--store", plain_store(store)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert is_asked.wait(60)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "\nStopped.\n")


@pytest.mark.parametrize("name", ["runs", "show", "config"])
def test_a_process_on_a_terminal_draws(
    store: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    code, shown = on_terminal(monkeypatch, name, "--store", plain_store(store))
    assert code == 0
    assert "──" in shown


def test_the_installed_program_is_this_one() -> None:
    program = Path(sys.executable).with_name("hamilton-ol")
    done = subprocess.run([program, "--version"], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode() == f"hamilton-ol, version {hamilton_ol.__version__}\n"
