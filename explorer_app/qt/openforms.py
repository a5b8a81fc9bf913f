"""Forms that ask for a folder or a file to open."""

from PySide6.QtWidgets import QWidget

from explorer_app.model import sources
from explorer_app.qt.forms import Form, Mode, Words
from explorer_app.qt.style import Style

EVENTS = "Events, graphs, stamps, modules (*.ndjson *.jsonl *.json *.gz *.log *.txt *.py)"
FOLDER = Words(
    "Which modules?",
    "A folder, or a file, of Python with Hamilton functions. No run is needed, and nothing runs "
    "before you trust the folder.",
)
FILE = Words(
    "Which file?",
    "OpenLineage events of any producer, one JSON object on a line, also gzipped; a graph or a "
    "stamp in JSON; a module of Python.",
)


def folder_form(style: Style, window: QWidget) -> Form:
    """Asks for modules."""
    form = Form(style, window, FOLDER, lambda: sources.of_folder(path.text()))
    path = form.path_field("Folder or file", Mode.Directory)
    return form


def file_form(style: Style, window: QWidget) -> Form:
    """Asks for a file."""
    form = Form(style, window, FILE, lambda: sources.of_file(path.text()))
    path = form.path_field("File", Mode.ExistingFile, (EVENTS, "All files (*)"))
    return form
