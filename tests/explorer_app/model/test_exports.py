"""What can be saved, as what, and why not."""

from pathlib import Path

import pytest

from explorer_app.model.exports import (
    FORM,
    FORMS,
    MOST_DRAWN,
    file_for,
    file_problem_of,
    form_of,
    problem_of,
)
from hamilton_ol.graphfiles import FORMATS


def test_every_format_of_the_command_line_can_be_saved() -> None:
    assert sorted(FORM) == sorted(FORMATS)
    assert all(form_of(Path(f"a{form.suffix}")) == form for form in FORMS)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "<b>x</b>", "", "a/b\\c", "\u202e\x00", "x" * 999]
)
def test_a_file_stays_in_its_folder_whatever_is_open(name: str, tmp_path: Path) -> None:
    path = file_for(name, FORM["png"], tmp_path)
    assert path.parent == tmp_path
    assert len(path.name) < 80
    assert not file_problem_of(path)


def test_why_it_cannot_be_saved(tmp_path: Path) -> None:
    assert "20,001" in problem_of(FORM["png"], MOST_DRAWN + 1)
    assert not problem_of(FORM["csv"], MOST_DRAWN + 1)
    assert problem_of(FORM["png"], 0) == "Nothing is visible."
    assert "px" in problem_of(FORM["png"], 1, 12)
    assert not problem_of(FORM["svg"], 1, 12)
    assert "no name" in file_problem_of(tmp_path)
    assert "no folder" in file_problem_of(tmp_path / "b" / "a.png")
