"""A small identity provider on this machine: signs people in at once, checks what the standard says it must check."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "xiansuo", "a secret that nobody sees"


@dataclass
class Provider:
    """What it knows, and what a test has it do otherwise."""

    key: RSAKey
    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"preferred_username": "bianji"})
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[Provider, dict[str, Any]], str] | None = None
    ill: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    issued: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def description(self) -> dict[str, Any]:
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in paths.items()}, **self.told}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent with a code."""
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe()
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code, once, for who has asked for it."""
        known = self.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        in_form = self.told.get("token_endpoint_auth_methods_supported") == ["client_secret_post"]
        sent = f"{form.get('client_id')}:{form.get('client_secret')}" if in_form else authorization
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            known is None
            or sent != (f"{CLIENT}:{SECRET}" if in_form else f"Basic {basic}")
            or base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != known["code_challenge"]
            or form.get("redirect_uri") != known["redirect_uri"]
        ):
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": "17", "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": known["nonce"], **self.person, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = self.sign(self, claims) if self.sign else signed_by(self.key, claims)
        access = secrets.token_urlsafe()
        self.issued += [signed, access]
        return {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed}


def signed_by(key: RSAKey, claims: dict[str, Any], kid: str = "one") -> str:
    return jwt.encode({"alg": "RS256", "kid": kid}, claims, key)


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """The part of a token that is signed."""
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims))
    return ".".join(parts)


@contextmanager
def providing() -> Iterator[Provider]:
    """Serve on a free port of 127.0.0.1."""
    provider = Provider(key=RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            provider.asked.append(address.path)
            if provider.ill == address.path:
                self._tell(503, b"<h1>gateway</h1>", "text/html")
            elif address.path == "/authorize":
                self.send_response(302)
                query = {name: values[0] for name, values in parse_qs(address.query).items()}
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
            elif address.path == "/keys":
                self._json({"keys": [provider.key.as_dict(private=False)]})
            elif address.path == "/.well-known/openid-configuration":
                self._json(provider.description())
            else:
                self._tell(404, b"", "text/plain")

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            form = dict(parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
            if provider.ill == self.path:
                self._tell(502, b"<h1>gateway</h1>", "text/html")
                return
            told = provider.token(form, self.headers.get("authorization", ""))
            self._json(told or {"error": "invalid_grant"}, 200 if told else 400)

        def _json(self, told: dict[str, Any], status: int = 200) -> None:
            self._tell(status, json.dumps(told).encode(), "application/json")

        def _tell(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
