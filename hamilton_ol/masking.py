"""Keeps secrets out of what is recorded.

Four things give a secret away: the name it is kept under, its shape, its place in a URL, and that
the same value stands under such a name elsewhere (a masked input quoted in an error message).
Names of columns, nodes and datasets are structure and never masked for the words in them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, urlsplit

MASK = "***"
SHORTEST = 5  # a value shorter than this would be found in every text

# As a whole word of a key: `auth_header`, not `author`; `sas`, not `visas`.
_WORDS = frozenset({"auth", "cookie", "dsn", "pat", "pwd", "sas", "session", "sig", "signature"})
# Anywhere in a key without its separators.
_PARTS = (
    *("password", "passwd", "passphrase", "credential", "authorization", "bearer"),
    *("apikey", "accesskey", "privatekey", "accountkey", "sharedkey", "signingkey"),
    *("encryptionkey", "connectionstring", "sharedaccesssignature"),
)
_SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")

# Where what stands before the @ is no user, but a container of a storage account.
_CONTAINERS = frozenset({"abfs", "abfss", "wasb", "wasbs"})

_URL = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]*://[^\s'\"<>`]+")
_SHAPES = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}"
    r"|\bxox[abeprs]-[\w-]{10,}|\bAIza[\w-]{30,}|\bya29\.[\w-]{16,}"
    r"|\b[sr]k[-_][\w-]{16,}|\bhf_[A-Za-z0-9]{20,}|\bnpm_[A-Za-z0-9]{20,}"
    r"|\bpypi-[\w-]{20,}|\bdapi[a-f0-9]{32}\b|\bdop_v1_[a-f0-9]{32,}|\bshp(?:at|ss)_[a-f0-9]{20,}"
    r"|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bhvs\.[\w-]{20,}|\b\d{8,10}:AA[\w-]{33}\b"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
    r"|\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}"
    r"|(?<=hooks\.slack\.com/services/)[\w/]+|(?<=discord\.com/api/webhooks/)[\w/-]+",
    re.DOTALL,
)
# What a text must hold for the patterns to find anything: searching for these is far cheaper.
_SHAPE_SIGNS = (
    *("PRIVATE KEY", "AKIA", "ASIA", "gh", "glpat", "xox", "AIza", "ya29", "sk-", "sk_", "rk-"),
    *("rk_", "hf_", "npm_", "pypi-", "dapi", "dop_v1", "shpat", "shpss", "SG.", "hvs.", "eyJ"),
    *("Bearer", "Basic", "hooks.slack", "discord.com", ":AA"),
)
_KEY_SIGNS = (
    *("passw", "passphrase", "secret", "token", "key", "credential", "auth", "cookie", "pat"),
    *("pwd", "sas", "session", "sig"),
)
_KEY = (
    r"(?P<key>(?:(?<![\w.-])[\w.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key"
    r"|private[_-]?key|account[_-]?key|shared[_-]?key|signing[_-]?key|secret[_-]?key"
    r"|credentials?|authorization)|(?<![A-Za-z])(?:auth|cookie|pat|pwd|sas|session(?:[_-]?id)?"
    r"|sig|signature))\b[\"']?)"
)
_QUOTED = r"(?P<quote>[\"'])(?P<quoted>(?:\\.|(?!(?P=quote)).)+)(?P=quote)"
_PAIR = re.compile(
    _KEY + r"(?P<sep>\s*(?:[:=]|=>)\s*)(?:[rbuf]?" + _QUOTED + r"|(?P<bare>[^\s,;&'\")}\]<]+))",
    re.IGNORECASE | re.DOTALL,
)
# Variables of the shell and the desktop whose names only look secret.
_NO_SECRET = re.compile(
    r"^(?:OLD)?PWD$|^(?:XDG_|DESKTOP_|GDM|DBUS_|GNOME_)?SESSION(?!_?(?:KEY|TOKEN|SECRET))"
)
_HARMLESS = frozenset({"none", "null", "true", "false", "str", "int", "bool", "bytes", MASK})


def looks_secret(key: str, more: Iterable[str] = ()) -> bool:
    """Whether the name of a value says that it is secret, as `api_key` and `dbPassword` do."""
    words = [word.lower() for word in _SPLIT.split(key) if word]
    joined = "".join(words)
    return (
        any(word in _WORDS or word.endswith(("token", "secret", "secrets")) for word in words)
        or any(part in joined for part in _PARTS)
        or any(_squeeze(word) in joined for word in more)
    )


def _squeeze(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


def clean_url(url: str) -> str:
    """The URL with its scheme, host, port and path only: no user, password, query or fragment."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        scheme, _, rest = url.partition("://")
        return f"{scheme}://{re.split(r'[?#;]', rest.rpartition('@')[2])[0]}"
    host = f"[{host}]" if ":" in host else host
    if parts.scheme in _CONTAINERS and parts.username:
        host = f"{parts.username}@{host}"
    return f"{parts.scheme}://{host}{port}{parts.path.partition(';')[0]}"


