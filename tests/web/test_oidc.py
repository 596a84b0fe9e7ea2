"""Signing in through an identity provider: a real one on this machine, and everything that it must not be believed."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from tests.conftest import GramEncoder
from tests.signing import account
from tests.web.identity import CLIENT, SECRET, Provider, providing, signed_by, unsigned
from xiansuo.app import create_app
from xiansuo.desk import accounts, auditing
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.gate.who import COOKIE
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

ERRAND = "xiansuo_oidc"
Answer = Any


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, Provider]]:
    """An empty home with one editor, who has no password, and a provider."""
    with pytest.MonkeyPatch.context() as patched, providing() as provider:
        patched.setattr(shelf, "load", lambda *_: GramEncoder())
        settings = Settings(
            home=tmp_path_factory.mktemp("office"),
            jobs="outside",
            requests_a_minute=100_000,
            oidc_issuer=provider.issuer,
            oidc_client=CLIENT,
            oidc_secret=SecretStr(SECRET),
        )
        app = create_app(settings)
        with TestClient(app):
            account(app.state.desk, "bianji", Role.EDITOR, "编辑甲")
            yield app, provider


@pytest.fixture
def provider(place: tuple[FastAPI, Provider]) -> Provider:
    """The provider, as it was at first."""
    kept = place[1]
    vars(kept).update(vars(Provider(kept.key, kept.issuer)))
    return kept


@pytest.fixture
def office(place: tuple[FastAPI, Provider], provider: Provider) -> Iterator[FastAPI]:
    """The application, with its settings as they were at first; `signed` is how long the trail was."""
    app = place[0]
    desk: Desk = app.state.desk
    kept, app.state.signed = desk.settings, auditing.soundness(desk).rows
    assert kept.oidc_issuer == provider.issuer
    yield app
    desk.settings = kept


@pytest.fixture
def browser(office: FastAPI) -> TestClient:
    return another(office)


def another(office: FastAPI) -> TestClient:
    return TestClient(office, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)


def with_settings(office: FastAPI, **changed: object) -> None:
    desk: Desk = office.state.desk
    desk.settings = desk.settings.model_copy(update=changed)


def there(browser: TestClient, then: str = "/mine") -> str:
    """Go to the provider and be sent back: the address, without host."""
    answer = browser.get("/oidc", params={"then": then})
    assert answer.status_code == 303, answer.text
    sent = httpx.get(answer.headers["location"], trust_env=False)
    assert sent.status_code == 302
    back = urlsplit(sent.headers["location"])
    assert (back.scheme, back.netloc, back.path) == ("http", "127.0.0.1", "/oidc/back")
    return f"{back.path}?{back.query}"


def around(browser: TestClient, then: str = "/mine") -> Answer:
    return browser.get(there(browser, then))


def trouble(answer: Answer) -> str:
    """What the page says went wrong; it says nothing else of the inside, and nobody is signed in."""
    assert COOKIE not in answer.cookies
    assert "Traceback" not in answer.text
    assert 'method="post" action="/login"' in answer.text, "the other way stays open"
    found = re.search(r'role="alert"><p>([^<]+)<', answer.text)
    assert found, answer.text
    return found[1]


def signs_in(office: FastAPI) -> list[tuple[int | None, str, str, str]]:
    """What the trail says of this test's sign-ins."""
    rows = auditing.trail(office.state.desk, action="sign_in")
    return [(row.account, row.name, row.target, row.outcome) for row in rows if row.seq > office.state.signed]


