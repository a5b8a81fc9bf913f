"""Which files sources are read from, and how one sees that a file has changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from explorer_app.model.places import NO_PATH
from hamilton_ol.config import Settings
from hamilton_ol.errors import HamiltonOLError

Stamp = tuple[int, int]  # when it was changed, ns since the epoch; bytes
MOST, MOST_IMPORTED = 2_000, 400  # files that are watched; those that sources only import
IN_FILES = ("events:", "stamp:")
IN_STORE = ("run:latest", "store")
NOT_HERE = ("run:", "git:", "marquez:")


def stamps(paths: Iterable[str]) -> dict[str, Stamp]:
    """{file: its stamp} of those that are there."""
    found = {}
    for path in paths:
        with suppress(OSError):
            told = Path(path).stat()
            found[path] = told.st_mtime_ns, told.st_size
    return found


def changed(known: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """The stamps of the same files now, and of those of their kind that came beside them."""
    suffixes = {Path(path).suffix for path in known}
    now = dict(known)
    for folder in {Path(path).parent for path in known}:
        with suppress(OSError):
            now |= {str(path): (0, 0) for path in folder.iterdir() if path.suffix in suffixes}
    return stamps(islice(now, MOST))


def watched(sources: Sequence[str], settings: Settings) -> dict[str, Stamp]:
    """{file: its stamp} of all that sources are read from; nothing of what is not in files here.

    Args:
        sources: as of `hamilton_ol.load`.
        settings: name the project's modules, and the store.
    """
    with suppress(HamiltonOLError, *NO_PATH):
        return stamps(islice(map(str, _files(sources, settings)), MOST))
    return {}


def imported_by(sources: Sequence[str], settings: Settings, began: int) -> dict[str, Stamp]:
    """{file: its stamp} of what the modules among sources import of the same project.

    Args:
        sources: as of `hamilton_ol.load`.
        settings: name the project's modules.
        began: when reading them began, ns since the epoch; what has changed since is a change.
    """
    from hamilton_ol.sources.syntax.imports import imported  # noqa: PLC0415 - as in `child`

    with suppress(HamiltonOLError, *NO_PATH):
        # of a folder all modules are watched already
        code = [source for source in _code(sources) if not Path(source).expanduser().is_dir()]
        if code or not sources:
            files = imported(_modules(code, settings), [Path.cwd()])
            found = stamps(map(str, islice(files, MOST_IMPORTED)))
            return {path: at if at[0] < began else (0, 0) for path, at in found.items()}
    return {}


def _code(sources: Sequence[str]) -> list[str]:
    """The sources that are code; none at a revision, whose files are not here."""
    if any(source.startswith("git:") for source in sources):
        return []
    return [
        source
        for source in sources
        if not source.startswith((*IN_FILES, *NOT_HERE))
        and source not in IN_STORE
        and not source.endswith(".json")
    ]


def _files(sources: Sequence[str], settings: Settings) -> Iterator[Path]:
    if any(source.startswith("git:") for source in sources):
        return
    code = _code(sources)
    if code or not sources:
        yield from _modules(code, settings)
    for source in sources:
        if source in IN_STORE:
            yield from _segments(settings)
        elif source.startswith(IN_FILES) or source.endswith(".json"):
            path = Path(source.partition(":")[2] if source.startswith(IN_FILES) else source)
            yield from (p.absolute() for p in (path.iterdir() if path.is_dir() else [path]))


def _modules(code: Sequence[str], settings: Settings) -> Iterator[Path]:
    from hamilton_ol.sources.loading import project_modules  # noqa: PLC0415 - as in `child`
    from hamilton_ol.sources.syntax.finding import sources_of  # noqa: PLC0415

    references, folder = (code, Path.cwd()) if code else project_modules(settings)
    for source in sources_of(references, folder):
        yield source.path.absolute()


def _segments(settings: Settings) -> Iterator[Path]:
    from hamilton_ol.store.location import SEGMENTS, find  # noqa: PLC0415

    days = sorted((find(settings.store) / SEGMENTS).iterdir())
    yield from (days[-1].iterdir() if days else ())
