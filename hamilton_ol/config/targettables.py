"""From a target as it is written, an address or a table, to what it means."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from hamilton_ol import parsing
from hamilton_ol.config.addresses import Address, completed, parse_exactly
from hamilton_ol.config.clienttransports import address_of, target_tables
from hamilton_ol.config.secret import Secret, SecretTable, SecretUrl
from hamilton_ol.config.table import GRANULARITIES, LEVELS, PROFILES
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.errors import SettingError
from hamilton_ol.masking import Masker, looks_secret

Table = Mapping[str, Any]
ARGUMENT = "argument"
HINT = "Give the address of your Marquez, for example http://localhost:5000"
LONGEST = 40  # characters of a wrong key that are repeated
INSECURE = (
    "a token may not go to another machine without TLS: expected https, or allow_insecure_token"
)

_TRUSTED = "Where you trust the network, set the target in pyproject.toml with allow_insecure_token = true."


def _table(value: object) -> Table:
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return value
    raise ValueError("a table")


def _url(value: object) -> str:
    """What may be an address; it is looked at together with other keys."""
    if isinstance(value, str):
        return value
    raise ValueError("an address")


def _variable(value: object) -> str:
    name = parsing.text(value)
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) and Masker().text(name) == name:
        return name
    raise ValueError("the name of an environment variable, not a token itself")


def _headers(value: object) -> Mapping[str, str]:
    table = parsing.mapping(value)
    for name, text in table.items():
        if not _NAME.fullmatch(name) or not (text.isascii() and text.isprintable()):
            raise ValueError("names and values that a request can hold")
        if name.lower() in _OURS:
            raise ValueError(f"no {name}, which the sender sets")
    return table


_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OURS = frozenset({"content-length", "content-encoding", "transfer-encoding", "host", "connection"})


#: {key of a target's table: its parser}
KEYS: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {
        "url": _url,
        "endpoint": parsing.text,
        "transport": _table,
        "granularity": parsing.choice(*GRANULARITIES),
        "profile": parsing.choice(*PROFILES),
        "send_level": parsing.choice(*LEVELS),
        "sample": parsing.share,
        "mirror_tags": parsing.flag,
        "api_key": parsing.text,
        "api_key_env": _variable,
        "api_key_file": parsing.path,
        "auth": _table,
        "allow_insecure_token": parsing.flag,
        "ca_file": parsing.path,
        "client_cert": parsing.path,
        "client_key": parsing.path,
        "verify": parsing.flag,
        "proxy": _url,
        "headers": _headers,
        "compression": parsing.choice("gzip", "none"),
        "timeout": parsing.timeout,
        "connect_timeout": parsing.timeout,
        "send_timeout": parsing.timeout,
        "answer_timeout": parsing.timeout,
        "total_timeout": parsing.timeout,
    }
)
_TOKENS = ("api_key", "api_key_env", "api_key_file", "auth")
_TIMEOUTS = ("connect_timeout", "send_timeout", "answer_timeout", "total_timeout")
_ONLY_HTTP = (
    *("endpoint", "mirror_tags", *_TOKENS, "allow_insecure_token", "ca_file", "client_cert"),
    *("client_key", "verify", "proxy", "headers", "compression", *_TIMEOUTS[:2]),
)
_PATHS = ("api_key_file", "ca_file", "client_cert", "client_key")


def read_target(
    name: str,
    written: object,
    origin: str,
    *,
    folder: Path | None = None,
    known: Mapping[str, str] = MappingProxyType({}),
) -> list[TargetSpec]:
    """A target as it is written; several where it is a composite transport.

    Args:
        name: what it is called.
        written: an address, or a table with `url` or `transport`.
        origin: where it is written.
        folder: where relative paths begin; by default the current folder.
        known: {value: environment variable that holds it}.

    Raises:
        ValueError: with what was expected of which key; never with what was written.
    """
    values = _values({"url": written} if isinstance(written, str) else written, folder)
    if "transport" not in values:
        return [_over_http(name, origin, values)]
    if "url" in values:
        raise ValueError("expected a url or a transport, not both")
    transport, found = values.pop("transport"), []
    for inner, table in target_tables(name, transport, known):
        more = values | _values(table, folder)
        found.append((_otherwise if "transport" in more else _over_http)(inner, origin, more))
    return found


def target_of(written: str | Mapping[str, Any], name: str = "target") -> TargetSpec:
    """One target.

    Args:
        written: an address, or a table with `url` or `transport`.
        name: what it is called.

    Raises:
        SettingError: it means nothing, or is several.
    """
    try:
        found = read_target(name, written, ARGUMENT)
    except ValueError as error:
        hint = _TRUSTED if str(error) == INSECURE else HINT
        raise SettingError(f"The target cannot be used: {error}", hint=hint) from None
    if len(found) != 1:
        raise SettingError("This is not one target: several transports, or none", hint=HINT)
    return found[0]


def _values(table: object, folder: Path | None) -> dict[str, Any]:
    """{key: value as it is meant}."""
    if not isinstance(table, Mapping):
        raise ValueError("expected an address, or a table with url or transport")  # noqa: TRY004
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise ValueError(f"there is no such key as {str(key)[:LONGEST]!r}{_meant(str(key))}")
        try:
            values[key] = KEYS[key](_anchored(value, folder) if key in _PATHS else value)
        except ValueError as error:
            raise ValueError(f"{key}: expected {error}") from None
    return values


def _anchored(value: object, folder: Path | None) -> object:
    """A path begins at the file that it stands in."""
    is_relative = isinstance(value, str) and value != "" and not value.startswith("~")
    return folder / str(value) if folder is not None and is_relative else value


def _meant(key: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a typo

    return "".join(f"; is {near} meant?" for near in get_close_matches(key, KEYS, 1))


# --- by a transport of OpenLineage's client -----------------------------------------------------


def _otherwise(name: str, origin: str, values: dict[str, Any]) -> TargetSpec:
    transport = values.pop("transport")
    for key in values:
        if key in _ONLY_HTTP:
            raise ValueError(f"{key}: only a target with a url has it")
    timeouts = _timeouts(values)
    address = address_of(name, transport)
    table = SecretTable(transport)
    return TargetSpec(
        name=name, address=address, origin=origin, transport=table, **values, **timeouts
    )


def _timeouts(values: dict[str, Any]) -> dict[str, Any]:
    """Each phase's own, else the one for all."""
    every = values.pop("timeout", None)
    phases = {key: values.pop(key, every) for key in _TIMEOUTS}
    return {key: seconds for key, seconds in phases.items() if seconds is not None}


