"""What is remembered from one time to the next."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from explorer_app.model.places import home, is_folder

VERSION = 1
MOST_RECENT = 12


class Forgetful:
    """Values that are read as they are kept, but for what was done before; none is written.

    Args:
        store: where they are kept.
    """

    PAST = frozenset({"recent", "geometry", "panes", "theme"})

    def __init__(self, store: QSettings) -> None:
        self._store, self._new = store, dict[str, Any]()

    def value(self, key: str, default: object = None) -> Any:
        """A value; the default where there is none."""
        if key in self._new or key in self.PAST:
            return self._new.get(key, default)
        return self._store.value(key, default)

    def setValue(self, key: str, value: object) -> None:
        """Keep it until the program ends."""
        self._new[key] = value


class Settings:
    """Named values of this person on this machine.

    Args:
        store: where they are kept.

    Attributes:
        is_still: whether the system wants little to move, unless a person said otherwise.
    """

    def __init__(self, store: QSettings | Forgetful) -> None:
        self._store = store
        self.is_still = False
        told = str(store.value("version", "") or "")
        if not (told.isdecimal() and int(told) > VERSION):  # a newer program goes on with its own
            store.setValue("version", VERSION)

    @property
    def problem(self) -> str:
        """Why nothing is remembered; empty where it is."""
        if isinstance(self._store, Forgetful):
            return ""
        self._store.sync()
        if self._store.status() != QSettings.Status.AccessError:  # what has no form is written anew
            return ""
        name = self._store.fileName()
        return f"Nothing is remembered: {name} cannot be written, or there is no room for it."

    def _texts(self, key: str) -> list[str]:
        found: Any = self._store.value(key, [])
        return [found] if isinstance(found, str) else list(map(str, found or ()))

    @property
    def trusted(self) -> list[Path]:
        """Folders whose code may run."""
        return [Path(text) for text in self._texts("trusted")]

    def trust(self, folders: Sequence[Path]) -> None:
        """Their code may run from now on."""
        known = dict.fromkeys([*self._texts("trusted"), *map(str, folders)])
        self._store.setValue("trusted", list(known))

    @property
    def recent(self) -> list[tuple[str, tuple[str, ...], float]]:
        """(name, sources, when: seconds since the epoch) of what was opened, the newest first."""
        found = []
        for text in self._texts("recent"):
            with suppress(ValueError):  # the file may have been written by hand
                when, name, *sources = text.split("\n")
                found.append((name, tuple(sources), float(when)))
        return found

    def opened(self, name: str, sources: Sequence[str]) -> None:
        """Something was opened; it is the first of the recent ones now."""
        line = "\n".join((str(round(time.time())), name.replace("\n", " "), *sources))
        rest = [t for t in self._texts("recent") if t.split("\n")[2:] != list(sources)]
        self._store.setValue("recent", [line, *rest][:MOST_RECENT])

    def saved_queries(self, place: str) -> dict[str, str]:
        """{name: query} of a source, by `model.savedqueries.place_of` it."""
        pairs = (text.partition("\n") for text in self._texts(f"queries/{place}"))
        return {name: query for name, _, query in pairs}

    def save_queries(self, place: str, queries: Mapping[str, str]) -> None:
        """Keep them."""
        lines = [f"{name}\n{query}" for name, query in queries.items()]
        self._store.setValue(f"queries/{place}", lines)

    def pins(self, place: str) -> list[str]:
        """Places that were chosen for the cards of a source, by `model.pins`."""
        return self._texts(f"pins/{place}")

    def keep_pins(self, place: str, texts: Sequence[str]) -> None:
        """Keep them."""
        self._store.setValue(f"pins/{place}", list(texts))

    @property
    def editor(self) -> str:
        """The program that opens source text; empty for that of the environment."""
        return str(self._store.value("editor", "") or "")

    @editor.setter
    def editor(self, template: str) -> None:
        self._store.setValue("editor", template)

    @property
    def is_new(self) -> bool:
        """Whether nobody has been shown the first steps."""
        return not self._store.value("tour", "")

    def keep_tour(self) -> None:
        """The first steps were shown."""
        self._store.setValue("tour", "shown")

    @property
    def export_folder(self) -> Path:
        """Where files are saved, unless somebody says otherwise: where the last one was."""
        found = Path(str(self._store.value("export_folder", "") or home()))
        return found if is_folder(found) else home()

    @export_folder.setter
    def export_folder(self, folder: Path) -> None:
        self._store.setValue("export_folder", str(folder))

    @property
    def theme(self) -> str:
        """`light`, `dark`, or empty to follow the system."""
        return str(self._store.value("theme", "") or "")

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def watches(self) -> bool:
        """Whether what is open is read again when its files change."""
        return str(self._store.value("watches", "yes")) != "no"

    @watches.setter
    def watches(self, wanted: bool) -> None:
        self._store.setValue("watches", "yes" if wanted else "no")

    @property
    def moves(self) -> bool:
        """Whether the graph flies from view to view."""
        return str(self._store.value("moves", "no" if self.is_still else "yes")) != "no"

    @moves.setter
    def moves(self, wanted: bool) -> None:
        self._store.setValue("moves", "yes" if wanted else "no")

    def geometry(self, key: str) -> QByteArray:
        """Bytes that a widget once gave; empty if it never did."""
        found = self._store.value(key)
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep_geometry(self, key: str, value: QByteArray) -> None:
        """Keep them."""
        self._store.setValue(key, value)