class Masker:
    """Masks texts.

    Args:
        words: more words that make a key secret.
        environ: environment variables; the values of those with a secret-looking name are masked
            wherever they turn up, but for paths and what a desktop session is called.
    """

    def __init__(self, words: Iterable[str] = (), environ: Mapping[str, str] | None = None) -> None:
        self._words = tuple(words)
        self._values: dict[str, None] = {}
        for name, value in (environ or {}).items():
            if self.is_secret(name) and not (_NO_SECRET.search(name) or value.startswith("/")):
                self.hide(value)

    def is_secret(self, key: str) -> bool:
        """Whether a value kept under this name is secret."""
        return looks_secret(key, self._words)

    def hide(self, value: str) -> None:
        """From now on mask this very value wherever it stands."""
        if len(value) >= SHORTEST:
            for form in (value, quote(value, safe=""), repr(value)[1:-1]):
                self._values[form] = None

    def with_values(self, values: Iterable[str]) -> "Masker":
        """A masker that masks these values too."""
        copy = Masker(self._words)
        copy._values = dict(self._values)
        for value in values:
            copy.hide(value)
        return copy

    def text(self, text: str, limit: int = 2000) -> str:
        """Prose, such as a docstring or an error message, masked and cut to `limit` characters."""
        return _cut(_pairs(self._shapes(_cut(text, 4 * limit)), _mask_pair), limit)

    def code(self, text: str) -> str:
        """Source code: as prose, but names that are passed on (`token=token`) stay."""
        return _pairs(self._shapes(text), _mask_literal)

    def location(self, text: str) -> str:
        """A path or URL: no user, password or query; secrets in it masked."""
        return self.text(clean_url(text) if "://" in text else text)

    def _shapes(self, text: str) -> str:
        for value in sorted(self._values, key=len, reverse=True):
            if value in text:
                text = text.replace(value, MASK)
        if "://" in text:
            text = _URL.sub(lambda found: clean_url(found.group()), text)
        if any(sign in text for sign in _SHAPE_SIGNS):
            text = _SHAPES.sub(MASK, text)
        return text.replace("\0", "")


def _pairs(text: str, mask: Callable[[re.Match[str]], str]) -> str:
    lowered = text.lower()
    return _PAIR.sub(mask, text) if any(sign in lowered for sign in _KEY_SIGNS) else text


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _mask_pair(found: re.Match[str]) -> str:
    bare = found["bare"]
    if bare is not None:
        plain = bare.isalpha() if ":" in found["sep"] else False
        if plain or bare.lower().rstrip(".") in _HARMLESS:
            return found.group()
    return _masked(found)


def _mask_literal(found: re.Match[str]) -> str:
    bare = found["bare"]
    if bare is not None and (not re.search(r"\d", bare) or re.search(r"[(\[.]", bare)):
        return found.group()
    return _masked(found)


def _masked(found: re.Match[str]) -> str:
    mark = found["quote"] or ""
    return f"{found['key']}{found['sep']}{mark}{MASK}{mark}"
