"""The command that opens a file at a line."""

import pytest

from explorer_app.model.editor import command_of, in_terminal, template_of

FILE = "/srv/a b/flow.py"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("code", ["code", "--goto", f"{FILE}:12"]),
        ("/opt/bin/code --wait", ["/opt/bin/code", "--wait", "--goto", f"{FILE}:12"]),
        ("subl -n", ["subl", "-n", f"{FILE}:12"]),
        ("pycharm", ["pycharm", "--line", "12", FILE]),
        ("emacsclient -c", ["emacsclient", "-c", "+12", FILE]),
        ("mine --at {line} {file}", ["mine", "--at", "12", FILE]),
        ("'my editor' '{file}#{line}'", ["my editor", f"{FILE}#12"]),
        ("other", ["other", FILE]),
    ],
)
def test_each_editor_is_told_the_line_in_its_way(template: str, words: list[str]) -> None:
    assert command_of(template, FILE, 12) == words


def test_nothing_in_a_path_is_read_as_a_word_or_a_command() -> None:
    file = "/tmp/$(touch x); `y` {line} 'z\".py"
    assert command_of("code", file, 3)[-1].startswith("/tmp/$(touch x); `y` ")
    assert len(command_of("code", file, 3)) == 3


@pytest.mark.parametrize("template", ["", "  ", "code 'x"])
def test_what_names_no_program_is_an_error(template: str) -> None:
    with pytest.raises(ValueError, match=r"editor|quotation"):
        command_of(template, FILE, 1)


def test_the_setting_comes_before_the_environment() -> None:
    environ = {"VISUAL": "code", "EDITOR": "vi"}
    assert template_of("subl", environ) == "subl"
    assert template_of("", environ) == "code"
    assert template_of("", {"EDITOR": "vi"}) == "vi"
    assert template_of("", {}) == ""


def test_an_editor_of_the_terminal_gets_one() -> None:
    vim = ["vim", "+3", FILE]
    assert in_terminal(vim, {"xterm": "/bin/xterm"}) == ["/bin/xterm", "-e", *vim]
    gnome = {"gnome-terminal": "/bin/gnome-terminal"}
    assert in_terminal(vim, gnome) == ["/bin/gnome-terminal", "--", *vim]
    assert in_terminal(vim, {}) == []
    assert in_terminal(["code", FILE], {}) == ["code", FILE]
