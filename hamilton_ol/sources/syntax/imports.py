"""Which files of a project a module imports, as far as its text says; nothing is imported."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, product
from pathlib import Path

from hamilton_ol.sources.files import module_at

# Looked for and not parsed: it costs no time where there is none, and holds for broken code, too.
_IMPORT = re.compile(
    r"(?:^|;)[ \t]*(?:from[ \t]+(?P<of>\.*[\w.]*)[ \t]+import[ \t]*"
    r"(?P<names>\([^)]*\)|[^\n;#]+)|import[ \t]+(?P<modules>[^\n;#]+))",
    re.MULTILINE,
)
_AS = re.compile(r"\s+as\s+\w+|#[^\n]*|[()\\]")
LARGEST = 5 << 20  # bytes of a file that is looked into


def imported(files: Iterable[Path], places: Sequence[Path]) -> Iterator[Path]:
    """The files that modules import, and those that these import, each once.

    Args:
        files: of the modules; they are not among what is found.
        places: folders that modules are imported from, beside those of each file.
    """
    look = cache(_files)  # most names are imported again and again
    todo = list(files)
    known = {path.absolute() for path in todo}
    while todo:
        path = todo.pop().absolute()
        for name, place in product(_imports_of(path), (module_at(path)[0], *places)):
            for found in look(place.absolute(), name):
                if found not in known:
                    known.add(found)
                    todo.append(found)
                    yield found


def _imports_of(path: Path) -> Iterable[str]:
    """Dotted names of what may be modules."""
    try:
        text = path.read_text("utf-8", "replace") if path.stat().st_size <= LARGEST else ""
    except OSError:
        return ()
    module = module_at(path)[1]
    package = module if path.stem == "__init__" else module.rpartition(".")[0]
    return dict.fromkeys(_names(text, package))


def _names(text: str, package: str) -> Iterator[str]:
    for found in _IMPORT.finditer(text.replace("\\\n", " ")):
        if found["modules"]:
            yield from _AS.sub("", found["modules"]).replace(" ", "").split(",")
            continue
        of = _absolute(found["of"], package)
        yield of
        for name in _AS.sub("", found["names"]).split(","):
            yield f"{of}.{name.strip()}".lstrip(".")


def _absolute(name: str, package: str) -> str:
    """A name without the dots that it begins with: one for the package, more for those around it."""
    rest = name.lstrip(".")
    dots = len(name) - len(rest)
    if not dots:
        return rest
    around = package.split(".") if package else []
    return ".".join([*around[: len(around) - dots + 1], *filter(None, [rest])])


def _files(folder: Path, name: str) -> list[Path]:
    """The files that an import of a name reads, of those in a folder."""
    parts = name.split(".")
    if not all(part.isidentifier() for part in parts):
        return []
    paths = [*accumulate(parts, Path.joinpath, initial=folder)][1:]
    files = [file for path in paths for file in (path.with_suffix(".py"), path / "__init__.py")]
    return [file for file in files if file.is_file()]
