"""What can be opened, a form for each: a folder, a file, a revision, a Marquez."""

from PySide6.QtWidgets import QLineEdit, QWidget

from explorer_app.model import sources
from explorer_app.qt.forms import Form, Mode, Words
from explorer_app.qt.style import Style, label

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
REVISION = Words(
    "Which revision?",
    "Modules as they were at a commit, a branch or a tag. Your files are not touched.",
)
MARQUEZ = Words(
    "Which Marquez?",
    "Jobs, datasets and runs are read from the server, and nothing is written to it.",
    "Connect",
    "Connecting …",
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


def revision_form(style: Style, window: QWidget) -> Form:
    """Asks for a revision and a folder."""
    form = Form(style, window, REVISION, lambda: sources.of_revision(name.text(), path.text()))
    name = form.field("Revision", "main, v1.2, HEAD~3")
    path = form.path_field("Folder or file", Mode.Directory)
    return form


class MarquezForm(Form):
    """Asks for a server, and says where a token for it will be."""

    def __init__(self, style: Style, window: QWidget) -> None:
        super().__init__(style, window, MARQUEZ, self._asked)
        self.url = self.field("Address", "http://localhost:5000")
        self.namespace = self.field("Namespace", "all of them")
        self.token = self.field("Token, where the server wants one")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.kept = label(style, "", "meta", "muted", wraps=True)
        self.fields.addWidget(self.kept)
        self.set_keyring("")

    def _asked(self) -> sources.Asked:
        return sources.of_marquez(self.url.text(), self.namespace.text(), self.token.text())

    def set_keyring(self, name: str) -> None:
        """Where tokens are kept on this computer; an empty name for nowhere."""
        self.kept.setText(
            f"It is kept in {name}, once the server has taken it. Leave the field empty to use it."
            if name
            else "There is no keyring on this computer, so the token is kept until you close this "
            "window, and nowhere else."
        )
        self.fit()

    def forget_token(self) -> None:
        """The token was taken: it is not shown any more."""
        self.token.clear()
