"""What a desktop needs to offer the explorer in its menu: an entry and an icon."""

import shutil
import sys
from pathlib import Path

from hamilton_ol.config import environment

NAME = "hamilton-explorer"
ICON = Path(__file__).with_name("icon.svg")
_ENTRY = """[Desktop Entry]
Type=Application
Version=1.4
Name=Hamilton Explorer
GenericName=Lineage explorer
Comment=See what a result is made of, and what a change breaks
Exec={program} %F
Icon={name}
Terminal=false
Categories=Development;
Keywords=hamilton;lineage;openlineage;dataflow;
MimeType=text/x-python;application/x-ndjson;inode/directory;
StartupWMClass={name}
StartupNotify=true
"""


def install() -> list[Path]:
    """Put entry and icon where the desktops of this person look; the files that were written.

    Raises:
        OSError: they cannot be written.
    """
    home = environment().get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    entry = Path(home) / "applications" / f"{NAME}.desktop"
    icon = Path(home) / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    for path in (entry, icon):
        path.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(_ENTRY.format(program=_program(), name=NAME), encoding="utf-8")
    shutil.copyfile(ICON, icon)
    return [entry, icon]


def _program() -> str:
    """How it is started, as the standard for desktop entries quotes it."""
    beside = Path(sys.executable).with_name(NAME)
    found = str(beside) if beside.exists() else shutil.which(NAME) or NAME
    escaped = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in found)
    return f'"{escaped.replace("%", "%%")}"'