# --- by HTTP -------------------------------------------------------------------------------------


def _over_http(name: str, origin: str, values: dict[str, Any]) -> TargetSpec:
    if "url" not in values:
        raise ValueError("expected a url or a transport")
    if "client_key" in values and "client_cert" not in values:
        raise ValueError("client_key: expected a client_cert too")
    url, address = _address(values.pop("url"), values.pop("endpoint", None))
    keys, headers = _tokens(values, address), values.pop("headers", {})
    proxy = values.get("proxy")
    if proxy is not None:
        values["proxy"] = _proxy(proxy)
    stays = address.is_local and (not proxy or parse_exactly(proxy).is_local)
    is_open = not address.secure and not stays
    tells = keys or address.authorization or any(map(looks_secret, headers))
    if is_open and tells and not values.get("allow_insecure_token"):
        raise ValueError(INSECURE)
    return TargetSpec(
        name=name,
        address=address.shown,
        origin=origin,
        url=SecretUrl(url),
        headers=SecretTable(headers),
        **keys,
        **_timeouts(values),
        **values,
    )


def _address(url: str, endpoint: str | None) -> tuple[str, Address]:
    """(whole URL, its parts)."""
    try:
        start = url if "://" in url else f"http://{url}"
        whole = completed(url) if endpoint is None else urljoin(start, endpoint)
        return whole, parse_exactly(whole)
    except (SettingError, ValueError):
        raise ValueError("url: this is no address that events can be sent to") from None


def _tokens(values: dict[str, Any], address: Address) -> dict[str, Any]:
    """What says who we are, at most one."""
    given = {key: values.pop(key) for key in _TOKENS if key in values}
    if len(given) + bool(address.authorization) > 1:
        raise ValueError(f"expected only one of {', '.join(_TOKENS)}, and a user in the url")
    match given:
        case {"api_key": text}:
            return {"api_key": _literal(text)}
        case {"api_key_env": variable}:
            return {"api_key": Secret(variable=variable)}
        case {"api_key_file": file}:
            return {"api_key": Secret(file=file)}
        case {"auth": table}:
            return {"auth": SecretTable(table)}
    return {}


def _literal(text: str) -> Secret:
    secret = Secret(text)
    try:
        secret.read()
    except SettingError:
        raise ValueError("api_key: expected a text that a header can hold") from None
    return secret


def _proxy(url: str) -> SecretUrl:
    try:
        is_one = url == "" or not parse_exactly(url).secure
    except SettingError:
        is_one = False
    if not is_one:
        raise ValueError("proxy: expected an address such as http://proxy:3128, or an empty text")
    return SecretUrl(url)
