"""Which modules are in files and folders."""

from collections.abc import Iterator
from pathlib import Path

_NO_DATAFLOW = frozenset({"conftest", "setup", "__main__", "__init__"})


def modules_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """(folder to import from, name) of the modules in a folder, without tests and hidden ones."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).parts
        is_hidden = any(part.startswith((".", "__")) for part in parts[:-1])
        is_test = path.stem in _NO_DATAFLOW or path.stem.startswith("test_")
        if not (is_hidden or is_test or "tests" in parts[:-1]):
            yield module_at(path)


def module_at(path: Path) -> tuple[Path, str]:
    """(folder to import from, name) of the module in a file, within its packages."""
    names, folder = [path.stem] if path.stem != "__init__" else [], path.parent
    while (folder / "__init__.py").is_file():
        names.insert(0, folder.name)
        folder = folder.parent
    return folder, ".".join(names)
