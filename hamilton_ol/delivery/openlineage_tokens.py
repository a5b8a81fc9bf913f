"""Tokens that OpenLineage's client asks an endpoint for: jwt, oauth2, or a class of somebody's own.

Only `credentials` loads this module, and only for a target that is set so.
"""

from collections.abc import Callable
from typing import Any

from openlineage.client.transport.http import create_token_provider

from hamilton_ol.errors import SettingError, UnreachableError
from hamilton_ol.masking import Masker


def token_source(auth: dict[str, Any], address: str) -> Callable[[], str]:
    """What gives the header `Authorization`, from a token that is kept until it expires.

    Args:
        auth: the client's configuration.
        address: of the target.

    Raises:
        SettingError: the configuration means nothing.
    """
    masker = Masker().with_values(str(value) for key, value in auth.items() if key not in _OPEN)

    def told(error: Exception) -> str:
        return masker.text(str(error.args[0] if error.args else type(error).__name__), 500)

    try:
        provider = create_token_provider(auth)
    except Exception as error:
        raise SettingError(f"{address}: auth: {told(error)}", hint=_HINT) from None

    def ask() -> str:
        try:
            return provider.get_bearer() or ""
        except Exception as error:
            raise UnreachableError(f"{address}: no token: {told(error)}", hint=_HINT) from None

    return ask


_OPEN = frozenset({"type", "tokenEndpoint", "token_endpoint", "grantType", "scope"})
_HINT = "OpenLineage's documentation of the Python client lists what `auth` takes."
