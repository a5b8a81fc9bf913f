"""Paths that a person typed, or that were there once: any text, of which nothing is raised."""

from pathlib import Path

#: What is raised for a path that leads in a circle, is too long, or is nobody's to look at.
NO_PATH = OSError, ValueError, RuntimeError


def path_of(text: str) -> Path:
    """The path that a text is, from the home where it begins with a ~ that is one."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def real(text: str, folder: Path) -> Path | None:
    """Where a path leads, from a folder; None for what is no path, such as a link to itself."""
    try:
        path = (folder / Path(text).expanduser()).resolve()
        path.is_dir()
    except NO_PATH:
        return None
    return path


def is_there(path: Path) -> bool:
    """Whether there is a file or folder, as far as one can see."""
    try:
        return path.exists()
    except NO_PATH:
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder, as far as one can see."""
    try:
        return path.is_dir()
    except NO_PATH:
        return False


def home() -> Path:
    """The home of this person; the current folder where there is none, as in some containers."""
    try:
        return Path.home()
    except RuntimeError:
        return here()


def here() -> Path:
    """The current folder; the topmost where it is not there any more."""
    try:
        return Path.cwd()
    except OSError:
        return Path("/")
