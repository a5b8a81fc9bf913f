"""Which files of a project a module imports is in its text."""

from pathlib import Path

import pytest

from hamilton_ol.sources.syntax.imports import imported

FLOW = '''
"""import nothing"""
import os, beside as b, deep.down.here
from shared import (
    one,  # from here
    two as deux,
)
from pkg import part
import late; import \\
    continued
from . import elsewhere

def f():
    from inner import x
    return x
'''


def files(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(folder: Path, name: str, *places: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in imported([folder / name], [folder / place for place in places])
    }


def test_all_ways_to_import_are_seen(tmp_path: Path) -> None:
    names = "beside shared inner late continued deep/__init__ deep/down/__init__ deep/down/here"
    files(
        tmp_path,
        {
            "flow.py": FLOW,
            **{f"{name}.py": "" for name in names.split()},
            "pkg/__init__.py": "",
            "pkg/part.py": "",
            "pkg/other.py": "",
            "nobody.py": "",
        },
    )
    wanted = {f"{name}.py" for name in names.split()}
    assert wanted | {"pkg/__init__.py", "pkg/part.py"} <= found(tmp_path, "flow.py")
    assert found(tmp_path, "flow.py").isdisjoint({"nobody.py", "pkg/other.py", "flow.py"})


def test_what_is_imported_is_followed_and_a_circle_ends(tmp_path: Path) -> None:
    files(tmp_path, {"a.py": "import b", "b.py": "import c", "c.py": "import a\nimport d"})
    assert found(tmp_path, "a.py") == {"b.py", "c.py"}


def test_within_a_package_dots_lead_up(tmp_path: Path) -> None:
    files(
        tmp_path,
        {
            "pkg/__init__.py": "from .one import x",
            "pkg/one.py": "",
            "pkg/sub/__init__.py": "",
            "pkg/sub/flow.py": "from ..two import y\nfrom . import near\nfrom .. import three",
            "pkg/sub/near.py": "",
            "pkg/two.py": "",
            "pkg/three.py": "",
        },
    )
    assert found(tmp_path, "pkg/sub/flow.py") == {
        "pkg/__init__.py",
        "pkg/one.py",
        "pkg/sub/__init__.py",
        "pkg/sub/near.py",
        "pkg/two.py",
        "pkg/three.py",
    }


def test_modules_of_the_project_are_found_from_any_folder_in_it(tmp_path: Path) -> None:
    files(tmp_path, {"flows/flow.py": "import shared", "shared.py": ""})
    assert found(tmp_path, "flows/flow.py") == set()
    assert found(tmp_path, "flows/flow.py", Path()) == {"shared.py"}


@pytest.mark.parametrize(
    "text", ["import", "from x", "import \u202e, ..", "from ....... import a", "\0"]
)
def test_what_means_nothing_leads_nowhere(tmp_path: Path, text: str) -> None:
    files(tmp_path, {"flow.py": text, "x.py": "", "a.py": ""})
    assert found(tmp_path, "flow.py") <= {"x.py", "a.py"}


def test_code_that_does_not_work_still_says_what_it_imports(tmp_path: Path) -> None:
    files(tmp_path, {"flow.py": "import beside\ndef broken(:", "beside.py": ""})
    assert found(tmp_path, "flow.py") == {"beside.py"}


def test_a_file_that_is_gone_imports_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, "flow.py") == set()
