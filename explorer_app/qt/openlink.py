"""Joins the forms that ask for something to open to what opens it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer_app.loading.messages import Failed, Keyring
from explorer_app.model.places import here, is_there
from explorer_app.model.sources import Asked
from explorer_app.qt import openforms
from explorer_app.qt.forms import Form
from explorer_app.qt.marquezform import MarquezForm
from explorer_app.qt.revisionform import RevisionForm
from explorer_app.qt.runform import RunForm
from explorer_app.qt.style import Style

if TYPE_CHECKING:
    from explorer_app.qt.explorer import Explorer


class OpenLink(QObject):
    """The forms, and which of them waits for something to be open.

    Args:
        style: colours and fonts.
        explorer: opens things.

    Attributes:
        forms: {id of a command: the form that it shows}.
    """

    def __init__(self, style: Style, explorer: "Explorer") -> None:
        super().__init__(explorer)
        self._explorer, window = explorer, explorer.window
        self.runs = RunForm(style, window, window.tables.runs)
        self.revision, self.marquez = RevisionForm(style, window), MarquezForm(style, window)
        self.forms: dict[str, Form] = {
            "open-folder": openforms.folder_form(style, window),
            "open-file": openforms.file_form(style, window),
            "open-run": self.runs,
            "open-revision": self.revision,
            "open-marquez": self.marquez,
        }
        for form in self.forms.values():
            form.submitted.connect(self._submitted)
            form.stopped.connect(explorer.opening.cancel)
        background = explorer.background
        background.foundKeyring.connect(self._found_keyring)
        background.foundReferences.connect(self.revision.set_references)
        self.revision.pathChosen.connect(background.find_references)
        self.marquez.addressed.connect(background.find_keyring)
        self.marquez.forgetting.connect(self._forget)
        background.finished.connect(lambda: self.runs.look(is_on=background.is_busy))

    def show(self, command: str) -> None:
        """Show the form of a command; what it lists is looked for meanwhile."""
        self._suggest()
        self.forms[command].open()
        if command == "open-run":
            self.runs.look(is_on=True)
            self._explorer.background.list_runs()
        elif command == "open-marquez":
            self._explorer.background.find_keyring(self.marquez.address)

    def _found_keyring(self, found: Keyring) -> None:
        """What no keyring has the window itself may know."""
        if not found.has_token and found.address in self._explorer.opening.tokens:
            found = Keyring("", found.address, has_token=True)
        self.marquez.set_keyring(found)

    def _forget(self, address: str) -> None:
        self._explorer.opening.tokens.forget(address)
        self._explorer.background.forget_token(address)

    def _suggest(self) -> None:
        """A revision is most likely one of what is open, else of what is here."""
        path = self.revision.path
        opened = self._explorer.opened
        code = [s for s in (opened.sources if opened else ()) if is_there(Path(s))]
        if not path.text():
            path.setText(code[0] if code else str(here()))

    @property
    def _waiting(self) -> Form | None:
        return next((form for form in self.forms.values() if form.is_waiting), None)

    def _submitted(self, asked: Asked) -> None:
        self._explorer.open(asked.sources, token=asked.token)

    def opened(self) -> None:
        """It is open: nobody waits any more."""
        form = self._waiting
        if form is not None:
            form.say("")
            form.close_panel()
            self.marquez.token.clear()

    def stopped(self) -> None:
        """Something else stopped it: what was typed can be sent again."""
        if self._waiting is not None:
            self._waiting.say("")

    def tells(self, failed: Failed) -> bool:
        """Whether a form is there to say what went wrong; it does."""
        form = self._waiting
        if form is None or not form.isVisible():
            return False
        form.say(failed.message, failed.hint)
        return True
