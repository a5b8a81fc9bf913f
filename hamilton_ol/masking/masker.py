"""Puts together what gives secrets away, and remembers the secrets themselves."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, quote_plus

from hamilton_ol.masking.keys import is_ambiguous, looks_secret
from hamilton_ol.masking.shapes import HARMLESS, MASK, mask_shapes
from hamilton_ol.masking.urls import clean_url, clean_urls, secrets_of

SHORTEST = 5  # a value shorter than this would be found in every text
LONGEST = 100_000  # nobody quotes a value that is longer than this
LONGEST_WORD = 16  # a value of letters only, up to this length, is a word that texts use too
SOURCE = "source"  # the tag that names a dataset, whose name is structure
AHEAD = 4  # so many times the limit of a text is masked before it is cut

# What a text must hold for a name to be secret: searching for these is far cheaper.
_SIGNS = (
    *("pass", "secret", "token", "key", "credential", "auth", "cookie", "pat", "bearer", "pw"),
    *("sas", "session", "sig", "jwt", "otp", "dsn", "conn"),
)
# Variables of the shell and the desktop whose names only look secret, and paths.
_HARMLESS = r"(?:OLD)?PWD\Z|(?:XDG_|DESKTOP_|GDM|DBUS_|GNOME_)?SESSION(?!_?(?:KEY|TOKEN|SECRET))"
_PATH = r"/(?:[a-z]+|Users|Library|Volumes)(?:/[\w.@+ -]*)+\Z"


class Masker:
    """Masks texts.

    Args:
        words: more words that make a key secret.
        environ: environment variables; the values of those with a secret-looking name, but for
            paths and what a desktop session is called, and the passwords in URLs are masked
            wherever they turn up.
    """

    def __init__(self, words: Iterable[str] = (), environ: Mapping[str, str] | None = None) -> None:
        self._more = tuple(words)
        self._forms: dict[str, None] = {}
        self._words: dict[str, None] = {}
        for name, value in (environ or {}).items():
            if self.is_secret(name) and not (re.match(_HARMLESS, name) or re.match(_PATH, value)):
                self._remember(value)
            self._remember(*secrets_of(value))
        self._arrange()

    def is_secret(self, key: str) -> bool:
        """Whether a value kept under this name is secret."""
        return looks_secret(key, self._more)

    def with_values(self, values: Iterable[str]) -> "Masker":
        """A masker that masks these values too, wherever they stand, and the passwords in them."""
        copy = Masker(self._more)
        copy._forms, copy._words = dict(self._forms), dict(self._words)
        for value in values:
            copy._remember(value, *secrets_of(value))
        copy._arrange()
        return copy

    def text(self, text: str, limit: int = 2000) -> str:
        """Prose, such as a docstring or an error message, masked and cut to `limit` characters."""
        plain = _plain(text)
        whole = _beginning(plain, AHEAD * limit)
        masked = self._pairs(self._shapes(self._hidden_words(whole)), self.is_secret)
        if len(whole) == len(plain) and len(masked) <= limit:
            return masked
        return masked[: limit - 1].removesuffix("…") + "…"

    def code(self, text: str) -> str:
        """Source code: as prose, but names that are passed on (`token=token`) stay."""
        return self._pairs(
            self._shapes(self._hidden_words(_plain(text))), self.is_secret, is_code=True
        )

    def location(self, text: str) -> str:
        """A path or URL: no user, password or query; secrets in it masked."""
        text = self._shapes(clean_url(_plain(text)))
        return self._pairs(text, self._is_certain) if "=" in text else text

    def kept(self, key: str, text: str) -> str:
        """A text that is kept under a name, such as a tag's value."""
        if self.is_secret(key):
            return text if text.lower() in HARMLESS else MASK
        return self.location(text) if key.lower() == SOURCE else self.text(text)

    # --- steps ---------------------------------------------------------------------------------

    def _remember(self, *values: str) -> None:
        for value in map(_plain, values):
            if not SHORTEST <= len(value) <= LONGEST or value == MASK:
                continue
            if value.isalpha() and len(value) <= LONGEST_WORD:
                self._words[value] = None
            else:
                forms = (value, quote(value, safe=""), quote_plus(value))
                escaped = (repr(value)[1:-1], json.dumps(value)[1:-1])
                self._forms |= dict.fromkeys((*forms, *escaped))

    def _arrange(self) -> None:
        """The longest first, because one may be a part of another."""
        self._values = sorted(self._forms, key=len, reverse=True)
        words = "|".join(map(re.escape, self._words))
        self._word = re.compile(rf"(?<!\w)(?:{words})(?!\w|://)") if words else None

    def _hidden_words(self, text: str) -> str:
        """A value that is a word is masked as a whole word only: `train`, but not in `training`."""
        if self._word is not None and any(map(text.__contains__, self._words)):
            return self._word.sub(MASK, text)
        return text

    def _shapes(self, text: str) -> str:
        for value in self._values:
            if value in text:
                text = text.replace(value, MASK)
        return mask_shapes(clean_urls(text))

    def _pairs(self, text: str, is_secret: Callable[[str], bool], *, is_code: bool = False) -> str:
        lowered = text.lower()
        if not (self._more or any(map(lowered.__contains__, _SIGNS))):
            return text
        # Here, on no thread of a dataflow: compiling its patterns takes longer than all the rest.
        from hamilton_ol.masking.pairs import mask_code, mask_prose  # noqa: PLC0415

        return (mask_code if is_code else mask_prose)(text, is_secret)

    def _is_certain(self, key: str) -> bool:
        """For structure, where `session=2024` is a part of a name."""
        return self.is_secret(key) and not is_ambiguous(key)


def _plain(text: str) -> str:
    """The text without what JSON or a consumer cannot hold: NUL, and halves of characters."""
    if "\0" in text:
        text = text.replace("\0", "")
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode()


def _beginning(text: str, limit: int) -> str:
    """The beginning of a text, cut between words, so that no part of a secret is left over."""
    if len(text) <= limit:
        return text
    end = max(text.rfind(" ", limit // 2, limit), text.rfind("\n", limit // 2, limit))
    return text[: end if end > 0 else limit]
