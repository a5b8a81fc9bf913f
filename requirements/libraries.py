"""Sees to the system libraries that Qt is linked with: checks, installs on Debian, or says how.

Wheels of Qt bring everything else. What is missing shows as an ImportError only when Qt is used,
so `make` asks first.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

# File that the loader looks for -> package that holds it in Debian and its relatives. Read off the
# NEEDED entries of QtGui and of the platform plug-ins of PySide6-Essentials 6.11.
DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
NEEDS = {"drawing": DRAWING, "window": DRAWING | WINDOW}


def is_there(name: str) -> bool:
    """Whether the loader finds a library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing(need: str) -> dict[str, str]:
    """The libraries that are not there, with the Debian package of each."""
    if sys.platform != "linux":
        return {}
    return {name: package for name, package in NEEDS[need].items() if not is_there(name)}


def installer() -> list[str] | None:
    """How to call apt-get without a question being asked; None where that cannot be done."""
    apt = shutil.which("apt-get")
    if apt is None or not Path("/etc/debian_version").exists():
        return None
    if os.geteuid() == 0:
        return [apt]
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return [sudo, "-n", apt]
    return None


def install(command: list[str], packages: list[str]) -> None:
    """Install packages; what apt-get complains about is shown."""
    print(f"Installing {' '.join(packages)} ...", file=sys.stderr)
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*command, *quiet, "update"], check=False, stdout=subprocess.DEVNULL)
    wanted = ["install", "--yes", "--no-install-recommends", *packages]
    subprocess.run([*command, *quiet, *wanted], check=False, stdout=subprocess.DEVNULL)


def advice(absent: dict[str, str]) -> str:
    """What is missing, and how a person gets it."""
    packages = " ".join(sorted(set(absent.values())))
    return (
        f"Qt needs libraries that this system has not got: {', '.join(absent)}.\n"
        f"Debian, Ubuntu:  sudo apt-get install {packages}\n"
        "Elsewhere: install the packages that hold these files, then run make again."
    )


def main(need: str) -> int:
    """0 when everything that Qt needs for `need` is there."""
    absent = missing(need)
    command = installer() if absent else None
    if command:
        install(command, sorted(set(absent.values())))
        absent = missing(need)
    if absent:
        print(advice(absent), file=sys.stderr)
    return 1 if absent else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
