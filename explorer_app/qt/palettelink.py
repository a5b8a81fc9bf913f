"""Joins the palette to the window: what can be gone to, and going there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer_app.model.palette import Choice, Finder
from explorer_app.qt.palettepanel import PalettePanel

if TYPE_CHECKING:
    from explorer_app.qt.explorer import Explorer


class PaletteLink(QObject):
    """The palette, and what becomes of a choice.

    Args:
        explorer: what is gone to.
    """

    def __init__(self, explorer: "Explorer") -> None:
        super().__init__(explorer.window)
        self._explorer, self._window = explorer, explorer.window
        self.panel = PalettePanel(explorer.style, explorer.window, self._finder)
        self.panel.picked.connect(self._picked)

    def _finder(self) -> Finder:
        rows = self._window.tables.runs.rows
        runs = {key: f"{texts[4]} {texts[2]}, {texts[1]}" for key, texts in rows}
        return Finder(self._explorer.session, runs)

    def _picked(self, choice: Choice) -> None:
        explorer = self._explorer
        match choice.kind:
            case "command":
                explorer.actions[choice.key].trigger()
            case "node":
                explorer.gestures.go_to(int(choice.key))
            case "query":
                explorer.ask(choice.key)
            case "run":
                explorer.pick_run(choice.key)
