"""Certificates: whom we trust, who we are, and what is said when that does not hold."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.errors import UnreachableError
from tests.support.servers import CERTIFICATE, Target
from tests.support.tls import HERE, Authority

EVENT = b'{"eventType":"START"}'


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "tls")


def send(target: Target, **keys: Any) -> None:
    """Send an event to a target."""
    with HttpTransport(target_of({"url": target.url, **keys})) as transport:
        transport.send(EVENT)


def refusal(target: Target, **keys: Any) -> UnreachableError:
    """What is said of a target to which no event comes."""
    with pytest.raises(UnreachableError) as caught:
        send(target, **keys)
    assert target.got == []
    assert caught.value.hint
    return caught.value


def test_who_is_not_trusted_is_once_the_authority_is_named(authority: Authority) -> None:
    with Target(tls=authority.server()) as target:
        error = refusal(target)
        assert "its certificate is not trusted" in str(error)
        assert "ca_file" in error.hint
        send(target, ca_file=authority.file)
        assert len(target.got) == 1


def test_another_authority_is_not_trusted(authority: Authority, tmp_path: Path) -> None:
    with Target(tls=authority.server()) as target:
        error = refusal(target, ca_file=CERTIFICATE)
    assert "its certificate is not trusted" in str(error)


def test_the_variable_of_openssl_is_heard(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with Target(tls=authority.server()) as target:
        send(target)
        assert len(target.got) == 1


def test_a_certificate_for_another_name_is_none(authority: Authority) -> None:
    with Target(tls=authority.server("marquez.example")) as target:
        error = refusal(target, ca_file=authority.file)
    assert "its certificate is not trusted" in str(error)
    assert "127.0.0.1" in str(error)


def test_a_certificate_that_has_expired_is_none(authority: Authority) -> None:
    with Target(tls=authority.server(days=-1)) as target:
        assert "expired" in str(refusal(target, ca_file=authority.file))


@pytest.mark.parametrize(("name", "days"), [("marquez.example", 30), (HERE, -1)])
def test_who_does_not_want_to_look_at_it_need_not(
    authority: Authority, name: str, days: int
) -> None:
    with Target(tls=authority.server(name, days=days)) as target:
        send(target, verify=False)
        assert len(target.got) == 1


# --- who we are ----------------------------------------------------------------------------------


def test_a_target_may_want_to_see_a_certificate(authority: Authority) -> None:
    certificate, key = authority.client()
    with Target(tls=authority.server(wants_certificate=True)) as target:
        assert "client_cert" in refusal(target, ca_file=authority.file).hint
        send(target, ca_file=authority.file, client_cert=certificate, client_key=key)
        assert len(target.got) == 1


def test_certificate_and_key_may_be_in_one_file(authority: Authority, tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    both.write_bytes(b"".join(path.read_bytes() for path in authority.client()))
    with Target(tls=authority.server(wants_certificate=True)) as target:
        send(target, ca_file=authority.file, client_cert=both)
        assert len(target.got) == 1


def test_a_key_with_a_password_is_refused_without_a_question(
    authority: Authority, tmp_path: Path
) -> None:
    certificate, key = authority.client()
    plain = load_pem_private_key(key.read_bytes(), password=None)
    secret = BestAvailableEncryption(b"secret")
    key.write_bytes(plain.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, secret))
    with Target(tls=authority.server()) as target:
        error = refusal(target, ca_file=authority.file, client_cert=certificate, client_key=key)
    assert "client_cert" in str(error)
    assert "encrypted" in str(error)


@pytest.mark.parametrize("key", ["ca_file", "client_cert"])
@pytest.mark.parametrize("content", [None, b"", b"no certificate"], ids=["none", "empty", "other"])
def test_a_file_that_is_no_certificate_is_named(
    authority: Authority, tmp_path: Path, key: str, content: bytes | None
) -> None:
    path = tmp_path / "wrong.pem"
    if content is not None:
        path.write_bytes(content)
    with Target(tls=authority.server()) as target:
        error = refusal(target, **{"ca_file": authority.file, key: path})
    assert str(path) in str(error)
    assert "PEM" in error.hint


def test_a_certificate_that_is_replaced_is_taken_with_the_next_connection(
    authority: Authority, tmp_path: Path
) -> None:
    path = tmp_path / "trusted.pem"
    path.write_bytes(CERTIFICATE.read_bytes())
    with Target(tls=authority.server()) as target:
        spec = target_of({"url": target.url, "ca_file": path})
        with HttpTransport(spec) as transport:
            with pytest.raises(UnreachableError, match="not trusted"):
                transport.send(EVENT)
            path.write_bytes(authority.file.read_bytes())
            transport.send(EVENT)
        assert len(target.got) == 1
