"""Names that say that what is kept under them is secret."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

LONGEST = 200  # characters of a name that are looked at, its last ones

# Anywhere in a name without its separators.
_PARTS = (
    *("password", "passwd", "passphrase", "passcode", "credential", "authorization", "bearer"),
    *("apikey", "accesskey", "privatekey", "accountkey", "sharedkey", "signingkey", "secretkey"),
    *("encryptionkey", "storagekey", "consumerkey", "subscriptionkey", "connectionstring"),
    *("sharedaccesssignature", "apitoken", "accesstoken", "authtoken", "refreshtoken"),
)
# As one word of a name, or two words that follow each other.
_WORDS = frozenset(
    {"pw", "pwd", "jwt", "otp", "secretaccess", "connstr", "appkey", "sshkey", "sshpass"}
    | {"deploykey", "fernetkey", "hmackey", "masterkey", "privkey", "licensekey", "pgpass"}
    | {"dbpass", "userpass", "smtppass", "mysqlpass", "ftppass", "mailpass", "emailpass"}
    | {"adminpass", "rootpass", "redispass", "proxypass", "httppass", "ldappass", "loginpass"}
)
# The same, but of words that mean other things too: `session`, not `sessions`; `sas`, not `visas`.
_AMBIGUOUS = frozenset({"auth", "oauth", "cookie", "dsn", "sas", "session", "sig", "signature"})
_ENDINGS = ("token", "secret", "secrets")  # of a word: `tokenizer` and `secretary` are none
# What a name that ends so is about, is not the secret itself: `token_limit`, `auth_type`.
_ABOUT = frozenset(
    {"count", "counts", "limit", "limits", "length", "len", "size", "age", "ttl", "timeout", "days"}
    | {"hours", "minutes", "seconds", "expiry", "rate", "ratio", "budget", "version", "type"}
    | {"method", "mode", "policy", "enabled", "required", "column", "columns", "col", "cols"}
    | {"field", "fields"}
)
_SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")


def looks_secret(key: str, more: Iterable[str] = ()) -> bool:
    """Whether the name of a value says that it is secret, as `api_key` and `dbPassword` do.

    Args:
        key: the name.
        more: further words that do, wherever they stand in it.
    """
    return _verdict(key[-LONGEST:])[0] or any(squeeze(word) in squeeze(key) for word in more)


def is_ambiguous(key: str) -> bool:
    """Whether all that makes a name look secret may mean something else: `session`, `auth`."""
    return _verdict(key[-LONGEST:])[1]


def squeeze(name: str) -> str:
    """The name without case and separators."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


@lru_cache(4096)
def _verdict(key: str) -> tuple[bool, bool]:
    """(looks secret, but only for a word that means other things too)."""
    words = [word.lower() for word in _SPLIT.split(key) if word]
    if not words or (words[-1] in _ABOUT and len(words) > 1):
        return False, False
    joined = "".join(words)
    units = {*words, *map("".join, pairwise(words))}
    is_certain = (
        not units.isdisjoint(_WORDS)
        or any(part in joined for part in _PARTS)
        or any(word.endswith(_ENDINGS) for word in words)
    )
    is_hinted = words[-1] == "pat" or not _AMBIGUOUS.isdisjoint(words)  # `pat_id` is a patient's
    return is_certain or is_hinted, is_hinted and not is_certain
