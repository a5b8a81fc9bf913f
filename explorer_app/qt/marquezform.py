"""A form for a Marquez: its address, and a token that is used, replaced or deleted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from explorer_app.loading.messages import Keyring
from explorer_app.model import sources
from explorer_app.qt.forms import Form, Words
from explorer_app.qt.style import Style, label
from hamilton_ol.errors import HamiltonOLError
from hamilton_ol.graph.scene.names import shown

MARQUEZ = Words(
    "Which Marquez?",
    "Jobs, datasets and runs are read from the server, and nothing is written to it.",
    "Connect",
    "Connecting …",
)
NO_KEYRING = (
    "There is no keyring on this computer, so the token is kept until you close this window, and "
    "nowhere else."
)
INSTEAD = "Leave the field empty to use it, or write another one to replace it."
DELETED = "The token for this server was deleted."
REFUSED = "The token could not be deleted. The program of {} for its secrets may do it."


class MarquezForm(Form):
    """Asks for a server, and says where a token for it is, or will be."""

    addressed = Signal(str)  # another address is typed; empty for what is none
    forgetting = Signal(str)  # the token for an address is to be deleted

    def __init__(self, style: Style, window: QWidget) -> None:
        super().__init__(style, window, MARQUEZ, self._asked)
        self._keyring, self._deleted = Keyring(""), ""
        self.url = self.field("Address", "http://localhost:5000")
        self.namespace = self.field("Namespace", "all of them")
        self.token = self.field("Token, where the server wants one")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.kept = label(style, "", "meta", "muted", wraps=True)
        self.forget = QPushButton("Delete it")
        self.forget.setAccessibleName("Delete the token that is kept")
        row = QHBoxLayout()
        row.addWidget(self.kept, 1)
        row.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(row)
        self.url.textEdited.connect(lambda _text: self._tell())
        self.url.editingFinished.connect(lambda: self.addressed.emit(self.address))
        self.forget.clicked.connect(self._forget)
        self._tell()

    def open(self) -> None:
        """Show it, with what was typed the last time."""
        self._deleted = ""
        self._tell()
        super().open()

    def _asked(self) -> sources.Asked:
        return sources.of_marquez(self.url.text(), self.namespace.text(), self.token.text())

    @property
    def address(self) -> str:
        """Of the server that is typed; empty where it is none."""
        try:
            return sources.address_of(sources.of_marquez(self.url.text(), "").sources[0])
        except HamiltonOLError:
            return ""

    def set_keyring(self, found: Keyring) -> None:
        """Where tokens are, and whether one for an address is there."""
        self._keyring = found
        self._tell()

    def _tell(self) -> None:
        has_token = self._keyring.has_token and self._keyring.address == self.address
        self.forget.setVisible(has_token)
        self.kept.setText(self._text(has_token=has_token))
        self.fit()

    def _text(self, *, has_token: bool) -> str:
        name = shown(self._keyring.name)
        if self._deleted and self._deleted == self.address:
            return REFUSED.format(name) if has_token else DELETED
        if has_token:
            where = f"kept in {name}" if name else "known until you close this window"
            return f"A token for this server is {where}. {INSTEAD}"
        return f"It is kept in {name}, once the server has taken it." if name else NO_KEYRING

    def _forget(self) -> None:
        self._deleted = self.address
        self.token.clear()
        self.token.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes away
        self.forgetting.emit(self.address)
