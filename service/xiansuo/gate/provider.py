"""The office's own identity provider, asked by OpenID Connect: the one door to authlib and what it stands on.

Imported only where a provider is set. Nothing is kept between two sign-ins: they are rare, and a provider may change
its addresses and keys at any time. Codes and tokens reach neither logs nor messages.
"""

from __future__ import annotations

import datetime as dt
import logging
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import is_secure_transport
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from xiansuo.errors import NotAllowed, ProviderError
from xiansuo.settings import Settings

logger = logging.getLogger(__name__)

_SCOPE = "openid profile email"
_DESCRIPTION = "/.well-known/openid-configuration"
# Signed with a private key: never unsigned, never with a secret that others could have, such as a public key.
_SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_ASYMMETRIC = ("RSA", "EC")
_SKEW = 120
"""Seconds by which the two clocks may differ."""
_SECONDS = 5.0
_LONGEST_LOGIN = 200
# A provider that hangs must not hold every thread of the service.
_AT_ONCE = threading.BoundedSemaphore(8)


def way_there(settings: Settings, back: str, *, state: str, nonce: str, verifier: str) -> str:
    """Return the provider's address at which somebody signs in.

    :param back: our address to which the provider sends them back.
    :param verifier: what proves that the code is fetched by who has asked for it (PKCE); only its digest is sent.
    :raises ProviderError: the provider does not answer as it should, or is not set up.
    """
    with _asking(settings, back) as client:
        address = _address(_described(client, settings), "authorization_endpoint")
        url, _ = client.create_authorization_url(address, state=state, nonce=nonce, code_verifier=verifier)
        return str(url)


def login_of(
    settings: Settings, back: str, *, code: str, nonce: str, verifier: str, now: dt.datetime, issuer: str = ""
) -> str:
    """Fetch the ID token for a code, verify it, and return the login name of whom it is about.

    :param issuer: who answers, where the answer tells (RFC 9207).
    :raises NotAllowed: the provider refuses the code, or its token does not prove who somebody is.
    :raises ProviderError: the provider does not answer as it should, or is not set up.
    """
    with _asking(settings, back) as client:
        about = _described(client, settings)
        if issuer and issuer != about["issuer"]:
            raise _refused()
        client.token_endpoint_auth_method = _proves_itself(settings, about)
        token = client.fetch_token(
            _address(about, "token_endpoint"), grant_type="authorization_code", code=code, code_verifier=verifier
        )
        claims = _verified(settings, about, _keys(client, about), token, nonce=nonce, now=now)
    return _login(settings, claims)


@contextmanager
def _asking(settings: Settings, back: str) -> Iterator[Any]:
    """Open a client, and turn what goes wrong into what we report."""
    if not settings.oidc_client:
        raise ProviderError("统一认证没有设好。", advice="请管理员检查 XIANSUO_OIDC_CLIENT。")
    if not _AT_ONCE.acquire(timeout=_SECONDS):
        raise _silent()
    try:
        # No proxies or passwords from the environment; certificates as this machine trusts them, the office's own too.
        with OAuth2Client(
            settings.oidc_client,
            settings.oidc_secret.get_secret_value(),
            scope=_SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_SECONDS,
            trust_env=False,
            verify=ssl.create_default_context(),
        ) as client:
            yield client
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        logger.warning("the identity provider does not answer: %s", type(error).__name__)
        raise _silent() from error
    except (JoseError, AuthlibBaseError, ValueError, TypeError, OverflowError) as error:
        logger.warning("the identity provider's answer is refused: %s", type(error).__name__)
        raise _refused() from error
    finally:
        _AT_ONCE.release()


def _described(client: Any, settings: Settings) -> dict[str, Any]:
    """Read what the provider says of itself.

    :raises ProviderError: it is reached without encryption, or calls itself otherwise than it is called here.
    """
    issuer = settings.oidc_issuer.rstrip("/")
    if not is_secure_transport(issuer):
        raise ProviderError("统一认证的地址要以 https:// 开头。", advice="请管理员检查 XIANSUO_OIDC_ISSUER。")
    about = _read(client, issuer + _DESCRIPTION)
    named = about.get("issuer")
    if not isinstance(named, str) or named.rstrip("/") != issuer:
        raise ProviderError("统一认证自报的地址与设置的不同。", advice="请管理员检查 XIANSUO_OIDC_ISSUER。")
    return about


def _read(client: Any, address: str) -> dict[str, Any]:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    try:
        told = answer.json()
    except ValueError as error:
        raise _silent() from error
    if answer.status_code != httpx2.codes.OK or not isinstance(told, dict):
        raise _silent()
    return told


def _address(about: dict[str, Any], name: str) -> str:
    found = about.get(name)
    if not isinstance(found, str) or not is_secure_transport(found):
        raise _silent()
    return found


def _proves_itself(settings: Settings, about: dict[str, Any]) -> str:
    """Tell how we prove who we are: the standard's own way unless the provider takes the other alone."""
    if not settings.oidc_secret.get_secret_value():
        return "none"
    ways = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return "client_secret_post" if "client_secret_basic" not in ways else "client_secret_basic"


def _keys(client: Any, about: dict[str, Any]) -> KeySet:
    found = _read(client, _address(about, "jwks_uri")).get("keys")
    keys = [key for key in found if isinstance(key, dict)] if isinstance(found, list) else []
    signing = [key for key in keys if key.get("kty") in _ASYMMETRIC and key.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": signing})


def _verified(
    settings: Settings, about: dict[str, Any], keys: KeySet, token: Any, *, nonce: str, now: dt.datetime
) -> dict[str, Any]:
    registry = JWSRegistry(algorithms=list(_SIGNED), strict_check_header=False)
    read = jwt.decode(str(token.get("id_token", "")), keys, registry=registry)
    expected = {
        "iss": {"essential": True, "value": about["issuer"]},
        "aud": {"essential": True, "values": [settings.oidc_client]},
    }
    bound = {"nonce": nonce, "client_id": settings.oidc_client, "access_token": token.get("access_token")}
    claims = CodeIDToken(read.claims, read.header, expected, bound)
    claims.validate(now=int(now.timestamp()), leeway=_SKEW)
    return dict(claims)


def _login(settings: Settings, claims: dict[str, Any]) -> str:
    found = claims.get(settings.oidc_login_claim)
    if not isinstance(found, str) or not found or len(found) > _LONGEST_LOGIN or not found.isprintable():
        raise NotAllowed("统一认证没有给出登录名。", advice="请管理员检查 XIANSUO_OIDC_LOGIN_CLAIM。")
    if settings.oidc_login_claim == "email" and claims.get("email_verified") is False:
        raise NotAllowed("统一认证没有核实过这个邮箱。", advice="请联系统一认证的管理员。")
    return found


def _silent() -> ProviderError:
    return ProviderError("统一认证没有应答，请稍候再试。", advice="也可以用登录名和密码登录；反复出现请联系管理员。")


def _refused() -> NotAllowed:
    return NotAllowed("统一认证的结果不能证明您是谁。", advice="请重新登录；反复出现请联系管理员。")
