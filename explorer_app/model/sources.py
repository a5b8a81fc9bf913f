"""From what a person types, picks or drops to sources that can be read."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from explorer_app.model import places
from explorer_app.model.places import is_folder, path_of
from hamilton_ol.errors import DataflowError
from hamilton_ol.masking import clean_url

EVENTS = (".ndjson", ".jsonl", ".gz", ".log")
PEEKED = 65_536  # bytes at the beginning of a file that tell what it is
#: {text that a JSON file of this kind has near its beginning: kind}
KINDS = {'"hamilton_ol.run_id"': "stamp:", '"eventType"': "events:", '"eventTime"': "events:"}
MARQUEZ = "marquez:"


class Asked(NamedTuple):
    """What a person wants to open.

    Attributes:
        sources: as of `hamilton_ol.load`.
        token: for a Marquez; it is shown and written nowhere.
    """

    sources: tuple[str, ...]
    token: str = ""

    def __repr__(self) -> str:
        """Without the token."""
        return f"Asked({self.sources!r})"


def source_of(path: str) -> str:
    """What a file or folder is opened as: what is no Python is events, a stamp or a graph."""
    place = Path(path)
    if path.endswith(EVENTS):
        return f"events:{path}"
    if path.endswith(".json"):
        return f"{_kind_of(place)}{path}"
    has_events = is_folder(place) and _has_events(place) and not any(place.rglob("*.py"))
    return f"events:{path}" if has_events else path


def _kind_of(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            beginning = file.read(PEEKED)
    except OSError:
        return ""
    return next((kind for text, kind in KINDS.items() if text in beginning), "")


def _has_events(folder: Path) -> bool:
    try:
        return any(path.name.endswith(EVENTS) for path in folder.iterdir())
    except OSError:  # it is nobody's to look into; whoever reads it says so
        return False


def of_folder(text: str) -> Asked:
    """A folder, or a file, of Python.

    Raises:
        DataflowError: there is none.
    """
    path = _path(text, "Which folder?", "Type its path, or choose it with Browse.")
    if not is_folder(path) and path.suffix != ".py":
        raise DataflowError(
            f"{path.name} is no file of Python.", hint="Other files have a dialog of their own."
        )
    return Asked((str(path),))


def of_file(text: str) -> Asked:
    """A file of events, a graph, a stamp, or a module.

    Raises:
        DataflowError: there is none.
    """
    path = _path(text, "Which file?", "Type its path, or choose it with Browse.")
    return Asked((source_of(str(path)),))


def of_revision(revision: str, text: str) -> Asked:
    """A folder or file as it was at a revision.

    Raises:
        DataflowError: a part is missing, or means nothing.
    """
    if not revision.strip():
        hint = "A branch, a tag or a commit: main, v1.2, HEAD~3."
        raise DataflowError("Which revision?", hint=hint)
    path = _path(text, "Which folder?", "The modules in it are read as they were.", exists=False)
    return Asked((f"git:{revision.strip()}", str(path)))


def of_marquez(url: str, namespace: str, token: str = "") -> Asked:
    """What a Marquez knows.

    Raises:
        DataflowError: that is no address, or there is a secret in it.
    """
    text, hint = url.strip(), "It is usually http://localhost:5000."
    if not text:
        raise DataflowError("Which address?", hint=hint)
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        is_address = False
    if not is_address:
        raise DataflowError(f"{clean_url(text)} is no address of a server.", hint=hint)
    if clean_url(text) != text:
        said = "An address has no password and no key in it: they would be seen."
        raise DataflowError(said, hint="Write a token into its own field.")
    if "#" in text or "#" in namespace:
        raise DataflowError("There is no # in an address or a namespace.", hint=hint)
    end = f"#{namespace.strip()}" if namespace.strip() else ""
    return Asked((f"{MARQUEZ}{text.rstrip('/')}{end}",), token.strip())


def _path(text: str, question: str, hint: str, *, exists: bool = True) -> Path:
    if not text.strip():
        raise DataflowError(question, hint=hint)
    path = path_of(text).absolute()
    if exists and not places.is_there(path):
        near = next(parent for parent in path.parents if places.is_there(parent))
        raise DataflowError(f"There is no {path}.", hint=f"The nearest that is there is {near}.")
    return path


def address_of(source: str) -> str:
    """Where a Marquez is, without what is secret in it; empty for any other source."""
    if not source.startswith(MARQUEZ):
        return ""
    return clean_url(source.removeprefix(MARQUEZ).partition("#")[0]).rstrip("/")


def remembered(source: str) -> str:
    """A source as it may be written down and shown: an address without what is secret in it."""
    if not source.startswith(MARQUEZ):
        return source
    namespace = source.partition("#")[2]
    return f"{MARQUEZ}{address_of(source)}{'#' if namespace else ''}{namespace}"


def is_there(source: str) -> bool:
    """Whether a source is there; of what is not a path that is not known, so it may be."""
    scheme, sign, rest = source.partition(":")
    if source == "store" or (sign and scheme not in {"events", "stamp"} and len(scheme) > 1):
        return True
    return places.is_there(path_of(rest if sign and len(scheme) > 1 else source))
