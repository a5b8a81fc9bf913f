"""What says who we are, read anew for each event: a token may be changed at any time."""

from collections.abc import Callable, Iterator

from hamilton_ol.config.addresses import Address
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.errors import NotAskedError, SettingError
from hamilton_ol.masking import Masker, secrets_of


class Credentials:
    """The header `Authorization` of one target.

    Args:
        spec: the target.
        to: its address, which may hold a user.

    Raises:
        SettingError: what OpenLineage's client needs to ask for a token means nothing.
    """

    def __init__(self, spec: TargetSpec, to: Address) -> None:
        self._spec, self._to = spec, to
        self._ask: Callable[[], str] | None = None
        if spec.auth is not None:
            from hamilton_ol.delivery.openlineage_tokens import token_source  # noqa: PLC0415

            self._ask = token_source(spec.auth.read(), spec.address)

    def headers(self) -> dict[str, str]:
        """The header, or none.

        Raises:
            NotAskedError: there is no token where it should be.
        """
        try:
            text = self._authorization()
        except SettingError as error:
            raise NotAskedError(f"{self._spec.address}: {error}", hint=error.hint) from None
        return {"Authorization": text} if text else {}

    def _authorization(self) -> str:
        if self._spec.api_key is not None:
            return f"Bearer {self._spec.api_key.read()}"
        return self._ask() if self._ask is not None else self._to.authorization

    def masker(self, url: str, sent: dict[str, str]) -> Masker:
        """Masks what an answer may repeat of a request.

        Args:
            url: that was asked.
            sent: headers of the request.
        """
        return Masker().with_values([*secrets_of(url), *_values(sent)])


def _values(headers: dict[str, str]) -> Iterator[str]:
    for name, value in headers.items():
        if name not in _OPEN:
            yield value
            yield value.partition(" ")[2]


_OPEN = frozenset({"Content-Type", "Content-Encoding", "User-Agent"})
