"""Which modules are in files and folders."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from hamilton_ol.errors import DataflowError

LONGEST = 200  # characters of a source that are told
_NO_DATAFLOW = frozenset({"conftest", "setup", "__main__", "__init__"})


def check_path(text: str, source: str, hint: str) -> None:
    """See that a text can be the name of something; whether that is there is another question.

    Raises:
        DataflowError: it cannot, such as one that leads in a circle, or is too long.
    """
    try:
        Path(text).expanduser().stat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise DataflowError(f"{source[:LONGEST]!r} cannot be read: {why}", hint=hint) from error


def check_here() -> None:
    """See that the current folder is there.

    Raises:
        DataflowError: it was deleted.
    """
    try:
        Path.cwd()
    except OSError as error:
        raise DataflowError(
            f"The current folder cannot be read: {error.strerror}",
            hint="Start again in one that is there.",
        ) from error


def check_there(references: Sequence[str], folder: Path) -> None:
    """See that files and folders are there.

    Args:
        references: `module:pkg.mod`, which only an import can find, or paths.
        folder: where paths begin.

    Raises:
        DataflowError: one is neither a folder nor a file of Python.
    """
    for reference in references:
        path = folder / Path(reference).expanduser()
        is_code = path.is_dir() or (path.is_file() and path.suffix == ".py")
        if not (is_code or reference.startswith("module:")):
            raise DataflowError(
                f"There is no Python file or folder {reference!r}",
                hint="A source is a file, a folder, module:NAME, run:ID or run:latest.",
            )


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
