"""What no well-behaved program sends, to every operation: it is refused and told so, and the service lives on."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.desk.archives import Grams
from tests.fuzz import office
from tests.fuzz.test_schema import CHINESE, OPERATIONS, SCHEMA
from tests.serving import serving
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.gate.clock import clock
from xiansuo.settings import Settings

HUGE = "9" * 5000
BODIES = {
    "nothing": b"",
    "half a document": b'{"title": ',
    "no UTF-8": b'{"title": "\xff\xfe"}',
    "half a surrogate": b'{"title": "\\ud800", "text": "\\udfff", "name": "\\ud800", "wish": "\\ud800"}',
    "NUL": b'{"title": "\\u0000", "text": "\\u0000", "name": "\\u0000", "login": "\\u0000", "wish": "\\u0000"}',
    "no number": b'{"limit": NaN, "weight": Infinity, "days": -Infinity}',
    "a number without end": f'{{"limit": {HUGE}, "weight": {HUGE}, "account": {HUGE}, "version": {HUGE}}}'.encode(),
    "an exponent without end": b'{"limit": 1e999999, "weight": 1e999999, "account": 1e999999}',
    "just beyond 64 bits": b'{"account": 9223372036854775808, "version": 9223372036854775808}',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep in an object": b'{"change":' * 20_000 + b"1" + b"}" * 20_000,
    "a name twice": b'{"title": "1", "title": 2, "name": "1", "name": []}',
    "a list": b"[]",
    "a string": '"稿件"'.encode(),
    "null": b"null",
    "no date": b'{"date": "0000-00-00", "deadline": "9999-99-99", "text": "1"}',
    "the last day": b'{"date": "9999-12-31", "deadline": "9999-12-31", "text": "1", "days": 3650}',
    "the first day": b'{"date": "0001-01-01", "deadline": "0001-01-01", "text": "1", "days": 1}',
    "an overlong text": json.dumps(dict.fromkeys(("title", "text", "name", "wish", "note"), "路" * 300_000)).encode(),
}
TYPES = (
    "application/json",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 200,
    "text/plain",
    "a/b; c=\xe9",
    "",
)
QUERIES = {
    "NUL": "%00",
    "half a sign": "%E8%B7",
    "half an escape": "%",
    "a surrogate": "%ED%A0%80",
    "a number without end": HUGE,
    "beyond 64 bits": "9223372036854775808",
    "the largest": "9223372036854775807",
    "below": "-9223372036854775809",
    "no number": "NaN",
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "no day": "2026-02-30",
    "an emoji": quote("🀄" * 50),
    "signs of a pattern": quote("%_\\'\"(*)[a-"),
    "controls": "%01%1f%7f%c2%85",
}


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[http.client.HTTPConnection, dict[str, str]]]:
    """A connection to a furnished office, and an administrator's key."""
    home: Path = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shelf, "load", lambda *_: Grams())
        with Desk(Settings(home=home)) as desk:
            office.furnish(desk, tmp_path_factory.mktemp("papers"))
            office.quiet(desk, clock())
            key = office.key(desk, "cheng.xu", clock())
        with serving(create_app(Settings(home=home, jobs="outside", requests_a_minute=10_000_000))) as address:
            connection = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=60)
            yield connection, {"Authorization": f"Bearer {key}"}
            connection.close()


def trouble(
    line: tuple[http.client.HTTPConnection, dict[str, str]], name: str, place: str, body: bytes = b"", kind: str = ""
) -> str:
    """Ask; say what is wrong with the answer, if anything is."""
    connection, headers = line
    method = name.split(" ")[0]
    if kind:
        headers = {**headers, "Content-Type": kind}
    connection.request(method, place, body or None, headers)
    answer = connection.getresponse()
    told = answer.read()
    if answer.status in (401, 403) or answer.status >= 500:
        return f"{name}: {answer.status} {told[:200]!r}"
    if answer.status < 400:
        return ""
    problem = json.loads(told) if answer.headers["content-type"] == "application/problem+json" else {}
    known = problem.get("status") == answer.status and CHINESE.search(problem.get("title", ""))
    return "" if known else f"{name}: {answer.status} {told[:200]!r}"


def somewhere(name: str, id: str = "1") -> str:
    return re.sub(r"\{[^}]+\}", id, name.split(" ")[1])


TAKE_BODIES = [
    f"{method.upper()} {path}"
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
    if "requestBody" in operation
]


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_none(line: tuple[http.client.HTTPConnection, dict[str, str]], body: str) -> None:
    found = [trouble(line, name, somewhere(name), BODIES[body], "application/json") for name in TAKE_BODIES]
    assert [each for each in found if each] == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_body_of_another_kind(line: tuple[http.client.HTTPConnection, dict[str, str]], kind: str) -> None:
    found = [trouble(line, name, somewhere(name), '{"text": "路灯"}'.encode(), kind) for name in TAKE_BODIES]
    assert [each for each in found if each] == []


@pytest.mark.parametrize("what", QUERIES)
def test_an_address_that_leads_nowhere(line: tuple[http.client.HTTPConnection, dict[str, str]], what: str) -> None:
    found = [trouble(line, name, somewhere(name, QUERIES[what])) for name in OPERATIONS if "{" in name]
    assert [each for each in found if each] == []


def asked_for() -> dict[str, str]:
    """Each parameter's name once for each kind of value, with an operation that takes it."""
    found = {
        (parameter["name"], json.dumps(parameter["schema"], sort_keys=True)): f"GET {path}"
        for path, methods in SCHEMA["paths"].items()
        for parameter in methods.get("get", {}).get("parameters", ())
        if parameter["in"] == "query" and not path.endswith("/drawing")
    }
    return {f"{name} {parameter}": name for (parameter, _), name in found.items()}


@pytest.mark.parametrize("what", QUERIES)
def test_a_question_that_is_none(line: tuple[http.client.HTTPConnection, dict[str, str]], what: str) -> None:
    found = [
        trouble(line, name, f"{somewhere(name)}?{told.split(' ')[-1]}={QUERIES[what]}")
        for told, name in asked_for().items()
    ]
    assert [each for each in found if each] == []