class TestSigningIn:
    def test_one_who_has_an_account_is_signed_in_and_led_to_the_page(
        self, office: FastAPI, browser: TestClient
    ) -> None:
        page = browser.get("/login", params={"then": "/mine?a=1&b=2"})
        link = re.search(r'href="(/oidc[^"]*)">用统一认证登录<', page.text)
        assert link
        answer = around(browser, parse_qs(urlsplit(link[1]).query)["then"][0])
        assert (answer.status_code, answer.headers["location"]) == (303, "/mine?a=1&b=2")
        told = browser.get("/api/v1/me").json()
        assert (told["login"], told["role"]) == ("bianji", "editor")
        whose = accounts.named(office.state.desk, "bianji")
        assert signs_in(office) == [(whose.id, "编辑甲", "bianji", "done")]
        assert auditing.soundness(office.state.desk).broken_at is None

    def test_the_cookies_are_out_of_reach_of_scripts_and_the_errand_ends(self, browser: TestClient) -> None:
        left = browser.get("/oidc")
        for mark in ("HttpOnly", "SameSite=lax", "Path=/oidc", "Max-Age=600"):
            assert mark in left.headers["set-cookie"], mark
        answer = around(browser)
        kept = {each.split("=")[0]: each for each in answer.headers.get_list("set-cookie")}
        assert "HttpOnly" in kept[COOKIE]
        assert "SameSite=lax" in kept[COOKIE]
        assert "Max-Age=0" in kept[ERRAND]
        assert ERRAND not in browser.cookies

    def test_behind_tls_both_address_and_cookie_say_so(self, office: FastAPI) -> None:
        browser = TestClient(office, base_url="https://127.0.0.1", follow_redirects=False)
        answer = browser.get("/oidc")
        assert "Secure" in answer.headers["set-cookie"]
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert query["redirect_uri"] == ["https://127.0.0.1/oidc/back"]

    def test_nothing_is_guessed_from_one_errand_to_the_next(self, browser: TestClient) -> None:
        seen: list[str] = []
        for _ in range(3):
            query = parse_qs(urlsplit(browser.get("/oidc").headers["location"]).query)
            assert "code_verifier" not in query
            seen += [query[name][0] for name in ("state", "nonce", "code_challenge")]
        assert len(set(seen)) == 9
        assert min(map(len, seen)) >= 43

    def test_who_is_signed_in_need_not_go(self, browser: TestClient, provider: Provider) -> None:
        around(browser)
        provider.asked.clear()
        assert browser.get("/oidc", params={"then": "/docs"}).headers["location"] == "/docs"
        assert provider.asked == []

    @pytest.mark.parametrize("login", ["BIANJI", "Bianji"])
    def test_capitals_do_not_matter(self, browser: TestClient, provider: Provider, login: str) -> None:
        provider.person = {"preferred_username": login}
        assert around(browser).status_code == 303

    def test_another_claim_may_be_the_login(self, office: FastAPI, browser: TestClient, provider: Provider) -> None:
        with_settings(office, oidc_login_claim="employee")
        provider.person = {"preferred_username": "nobody", "employee": "bianji"}
        assert around(browser).status_code == 303

    def test_the_secret_goes_in_the_form_where_the_provider_takes_it_there_alone(
        self, browser: TestClient, provider: Provider
    ) -> None:
        provider.told = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        assert around(browser).status_code == 303

    @pytest.mark.parametrize(
        "then", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/" + "x" * 1001]
    )
    def test_nobody_is_led_elsewhere(self, browser: TestClient, then: str) -> None:
        assert around(browser, then).headers["location"] == "/"

    def test_an_errand_that_was_changed_on_the_way_leads_nowhere_else(self, browser: TestClient) -> None:
        back = there(browser)
        told = json.loads(base64.urlsafe_b64decode(browser.cookies[ERRAND].strip('"')))
        browser.cookies.clear()
        changed = base64.urlsafe_b64encode(json.dumps([*told[:3], "https://evil.example/"]).encode()).decode()
        answer = browser.get(back, headers={"Cookie": f"{ERRAND}={changed}"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


class TestWhoIsRefused:
    def test_one_without_an_account_is_told_to_ask_and_none_is_made(
        self, office: FastAPI, browser: TestClient, provider: Provider
    ) -> None:
        provider.person = {"preferred_username": "zhangsan"}
        answer = around(browser)
        assert answer.status_code == 403
        said = trouble(answer)
        assert "zhangsan" in said
        assert "管理员" in said
        assert "zhangsan" not in [each.login for each in accounts.every(office.state.desk)]
        assert signs_in(office) == [(None, "", "zhangsan", "refused")]

    def test_a_closed_account_stays_closed(self, office: FastAPI, browser: TestClient, provider: Provider) -> None:
        desk: Desk = office.state.desk
        whose = account(desk, "likai", Role.EDITOR)
        provider.person = {"preferred_username": "likai"}
        accounts.close(desk, whose.id, by="测试", now=dt.datetime.now(dt.UTC))
        answer = around(browser)
        assert answer.status_code == 403
        assert "停用" in trouble(answer)
        assert signs_in(office) == [(whose.id, "", "likai", "refused")]

    @pytest.mark.parametrize(
        "login", ["ｂｉａｎｊｉ", " bianji", "bianji ", "bi\u0430nji", "bianji\u200b", "BIANJ\u0130"]
    )
    def test_a_name_that_only_looks_alike_is_another(self, browser: TestClient, provider: Provider, login: str) -> None:
        provider.person = {"preferred_username": login}
        trouble(around(browser))

    def test_nor_does_a_letter_that_folds_into_another(
        self, office: FastAPI, browser: TestClient, provider: Provider
    ) -> None:
        account(office.state.desk, "kangning", Role.ADMIN)
        provider.person = {"preferred_username": "\u212aangning"}
        trouble(around(browser))

    @pytest.mark.parametrize("login", [None, "", 7, ["bianji"], "x" * 201, "bian\nji", True])
    def test_no_name_no_entry(self, browser: TestClient, provider: Provider, login: object) -> None:
        provider.person = {"preferred_username": login}
        assert "XIANSUO_OIDC_LOGIN_CLAIM" in trouble(around(browser))

    def test_an_address_that_nobody_has_verified(
        self, office: FastAPI, browser: TestClient, provider: Provider
    ) -> None:
        with_settings(office, oidc_login_claim="email")
        account(office.state.desk, "a@example.cn", Role.ADMIN)
        provider.person = {"email": "a@example.cn", "email_verified": False}
        assert "核实" in trouble(around(browser))
        provider.person = {"email": "a@example.cn", "email_verified": True}
        assert around(browser).status_code == 303


FOREIGN = RSAKey.generate_key(2048, {"kid": "one"})


def none(_: Provider, claims: dict[str, Any]) -> str:
    return unsigned({"alg": "none"}, claims) + "."


def none_in_capitals(_: Provider, claims: dict[str, Any]) -> str:
    return unsigned({"alg": "NONE", "kid": "one"}, claims) + "."


def by_the_public_key(provider: Provider, claims: dict[str, Any]) -> str:
    part = unsigned({"alg": "HS256", "kid": "one"}, claims)
    made = hmac.new(provider.key.as_pem(private=False), part.encode(), hashlib.sha256).digest()
    return f"{part}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


def by_the_client_secret(_: Provider, claims: dict[str, Any]) -> str:
    part = unsigned({"alg": "HS256"}, claims)
    made = hmac.new(SECRET.encode(), part.encode(), hashlib.sha256).digest()
    return f"{part}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


def by_a_foreign_key(_: Provider, claims: dict[str, Any]) -> str:
    return signed_by(FOREIGN, claims)


def by_a_key_that_it_brings(_: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one", "jwk": FOREIGN.as_dict(private=False)}, claims, FOREIGN)


def by_an_unknown_key(provider: Provider, claims: dict[str, Any]) -> str:
    return signed_by(provider.key, claims, kid="two")


def changed_after_signing(provider: Provider, claims: dict[str, Any]) -> str:
    header, _, signature = signed_by(provider.key, claims | {"preferred_username": "nobody"}).split(".")
    return f"{header}.{unsigned({}, claims).split('.')[1]}.{signature}"


def no_token(*_: object) -> str:
    return "garbage"


SIGNATURES = (
    none,
    none_in_capitals,
    by_the_public_key,
    by_the_client_secret,
    by_a_foreign_key,
    by_a_key_that_it_brings,
    by_an_unknown_key,
    changed_after_signing,
    no_token,
)


class TestWhatIsNotBelieved:
    @pytest.mark.parametrize("sign", SIGNATURES)
    def test_a_token_that_the_provider_has_not_signed(
        self, office: FastAPI, browser: TestClient, provider: Provider, sign: Callable[..., str]
    ) -> None:
        provider.sign = sign
        answer = around(browser)
        assert answer.status_code == 403
        assert "不能证明" in trouble(answer)
        assert signs_in(office) == []

    @pytest.mark.parametrize(
        "claims",
        [
            {"nonce": "another"},
            {"nonce": None},
            {"nonce": ""},
            {"aud": "another service"},
            {"aud": ["another service"]},
            {"aud": []},
            {"aud": None},
            {"aud": [CLIENT, "another service"]},
            {"aud": [CLIENT, "another service"], "azp": "another service"},
            {"iss": "http://127.0.0.1:1"},
            {"iss": "https://evil.example"},
            {"iss": None},
            {"exp": 1_700_000_000},
            {"exp": None},
            {"exp": "never"},
            {"exp": float("nan")},
            {"iat": 9_999_999_999},
            {"nbf": 9_999_999_999},
            {"sub": None},
            {"at_hash": "wrong"},
        ],
        ids=str,
    )
    def test_a_token_for_another_time_place_or_errand(
        self, office: FastAPI, browser: TestClient, provider: Provider, claims: dict[str, Any]
    ) -> None:
        provider.claims = claims
        answer = around(browser)
        assert answer.status_code == 403
        assert "不能证明" in trouble(answer)
        assert signs_in(office) == []

    @pytest.mark.parametrize("state", ["", "another", "登录"])
    def test_an_answer_that_this_browser_has_not_asked_for(
        self, browser: TestClient, provider: Provider, state: str
    ) -> None:
        code = parse_qs(urlsplit(there(browser)).query)["code"][0]
        provider.asked.clear()
        answer = browser.get("/oidc/back", params={"code": code, "state": state})
        assert answer.status_code == 403
        assert "浏览器" in trouble(answer)
        assert provider.asked == [], "the code is not even tried"
        assert ERRAND not in browser.cookies

    def test_an_answer_to_somebody_else(self, office: FastAPI, browser: TestClient) -> None:
        back = there(browser)
        stranger = another(office)
        assert "浏览器" in trouble(stranger.get(back)), "no errand"
        there(stranger)
        assert "浏览器" in trouble(stranger.get(back)), "an errand of its own"

    def test_a_stolen_code_in_another_errand(self, office: FastAPI, browser: TestClient) -> None:
        code = parse_qs(urlsplit(there(browser)).query)["code"][0]
        thief = another(office)
        state = parse_qs(urlsplit(there(thief)).query)["state"][0]
        answer = thief.get("/oidc/back", params={"code": code, "state": state})
        assert "不能证明" in trouble(answer), "the verifier is not the thief's"

    def test_a_code_is_good_once(self, office: FastAPI, browser: TestClient) -> None:
        back = there(browser)
        errand = browser.cookies[ERRAND]
        assert browser.get(back).status_code == 303
        assert "浏览器" in trouble(another(office).get(back))
        again = another(office).get(back, headers={"Cookie": f"{ERRAND}={errand}"})
        assert "不能证明" in trouble(again), "even with a copy of the cookie"

    @pytest.mark.parametrize("cookie", ["", "x", "e30=", "WzEsMiwzLDRd", "WyIiLCIiLCIiLCIvIl0=", "W" * 3000])
    def test_an_errand_that_is_none(self, browser: TestClient, cookie: str) -> None:
        answer = browser.get("/oidc/back?code=a&state=", headers={"Cookie": f"{ERRAND}={cookie}"})
        assert "浏览器" in trouble(answer)

    def test_a_refusal_by_the_provider(self, browser: TestClient) -> None:
        state = parse_qs(urlsplit(there(browser)).query)["state"][0]
        answer = browser.get("/oidc/back", params={"error": "access_denied", "state": state})
        assert answer.status_code == 403
        assert "没有在统一认证登录成功" in trouble(answer)
        assert "access_denied" not in answer.text

    def test_an_answer_in_the_name_of_another_provider(self, browser: TestClient) -> None:
        back = there(browser)
        assert "不能证明" in trouble(browser.get(f"{back}&{urlencode({'iss': 'https://evil.example'})}"))


class TestAProviderInTrouble:
    def test_it_is_down(self, office: FastAPI, browser: TestClient) -> None:
        with providing() as gone:
            with_settings(office, oidc_issuer=gone.issuer)
        answer = browser.get("/oidc", params={"then": "/mine"})
        assert answer.status_code == 503
        assert "没有应答" in trouble(answer)
        assert 'name="then" value="/mine"' in answer.text, "the page asked for is not forgotten"

    @pytest.mark.parametrize("ill", ["/token", "/keys", "/.well-known/openid-configuration"])
    def test_it_falls_ill_on_the_way(self, browser: TestClient, provider: Provider, ill: str) -> None:
        back = there(browser)
        provider.ill = ill
        answer = browser.get(back)
        assert answer.status_code == 503
        assert "没有应答" in trouble(answer)

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            ({"issuer": "https://evil.example"}, "自报的地址"),
            ({"issuer": None}, "自报的地址"),
            ({"authorization_endpoint": "http://idp.example/authorize"}, "没有应答"),
            ({"authorization_endpoint": "javascript:alert(1)"}, "没有应答"),
            ({"authorization_endpoint": 7}, "没有应答"),
        ],
        ids=str,
    )
    def test_it_says_strange_things_of_itself(
        self, browser: TestClient, provider: Provider, told: dict[str, Any], says: str
    ) -> None:
        provider.told = told
        answer = browser.get("/oidc")
        assert answer.status_code == 503
        assert says in trouble(answer)

    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"oidc_issuer": "http://idp.example"}, "https://"),
            ({"oidc_issuer": "idp"}, "https://"),
            ({"oidc_client": ""}, "XIANSUO_OIDC_CLIENT"),
        ],
        ids=str,
    )
    def test_it_is_set_up_wrongly(
        self, office: FastAPI, browser: TestClient, changed: dict[str, str], says: str
    ) -> None:
        with_settings(office, **changed)
        answer = browser.get("/oidc")
        assert answer.status_code == 503
        assert says in trouble(answer)

    def test_the_packages_are_not_installed(self, browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        import xiansuo.gate

        monkeypatch.delattr(xiansuo.gate, "provider", raising=False)
        monkeypatch.setitem(sys.modules, "xiansuo.gate.provider", None)
        answer = browser.get("/oidc")
        assert answer.status_code == 503
        assert "xiansuo[oidc]" in trouble(answer)


def test_no_code_token_or_secret_in_logs_trail_or_pages(
    office: FastAPI, browser: TestClient, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pages, codes = [], []
    for sign in (None, by_a_foreign_key):
        provider.sign = sign
        back = there(browser)
        codes.append(parse_qs(urlsplit(back).query)["code"][0])
        pages.append(browser.get(back).text)
        browser.cookies.clear()
    # What the browser itself puts down of its way, as TestClient and httpx do here, is the browser's own affair.
    ours = [
        record.getMessage()
        for record in caplog.records
        if record.name.split(".")[0] not in ("httpx", "httpcore")
        and "GET http://127.0.0.1/oidc/back" not in record.getMessage()
    ]
    trail = [row.model_dump_json() for row in auditing.trail(office.state.desk)]
    said = "\n".join([*ours, *trail, *pages])
    assert f"{provider.issuer}/token" in said, "the service's own requests are among them"
    assert "is refused: BadSignatureError" in said
    assert len(provider.issued) == 4
    assert [secret for secret in (*provider.issued, *codes, SECRET) if secret in said] == []
    assert SECRET not in repr(office.state.desk.settings)
    assert SECRET not in office.state.desk.settings.model_dump_json()


def test_without_a_provider_there_is_nothing_of_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    with TestClient(
        create_app(settings.model_copy(update={"jobs": "outside", "oidc_issuer": ""})), base_url="http://127.0.0.1"
    ) as browser:
        page = browser.get("/login")
        assert page.status_code == 200
        assert "/oidc" not in page.text
        for path in ("/oidc", "/oidc/back?state=a&code=b"):
            assert browser.get(path).status_code == 404


def test_without_a_provider_nothing_of_it_is_imported() -> None:
    asked = "import sys, xiansuo.app; print(sorted({'authlib', 'joserfc', 'xiansuo.gate.provider'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
