"""Commands that only a window can do: dialogs, the clipboard, panes."""

from collections.abc import Callable, Sequence
from copy import copy
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from explorer_app.model import table
from explorer_app.model.words import counted
from explorer_app.qt.aside import Task

if TYPE_CHECKING:
    from explorer_app.qt.explorer import Explorer


class WindowCommands:
    """What the commands without a query do.

    Args:
        explorer: what they act on.
    """

    def __init__(self, explorer: "Explorer") -> None:
        self._explorer, self._window = explorer, explorer.window

    def calls(self) -> dict[str, Callable[[], object]]:
        """{id of a command: what it does}."""
        explorer, window, canvas = self._explorer, self._window, self._window.canvas
        return {
            **{name: partial(explorer.forms.show, name) for name in explorer.forms.forms},
            "open-latest": lambda: explorer.open(("run:latest",)),
            "open-sample": explorer.opening.open_sample,
            "reload": explorer.reloading.reload,
            "watch": explorer.reloading.turn,
            "cancel": self._cancel,
            "start": self._go_to_start,
            "export": lambda: explorer.exports.ask(explorer.session, explorer.name),
            "quit": window.close,
            "copy-name": self._copy_name,
            "copy-query": self._copy_query,
            "copy-csv": partial(self._copy_table, table.as_csv),
            "copy-markdown": partial(self._copy_table, table.as_markdown),
            "copy-picture": lambda: explorer.exports.copy(explorer.session),
            "save-query": lambda: explorer.saved.show(explorer.session),
            "query": explorer.top.query.start_editing,
            "palette": explorer.palette.open,
            "editor": lambda: explorer.editing.open_source(explorer.session),
            "choose-editor": explorer.editor.open,
            "pin": self._turn_pin,
            "frame": canvas.frame_selected,
            "fit": canvas.fit,
            "actual-size": lambda: canvas.zoom_to(1.0),
            "minimap": lambda: canvas.setMinimapVisible(not canvas.state.with_minimap),
            "navigator": lambda: self._toggle("navigator"),
            "inspector": lambda: self._toggle("inspector"),
            "tables": lambda: self._toggle("tables"),
            "panes": window.reset_panes,
            "theme": self._other_theme,
            "motion": self._turn_motion,
            "keys": explorer.keys.open,
            "language": explorer.language.open,
            "tour": lambda: explorer.tour.begin(explorer.session),
        }

    def _toggle(self, dock: str) -> None:
        pane = self._window.docks[dock]
        pane.setVisible(not pane.isVisible() and self._window.is_started)

    def _go_to_start(self) -> None:
        self._window.show_start()
        self._explorer.actions.refresh()

    def _cancel(self) -> None:
        self._explorer.opening.cancel()
        self._explorer.reloading.stopped()
        self._explorer.forms.stopped()

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._window.statusBar().showMessage(f"Copied {counted(len(text), 'character')}.", 4000)

    def _copy_table(self, written: Callable[[Sequence[table.Row]], str]) -> None:
        """As it is now, whatever is done with it while it is being written."""
        nodes = self._window.tables.nodes
        nodes.aside.run(len(nodes.rows), Task(partial(written, copy(nodes.rows)), self._copy))

    def _turn_pin(self) -> None:
        session = self._explorer.session
        if session is not None and session.focus >= 0:
            self._explorer.scenes.turn_pin(session.focus)

    def _copy_name(self) -> None:
        session = self._explorer.session
        if session is not None and session.focus >= 0:
            self._copy(session.graph.nodes[session.focus].name)

    def _copy_query(self) -> None:
        if self._explorer.session is not None:
            self._copy(self._explorer.session.state.query)

    def _turn_motion(self) -> None:
        settings = self._explorer.settings
        settings.moves = not settings.moves
        self._window.canvas.setReducedMotion(not settings.moves)
        told = (
            "flies to what is shown next" if settings.moves else "does not move by itself any more"
        )
        self._window.statusBar().showMessage(f"The graph {told}.", 4000)

    def _other_theme(self) -> None:
        other = "light" if self._explorer.style.theme.name == "dark" else "dark"
        self._explorer.settings.theme = other
        self._explorer.style.choose("light" if other == "light" else "dark")
