"""Tokens for servers, as they were typed since the window was opened; they are written nowhere."""

from collections.abc import Sequence

from explorer_app.model.sources import address_of


class KnownTokens:
    """Knows them by the addresses that they are for."""

    def __init__(self) -> None:
        self._tokens: dict[str, str] = {}

    def given(self, sources: Sequence[str], token: str) -> str:
        """The token that is sent for sources: this one, which is known from now on, or a known one."""
        addresses = [address for address in map(address_of, sources) if address]
        if token:
            self._tokens |= dict.fromkeys(addresses, token)
        return token or next((self._tokens[a] for a in addresses if a in self._tokens), "")

    def __contains__(self, address: str) -> bool:
        """Whether a token for an address is known."""
        return address in self._tokens

    def forget(self, address: str) -> None:
        """Use it no more."""
        self._tokens.pop(address, None)
