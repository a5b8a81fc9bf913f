"""What nobody may see, and where it is kept."""

import copy
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hamilton_ol.errors import SettingError
from hamilton_ol.masking import Masker, clean_url

LONGEST = 1 << 16  # bytes of a file with a token
_HINT = (
    "api_key_env names an environment variable with the token, api_key_file a file; either is read "
    "in each process."
)


class Secret:
    """A text that nobody may see: given literally, or as the place where it is kept.

    It shows where it comes from, never itself. A literal one stays in its process: pickled, only
    that there was one is told.

    Args:
        text: the secret itself.
        variable: name of the environment variable that holds it.
        file: the file that holds it, read anew each time.
    """

    __slots__ = ("_text", "file", "variable")

    def __init__(
        self, text: str | None = None, *, variable: str = "", file: Path | None = None
    ) -> None:
        self._text, self.variable, self.file = text, variable, file

    def read(self) -> str:
        """The secret itself.

        Raises:
            SettingError: it is not where it is said to be, or no header can hold it.
        """
        text = self._found()
        if text and text.isascii() and text.isprintable():
            return text
        what = "holds characters that no header can hold" if text else "is empty"
        raise SettingError(f"The secret from {self.place} {what}", hint=_HINT)

    def _found(self) -> str:
        if self.variable:
            return os.environ.get(self.variable, "").strip()
        if self.file is not None:
            return self._in_file(self.file)
        if self._text is None:
            raise SettingError("A secret that was given in code stayed in its process", hint=_HINT)
        return self._text

    @property
    def is_lost(self) -> bool:
        """Whether it stayed in another process."""
        return self._text is None and not self.variable and self.file is None

    def _in_file(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                return file.read(LONGEST).decode("utf-8-sig", "replace").strip()
        except OSError as error:
            text = f"The file with the token cannot be read: {path}: {error.strerror or error}"
            raise SettingError(text, hint=_HINT) from error

    @property
    def place(self) -> str:
        """Where it comes from."""
        return self.variable or str(self.file or "its setting")

    def __repr__(self) -> str:
        """Where it comes from, never itself."""
        return f"<secret from {self.place}>"

    def __eq__(self, other: object) -> bool:
        """Whether it is the same secret, kept in the same place."""
        return isinstance(other, Secret) and self._known() == other._known()

    def __hash__(self) -> int:
        """By where it comes from."""
        return hash((self.variable, self.file))

    def _known(self) -> tuple[Any, ...]:
        return self._text, self.variable, self.file

    def __reduce__(self) -> tuple[Any, ...]:
        """What goes to another process: where it is kept, not itself."""
        return _kept, (self.variable, self.file)

    def __deepcopy__(self, _memo: object) -> "Secret":
        """Itself: it never changes."""
        return self

    def __copy__(self) -> "Secret":
        """Itself."""
        return self


def _kept(variable: str, file: Path | None) -> Secret:
    return Secret(variable=variable, file=file)


class SecretUrl(Secret):
    """A URL in which something may be secret; it goes to another process only if nothing is."""

    __slots__ = ()

    def read(self) -> str:
        """The URL, which may be empty.

        Raises:
            SettingError: it stayed in the process that it was given to.
        """
        return self._found()

    @property
    def place(self) -> str:
        """The URL without user, password and query."""
        return clean_url(self._text or "")

    def __reduce__(self) -> tuple[Any, ...]:
        """What goes to another process."""
        return SecretUrl, (self._text if self._text == self.place else None,)


class SecretTable:
    """A table in which something may be secret: it shows its keys, never its values.

    It goes to another process only if nothing in it looks secret.

    Args:
        values: the table.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any] | None) -> None:
        self._values = copy.deepcopy(dict(values)) if values is not None else None

    def read(self) -> dict[str, Any]:
        """A copy of the table, which may be changed.

        Raises:
            SettingError: it stayed in the process that it was given to.
        """
        if self._values is None:
            text = "Settings that hold a secret stayed in the process that they were given to"
            raise SettingError(text, hint="Set the target in the environment or in a file.")
        return copy.deepcopy(self._values)

    @property
    def is_lost(self) -> bool:
        """Whether it stayed in another process."""
        return self._values is None

    @property
    def keys(self) -> list[str]:
        """Its keys."""
        return [str(key) for key in self._values or ()]

    def __repr__(self) -> str:
        """Its keys."""
        return f"<table of {', '.join(self.keys) or 'nothing'}>"

    def __eq__(self, other: object) -> bool:
        """Whether it holds the same."""
        return isinstance(other, SecretTable) and self._values == other._values

    def __hash__(self) -> int:
        """By its keys."""
        return hash(tuple(self._values or ()))

    def __reduce__(self) -> tuple[Any, ...]:
        """What goes to another process."""
        return SecretTable, (
            None if self._values and _holds_secret(self._values) else self._values,
        )

    def __deepcopy__(self, _memo: object) -> "SecretTable":
        """Itself: it never changes."""
        return self

    def __copy__(self) -> "SecretTable":
        """Itself."""
        return self


def _holds_secret(values: Mapping[str, Any]) -> bool:
    try:
        text = json.dumps(values, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):  # who knows what it holds
        return True
    return Masker().text(text, len(text) + 1) != text
