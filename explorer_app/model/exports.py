"""What can be saved of a graph, and as what."""

import re
from pathlib import Path
from typing import NamedTuple

from explorer_app.model.places import is_folder
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graphfiles import SUFFIXES


class Form(NamedTuple):
    """A format.

    Attributes:
        id: of `graphfiles.FORMATS`.
        title: what it is called.
        suffix: of its files.
        is_drawn: whether it is a picture.
        is_sized: whether a picture has so many px.
    """

    id: str
    title: str
    suffix: str
    is_drawn: bool = False
    is_sized: bool = False


FORMS = (
    Form("png", "PNG", ".png", is_drawn=True, is_sized=True),
    Form("svg", "SVG", ".svg", is_drawn=True),
    Form("html", "HTML", ".html", is_drawn=True),
    Form("dot", "DOT", ".dot"),
    Form("mermaid", "Mermaid", ".mmd"),
    Form("json", "JSON", ".json"),
    Form("csv", "CSV", ".csv"),
)
FORM = {form.id: form for form in FORMS}
WIDTHS = (320, 16_000)  # px of a picture
USUAL = 2880  # px
MOST_DRAWN = 20_000  # nodes; nobody can read a picture of more

_UNSAFE = re.compile(r"[^\w.-]+")


def file_for(name: str, form: Form, folder: Path) -> Path:
    """A file that what is open may be saved as."""
    plain = _UNSAFE.sub("_", name)[:60].strip("._") or "dataflow"
    return folder / f"{plain}{form.suffix}"


def form_of(path: Path) -> Form | None:
    """The format that a file's name ends in."""
    return FORM.get(SUFFIXES.get(path.suffix.lower(), ""))


def problem_of(form: Form, nodes: int, wide: int = USUAL) -> str:
    """Why it cannot be saved as that; an empty text if it can.

    Args:
        form: that it is to have.
        nodes: how many are saved.
        wide: px of a picture.
    """
    least, most = WIDTHS
    if not nodes:
        return "Nothing is visible."
    if form.is_drawn and nodes > MOST_DRAWN:
        return (
            f"A picture of {nodes:,} nodes cannot be read. Ask for at most {MOST_DRAWN:,}, such as a "
            "module or 3+model, or choose JSON or CSV."
        )
    if form.is_sized and not least <= wide <= most:
        return f"A picture is {least} to {most:,} px wide."
    return ""


def file_problem_of(path: Path) -> str:
    """Why it cannot be saved there; an empty text if it can."""
    if not path.name or is_folder(path):
        return "The file has no name."
    if not is_folder(path.parent):
        return f"There is no folder {shown(str(path.parent))}."
    return ""
