"""Which proxy stands between us and a target."""

import ipaddress
from collections.abc import Mapping

from hamilton_ol.config import environment
from hamilton_ol.config.addresses import Address, parse_exactly
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.errors import NotAskedError, SettingError


def proxy_of(spec: TargetSpec, to: Address) -> Address | None:
    """The proxy of a target: as it is set, else as the environment says.

    The variables are read as by other programs: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in
    small letters first; NO_PROXY holds names, which stand for all below them too, numbers, networks
    and `*`. There is no proxy for this machine.

    Args:
        spec: the target.
        to: its address.

    Raises:
        NotAskedError: it is one that we cannot go through.
    """
    if spec.proxy is not None:
        url = spec.proxy.read()
    else:
        url = "" if to.is_local else _in_environment(to, environment())
    return _parsed(url, spec.address) if url else None


def _in_environment(to: Address, environ: Mapping[str, str]) -> str:
    if _is_exempt(to, _variable("no_proxy", environ)):
        return ""
    scheme = "https" if to.secure else "http"
    return _variable(f"{scheme}_proxy", environ) or _variable("all_proxy", environ)


def _variable(name: str, environ: Mapping[str, str]) -> str:
    if name in environ:
        return environ[name].strip()
    if name == "http_proxy" and "REQUEST_METHOD" in environ:  # a header `Proxy:` sets it under CGI
        return ""
    return environ.get(name.upper(), "").strip()


def _is_exempt(to: Address, no_proxy: str) -> bool:
    names = [name.strip().lower() for name in no_proxy.split(",")]
    return any(name and _covers(name, to) for name in names)


def _covers(name: str, to: Address) -> bool:
    """Whether an entry of NO_PROXY means a host."""
    if name == "*" or _covers_number(name, to.host):
        return True
    host, colon, port = name.rpartition(":")
    if colon and port.isdigit() and int(port) != to.actual_port:
        return False
    host = (host if colon and port.isdigit() else name).strip("[]").lstrip(".")
    return host != "" and f".{to.host}".endswith(f".{host}")


def _covers_number(network: str, host: str) -> bool:
    """Whether a number is in a network, as 10.0.0.0/8."""
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(network, strict=False)
    except (ValueError, TypeError):
        return False


def _parsed(url: str, address: str) -> Address:
    try:
        proxy = parse_exactly(url)
    except SettingError:
        proxy = None
    if proxy is None or proxy.secure:
        text = f"{address}: its proxy is none that can be used"
        raise NotAskedError(text, hint="A proxy is written http://host:port.")
    return proxy
