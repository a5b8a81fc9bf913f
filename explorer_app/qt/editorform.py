"""A form for the program that opens source text."""

import shutil
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from explorer_app.model.editor import command_of, template_of
from explorer_app.qt.forms import Form, Words
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style, label
from hamilton_ol.config import environment
from hamilton_ol.errors import SettingError
from hamilton_ol.graph.scene.names import shown

EDITOR = Words(
    "Which editor?",
    "It opens the function of a node, at its line (E). {file} and {line} say where these go, for a "
    "program that is not known here.",
    "Save",
    "Saving …",
)
EXAMPLE = "flow.py", 12
HINT = "A program as one types it into a terminal, with quotes in pairs: code, or nvim, or pycharm."
Find = Callable[[str], str | None]


class EditorForm(Form):
    """Asks for a command, and shows what becomes of it.

    Args:
        style: colours and fonts.
        window: it comes over.
        settings: keep it.
        find: the file of a program, None where there is none.
    """

    def __init__(
        self, style: Style, window: QWidget, settings: Settings, find: Find = shutil.which
    ) -> None:
        super().__init__(style, window, EDITOR, self._command)
        self._settings, self._find = settings, find
        self.command = self.field("Command", "code")
        self.becomes = label(style, "", "meta", "muted", wraps=True)
        self.fields.addWidget(self.becomes)
        self.command.textChanged.connect(self._tell)
        self.submitted.connect(self._save)

    def open(self) -> None:
        """Show it with what is used now."""
        self.command.setText(self._settings.editor)
        self._tell()
        super().open()

    def _tell(self) -> None:
        """What would be started now."""
        template = template_of(self.command.text().strip(), environment())
        where = "" if self.command.text().strip() else ", as $VISUAL or $EDITOR says"
        text = "Without one the system's own program for such files is used."
        try:
            if template:
                text = f"Runs {shown(' '.join(command_of(template, *EXAMPLE)), 300)}{where}."
        except ValueError:
            text = "The quotes of this command are not in pairs yet."
        self.becomes.setText(text)
        self.fit()

    def _command(self) -> str:
        """What is typed.

        Raises:
            SettingError: it cannot be started.
        """
        template = self.command.text().strip()
        if not template:
            return ""
        try:
            program = command_of(template, *EXAMPLE)[0]
        except ValueError as error:
            raise SettingError(f"This is no command: {error}", hint=HINT) from error
        if self._find(program) is None:
            raise SettingError(f"There is no program called {shown(program)} here", hint=HINT)
        return template

    def _save(self, template: str) -> None:
        self._settings.editor = template
        self.say("")
        self.close_panel()
