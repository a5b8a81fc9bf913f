"""Joins the panel of saved queries to the session, and to what is remembered."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from explorer_app.model.savedqueries import SavedQueries, of_project, place_of
from explorer_app.model.session import Session
from explorer_app.qt.savedpanel import SavedPanel
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style
from explorer_app.qt.window import Window
from hamilton_ol.graph.lineage import LineageGraph


class SavedLink(QObject):
    """Which queries have a name where, and the panel that shows them."""

    asked = Signal(str)

    def __init__(self, style: Style, window: Window, settings: Settings) -> None:
        super().__init__(window)
        self._notice, self._settings = window.notice, settings
        self.panel = SavedPanel(style, window)
        self.panel.asked.connect(self.asked)
        self.panel.deleted.connect(self._deleted)

    def queries_of(self, sources: Sequence[str], graph: LineageGraph) -> SavedQueries:
        """Those of what is open: a person's own and the project's."""
        place, keep = place_of(sources, graph), self._settings.save_queries
        own = self._settings.saved_queries(place)
        return SavedQueries(own, of_project(sources), lambda kept: keep(place, kept))

    def show(self, session: Session | None) -> None:
        """Show them; the present query can be given a name."""
        if session is not None and isinstance(session.saved, SavedQueries):
            self.panel.show_queries(session.saved, session.state.query)

    def _deleted(self, saved: SavedQueries, name: str, query: str) -> None:
        """Nothing is lost: what was forgotten can be had again."""

        def undo() -> None:
            self._notice.hide()
            saved.save(name, query)

        choices = [("Undo", undo), ("Close", self._notice.hide)]
        self._notice.say(f"${name} was deleted.", choices)
