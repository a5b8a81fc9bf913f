"""URLs without what lets somebody in: rebuilt from scheme, host, port and path."""

import re
from urllib.parse import unquote

from hamilton_ol.masking.keys import looks_secret

# Where what stands before the @ is no user, but a container of a storage account.
_CONTAINERS = frozenset({"abfs", "abfss", "wasb", "wasbs"})
# Where an @ in a path is nothing special. Elsewhere it ends a password that holds a slash.
_PATHS = frozenset(
    {"http", "https", "ws", "wss", "ftp", "sftp", "ssh", "git", "file", "hdfs", "webhdfs", "gs"}
    | {"s3", "s3a", "s3n", "dbfs"}
)
# A user may hold a quote, when an @ follows before the quotation can have ended.
_TAIL = r"(?:(?:[^\s/@'\"<>`]|['\"<>`](?![\s,:;)\]}.]))*+@)?+[^\s'\"<>`]*+"
_URL = r"(?<![A-Za-z0-9+.-])[A-Za-z0-9+.-]*+://" + _TAIL
_CHAIN = r"::(?=[A-Za-z][A-Za-z0-9+.-]*+://)"  # `zip://a.csv::https://host/a.zip`
_HOSTS = r"(?:(?:\[[^\]]*+\]|[^:\s,]*+)(?::\d*+)?(?:,|\Z))+"
_PAIR = r"([\w.-]++)\s*+=\s*+([^;&\s]++)"
_INNER_USER = r"://[^/@\s]*+@"


def clean_url(url: str) -> str:
    """The URL with its scheme, host, port and path only: no user, password, query or fragment."""
    return "::".join(map(_clean, re.split(_CHAIN, url)))


def clean_urls(text: str) -> str:
    """The text with every URL in it cleaned."""
    return re.sub(_URL, lambda found: clean_url(found.group()), text) if "://" in text else text


def secrets_of(text: str) -> list[str]:
    """The secrets that a URL or a connection string holds: its password, and those with a name."""
    scheme, found, rest = text.partition("://")
    password = _split_user(scheme, rest)[0].partition(":")[2] if found else ""
    named = [value for key, value in re.findall(_PAIR, text) if looks_secret(key)]
    return [form for value in (password, *named) if value for form in (value, unquote(value))]


def _clean(url: str) -> str:
    scheme, found, rest = url.partition("://")
    if not found:
        return url
    user, rest = _split_user(scheme, rest)
    if user and scheme.lower() in _CONTAINERS:
        rest = f"{user.partition(':')[0]}@{rest}"
    path = re.split(r"[?#;]", rest, maxsplit=1)[0]
    return f"{scheme}://{re.sub(_INNER_USER, '://', path)}"


def _split_user(scheme: str, rest: str) -> tuple[str, str]:
    """(user and password, what follows the @); a password may hold what should be escaped."""
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" in authority:
        end = authority.rindex("@")
    elif ":" in authority:
        end = _suspect(scheme, authority, rest).rfind("@")
    else:
        end = -1
    return (rest[:end], rest[end + 1 :]) if end >= 0 else ("", rest)


def _suspect(scheme: str, authority: str, rest: str) -> str:
    """The part in which an @ would show that what looked like a port begins a password."""
    if re.fullmatch(_HOSTS, authority) is None:
        return rest
    return "" if scheme.lower() in _PATHS else re.split(r"[?#]", rest, maxsplit=1)[0]
