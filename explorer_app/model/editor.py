"""The command that opens a file at a line, for the editors that people use; never a shell's."""

import shlex
from collections.abc import Mapping
from pathlib import PurePath

FILE, LINE = "{file}", "{line}"
#: How programs are told a line, after their own words.
_FORMS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("code", "code-insiders", "codium", "cursor", "windsurf"): ("--goto", f"{FILE}:{LINE}"),
    ("subl", "zed", "hx", "helix", "micro"): (f"{FILE}:{LINE}",),
    ("pycharm", "charm", "idea", "pycharm.sh"): ("--line", LINE, FILE),
    ("kate", "kwrite", "gedit"): ("--line", LINE, FILE),
    ("vi", "vim", "nvim", "gvim", "nano", "emacs", "emacsclient", "mg"): (f"+{LINE}", FILE),
}
#: Those that need a terminal around them.
TERMINAL = frozenset({"vi", "vim", "nvim", "nano", "hx", "helix", "micro", "mg"})
_TERMINALS = ("x-terminal-emulator", "gnome-terminal", "konsole", "xterm")


def template_of(setting: str, environ: Mapping[str, str]) -> str:
    """What a person set, else $VISUAL, else $EDITOR; empty for none."""
    return setting or environ.get("VISUAL", "") or environ.get("EDITOR", "")


def command_of(template: str, file: str, line: int) -> list[str]:
    """The program and its words.

    Args:
        template: a program with words of its own; `{file}` and `{line}` say where these go, if the
            program is none of those that are known.
        file: absolute path.
        line: counted from one.

    Raises:
        ValueError: the template is empty, or its quotes do not end.
    """
    words = shlex.split(template)
    if not words:
        raise ValueError("no editor is named")
    if not any(FILE in word for word in words):
        name = PurePath(words[0]).name
        form = next((form for names, form in _FORMS.items() if name in names), (FILE,))
        words += form
    return [word.replace(FILE, file).replace(LINE, str(max(line, 1))) for word in words]


def in_terminal(command: list[str], there: Mapping[str, str | None]) -> list[str]:
    """The command in a window of its own, if it needs a terminal and one is there.

    Args:
        command: as `command_of` gives it.
        there: {name of a terminal: its program, or None}.
    """
    if PurePath(command[0]).name not in TERMINAL:
        return command
    program = next((found for name in _TERMINALS if (found := there.get(name))), None)
    if program is None:
        return []
    flag = "--" if program.endswith("gnome-terminal") else "-e"
    return [program, flag, *command]


def terminals() -> tuple[str, ...]:
    """Names of terminals that are looked for."""
    return _TERMINALS
