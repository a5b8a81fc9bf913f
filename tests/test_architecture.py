"""What holds for the code as a whole: layers, sizes, what an import costs, and what is in no file."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hamilton_ol.cli.main import COMMANDS
from tests.support.stores import plain_store

ROOT = Path(__file__).parents[1]
PACKAGES = ("hamilton_ol", "explorer_app")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 300, 60


def named(path: Path) -> str:
    """A file as tests are called after it."""
    return path.relative_to(ROOT).as_posix()


# --- layers and sizes ----------------------------------------------------------------------------


def test_a_layer_imports_only_from_below_it() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_long() -> None:
    sizes = {named(path): len(path.read_bytes().splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """(name, lines) of all functions and methods of a module."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{named(path)}: {node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_no_function_is_long() -> None:
    sizes = [found for path in MODULES for found in functions(path)]
    assert [(name, size) for name, size in sizes if size > LONGEST_FUNCTION] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "common", "base", "manager", "misc"}
    assert [named(path) for path in MODULES if path.stem in empty] == []


# --- what an import costs ------------------------------------------------------------------------

HEAVY = {"hamilton", "openlineage", "pandas", "numpy", "networkx", "requests", "sklearn", "scipy"}


def loaded(code: str, *, after: str = "") -> set[str]:
    """Names of the modules that a fresh interpreter loads for some code.

    Args:
        code: what is run.
        after: what is run before, and does not count.
    """
    script = f"""
import sys
{after}
before = set(sys.modules)
{code}
print()
print(*sorted(set(sys.modules) - before))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def tops(names: set[str]) -> set[str]:
    """The packages that modules are in."""
    return {name.partition(".")[0] for name in names}


def test_importing_the_package_loads_nothing_else() -> None:
    found = loaded("import hamilton_ol")
    assert {name for name in found if name.startswith("hamilton_ol")} == {"hamilton_ol"}
    assert tops(found) - sys.stdlib_module_names == {"hamilton_ol"}


def test_a_public_name_loads_only_what_it_needs() -> None:
    found = loaded("from hamilton_ol import HamiltonOLError")
    assert tops(found) & HEAVY == set()
    assert "hamilton_ol.hook" not in found


def test_the_command_line_loads_nothing_heavy() -> None:
    found = loaded("import hamilton_ol.cli.main")
    assert tops(found) & (HEAVY | {"rich"}) == set()
    assert not any(name.startswith("hamilton_ol.mapping") for name in found)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_loads_nothing_heavy(name: str) -> None:
    found = loaded(f"import hamilton_ol.cli.{name}")
    assert tops(found) & (HEAVY | {"rich"}) == set()


@pytest.mark.parametrize("name", ["runs", "show", "events", "stamp"])
def test_a_question_is_answered_without_anything_heavy(store: Path, name: str) -> None:
    words = [name, "--store", str(plain_store(store)), "--json"]
    found = loaded(f"from hamilton_ol.cli.main import main\nmain({words!r})")
    assert tops(found) & (HEAVY | {"rich"}) == set()


RECORDED = """
from hamilton_ol import OpenLineageHook, stamp
hook = OpenLineageHook("job", store={store!r})
driver.Builder().with_modules(flow).with_adapters(hook).build().execute(["a"], inputs={{"x": 1}})
assert stamp()["hamilton_ol.job"] == "job"
assert hook.problems == {{}}, hook.problems
"""


def test_a_recorded_run_loads_nothing_that_a_person_did_not_load(
    store: Path, tmp_path: Path
) -> None:
    (tmp_path / "flow.py").write_text("def a(x: int) -> int:\n    return x\n", encoding="utf-8")
    before = f"sys.path.insert(0, {str(tmp_path)!r})\nimport flow\nfrom hamilton import driver"
    found = loaded(RECORDED.format(store=str(store)), after=before)
    assert "hamilton_ol.store.writer" in found
    assert tops(found) & (HEAVY | {"rich", "click", "http", "ssl", "asyncio"}) == set()
    above = ("hamilton_ol.cli", "hamilton_ol.delivery", "hamilton_ol.demo")
    assert [name for name in found if name.startswith(above)] == []


# --- what is in no file --------------------------------------------------------------------------


def tracked() -> list[Path]:
    """The files of the repository; where there is none, of the folder."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            timeout=60,
        )
    except (OSError, subprocess.CalledProcessError):
        found = [
            path for path in ROOT.rglob("*") if not re.search(r"/(\.|__pyc)", f"/{named(path)}")
        ]
    else:
        found = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [path for path in found if path.is_file()]


# Written so that this file does not hold what it looks for.
PLACES = re.compile(r"(?<![\w.~/-])/(?:hom[e]/\w+|roo[t]\b|wor[k]\b|User[s]/\w+)")
HOSTS = (
    *("pypi_org", "pythonhosted_org", "npmjs_org", "npmjs_com", "crates_io", "anaconda_org"),
    *("docker_io", "quay_io", "proxy_golang_org", "rubygems_org", "jfrog_io"),
)
REGISTRIES = re.compile("|".join([*(h.replace("_", r"\.") for h in HOSTS), "artifactor[y]"]))


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [
        (PLACES, "see /" + "home/ada/x"),
        (PLACES, "'/" + "Users/ada'"),
        (PLACES, "/" + "work/main"),
        (REGISTRIES, "https://pypi" + ".org/simple"),
        (REGISTRIES, "https://x.artif" + "actory.example"),
    ],
    ids=["home", "users", "work", "registry", "mirror"],
)
def test_the_search_finds_what_it_looks_for(pattern: re.Pattern[str], sample: str) -> None:
    assert pattern.search(sample)
    assert not pattern.search("a/work/b ~/home/x https://example.org/root")


@pytest.mark.parametrize("pattern", [PLACES, REGISTRIES], ids=["places", "registries"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    found = [
        f"{named(path)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []
