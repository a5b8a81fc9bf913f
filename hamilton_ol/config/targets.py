"""Targets: where events go, and what each one gets."""

from dataclasses import dataclass, replace
from pathlib import Path

from hamilton_ol.config.secret import Secret, SecretTable, SecretUrl

NOTHING = SecretTable({})


@dataclass(frozen=True, kw_only=True)
class TargetSpec:
    """One target, as it was set. It can be shown and pickled: what is secret in it is neither.

    What is None is as the setting of that name says for all targets.

    Attributes:
        name: what it is called here.
        address: where it is, without anything that is secret; one place has one address.
        origin: where it was set.
        url: the whole URL of a target over HTTP.
        transport: configuration of any other transport, as OpenLineage's client takes it.
        granularity, profile, send_level, sample: what it gets.
        mirror_tags: whether tags are also set with Marquez's own API.
        api_key: token that is sent as "Bearer".
        auth: configuration of a token that OpenLineage's client has to ask for.
        allow_insecure_token: whether a token may be sent without TLS to another machine.
        ca_file: certificates that are trusted, instead of the system's.
        client_cert, client_key: files of the certificate that says who we are, and of its key.
        verify: whether the target's certificate is looked at.
        proxy: URL of the proxy; None is what HTTP_PROXY, HTTPS_PROXY and NO_PROXY say, an empty one
            none at all.
        headers: further ones.
        compression: gzip or none.
        connect_timeout: seconds for the connection, its TLS included.
        send_timeout: seconds for sending an event.
        answer_timeout: seconds until an answer begins.
        total_timeout: seconds until an answer is there as a whole.
    """

    name: str
    address: str
    origin: str
    url: SecretUrl | None = None
    transport: SecretTable | None = None
    granularity: str | None = None
    profile: str | None = None
    send_level: str | None = None
    sample: float | None = None
    mirror_tags: bool = False
    api_key: Secret | None = None
    auth: SecretTable | None = None
    allow_insecure_token: bool = False
    ca_file: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = None
    verify: bool = True
    proxy: SecretUrl | None = None
    headers: SecretTable = NOTHING
    compression: str = "gzip"
    connect_timeout: float = 5.0
    send_timeout: float = 10.0
    answer_timeout: float = 10.0
    total_timeout: float = 20.0

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here: a secret that was given in code stays in its process."""
        parts = (self.url, self.transport, self.api_key, self.auth, self.proxy, self.headers)
        return not any(part is not None and part.is_lost for part in parts)

    def with_timeout(self, seconds: float) -> "TargetSpec":
        """The same target, with this limit for each phase."""
        return replace(
            self,
            connect_timeout=seconds,
            send_timeout=seconds,
            answer_timeout=seconds,
            total_timeout=seconds,
        )
