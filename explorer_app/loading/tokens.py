"""Tokens for servers: in the system's keyring, and nowhere else.

What a keyring says when it is asked may take its time, and a person: nothing of this is called by
the process that has the window.
"""

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from explorer_app.loading.messages import Keyring, Load
from explorer_app.model.sources import address_of
from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import read_target, target_of
from hamilton_ol.errors import SettingError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "hamilton-explorer"
RECOMMENDED = 1  # priority of a keyring; those below keep nothing, or it is a file that can be read
_INSECURE = (
    "Write the address with https. Where you trust the network, set the server as a target in "
    "pyproject.toml, with allow_insecure_token = true."
)


def keyring_name() -> str:
    """What the keyring of this computer is called; an empty text where there is none."""
    backend = _backend()
    return "" if backend is None else str(backend.name)


def token_of(address: str) -> str:
    """The token that is kept for an address; an empty text if there is none."""
    backend = _backend()
    if backend is None or not address or _holds(backend, address) is False:
        return ""
    with suppress(Exception):  # locked, refused, gone: then there is none
        return backend.get_password(SERVICE, address) or ""
    return ""


def keep_token(address: str, token: str) -> bool:
    """Keep a token for an address; whether the keyring took it."""
    backend = _backend()
    if backend is None:
        return False
    with suppress(Exception):
        backend.set_password(SERVICE, address, token)
        return True
    return False


def forget_token(address: str) -> None:
    """Delete the token that is kept for an address; what a keyring refuses stays there."""
    backend = _backend()
    with suppress(Exception):  # there is none, or it is locked
        if backend is not None:
            backend.delete_password(SERVICE, address)


def keyring_for(address: str) -> Keyring:
    """The keyring of this computer, and whether it has a token for an address."""
    backend = _backend()
    has_token = _holds(backend, address) if backend is not None and address else False
    if has_token is None:
        has_token = bool(token_of(address))
    return Keyring(keyring_name(), address, has_token=has_token)


def with_tokens(settings: Settings, asked: Load) -> Settings:
    """Settings with a token for each Marquez: the one that was typed, else the one that is kept.

    A target that a person has set for the same address says itself how it is asked.

    Raises:
        SettingError: a token may not go there, or no header can hold it.
    """
    known = {target.address for target in settings.targets}
    specs = []
    for address in filter(None, map(address_of, asked.sources)):
        token = asked.token
        if not token and target_of(address).address not in known:
            token = token_of(address)
        if token:
            specs += _target(address, token)
    return settings._replace(targets=(*specs, *settings.targets)) if specs else settings


def _target(address: str, token: str) -> list[TargetSpec]:
    try:
        return read_target("marquez", {"url": address, "api_key": token}, "this form")
    except ValueError as error:
        said = str(error)
        raise SettingError(f"{said[:1].upper()}{said[1:]}.", hint=_INSECURE) from error


def kept_in(asked: Load) -> str:
    """Keep the token that a server took; the keyring that has it now, empty if none has."""
    found = [address for address in map(address_of, asked.sources) if address]
    is_kept = bool(found) and all(keep_token(address, asked.token) for address in found)
    return keyring_name() if is_kept else ""


def _holds(backend: "KeyringBackend", address: str) -> bool | None:
    """Whether a keyring has a token, as far as it tells that without asking a person; else None.

    A Secret Service says what it has even while it is locked; whoever asks for a password without
    this makes it ask for a new keyring where there is none
    (https://specifications.freedesktop.org/secret-service/latest/).
    """
    with suppress(Exception):  # it is of another kind, or gone
        import secretstorage  # noqa: PLC0415 - not every system has it
        from keyring.backends import SecretService  # noqa: PLC0415

        if isinstance(backend, SecretService.Keyring):
            with closing(secretstorage.dbus_init()) as bus:
                named = {"service": SERVICE, "username": address}
                return any(True for _ in secretstorage.search_items(bus, named))
    return None


def _backend() -> "KeyringBackend | None":
    try:
        import keyring  # noqa: PLC0415 - looks for services of the system

        found = keyring.get_keyring()
        is_recommended = found.priority >= RECOMMENDED
    except Exception:  # whatever a backend of somebody else does
        return None
    return found if is_recommended else None
