"""What holds for the code as a whole: layers, sizes, what an import costs, and what is in no file."""

import ast
import json
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


SMALL = """
from hamilton_ol.graph.layout import Edges, Sheet, arrange
sheet = Sheet([str(n) for n in range(90)], edges=Edges(range(89), range(1, 90)))
arrange(sheet, previous=arrange(sheet))
"""


def test_a_small_layout_needs_nothing_large_of_scipy() -> None:
    found = loaded(SMALL)
    assert "numpy" in found
    assert found & {"scipy.sparse", "scipy.optimize", "scipy.linalg"} == set()


def test_the_explorer_starts_its_processes_before_anything_heavy_is_loaded() -> None:
    start = "import explorer_app.__main__\nassert 'explorer_app.loading.early' in sys.modules"
    assert tops(loaded(start)) & (HEAVY | {"PySide6"}) == set()


def test_a_process_of_the_explorer_loads_what_it_is_for() -> None:
    assert tops(loaded("import explorer_app.loading.child")) & HEAVY == set()
    arranging = loaded("import explorer_app.loading.arranging")
    others = ("hamilton_ol.sources", "hamilton_ol.store", "hamilton_ol.mapping")
    assert [name for name in arranging if name.startswith(others)] == []
    reading = loaded("import explorer_app.loading.reading")
    assert tops(reading) & HEAVY == {"numpy"}
    assert not any(name.startswith("hamilton_ol.graph.layout") for name in reading)


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


CLIENT = """
from hamilton_ol.config import resolve
from hamilton_ol.delivery.transports import open_transport
from tests.support.servers import Target
with Target() as target:
    (spec,) = resolve({{"targets": [{target}]}}).targets
    transport = open_transport(spec)
    transport.send(b'{{"eventType": "START"}}')
    transport.close()
"""


def test_a_target_over_http_does_without_the_client_of_openlineage() -> None:
    found = loaded(CLIENT.format(target="target.url"), after=f"sys.path.insert(0, {str(ROOT)!r})")
    assert "hamilton_ol.delivery.http" in found
    assert tops(found) & (HEAVY | {"attr", "yaml", "httpx2", "confluent_kafka"}) == set()
    assert "urllib.request" not in found


def test_any_other_transport_loads_the_client_when_it_is_opened_and_not_before(
    tmp_path: Path,
) -> None:
    target = {"transport": {"type": "file", "log_file_path": str(tmp_path / "events")}}
    resolved = f"from hamilton_ol.config import resolve\nresolve({{'targets': {target!r}}})"
    assert "openlineage" not in tops(loaded(resolved))
    opened = CLIENT.format(target=repr(target)).replace("    transport.send", "    # ")
    found = loaded(opened, after=f"sys.path.insert(0, {str(ROOT)!r})")
    assert {"openlineage", "requests"} <= tops(found)


def test_a_recorded_run_with_a_target_over_http_loads_no_client(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "flow.py").write_text("def a(x: int) -> int:\n    return x\n", encoding="utf-8")
    target = {"transport": {"type": "console"}}
    monkeypatch.setenv(
        "HAMILTON_OL_TARGETS", json.dumps({"log": target, "m": "http://localhost:1"})
    )
    before = f"sys.path.insert(0, {str(tmp_path)!r})\nimport flow\nfrom hamilton import driver"
    found = loaded(RECORDED.format(store=str(store)), after=before)
    assert "hamilton_ol.config.targets" in found
    assert tops(found) & (HEAVY | {"yaml"}) == set()


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
