"""Every operation of the interface, asked with thousands of made-up requests, answers as its description says."""

from __future__ import annotations

import math
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.desk.archives import Grams
from tests.fuzz import office
from tests.serving import serving
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.gate.clock import clock
from xiansuo.settings import Settings

CASES = int(os.environ.get("XIANSUO_FUZZ_CASES", "2050"))
"""How many requests in all, at least."""

SLOW = {
    "POST /api/v1/topics/anew",
    "POST /api/v1/prompts",
    "POST /api/v1/themes",
    "POST /api/v1/checks/batch/file",
    "GET /api/v1/topics/drawing",
    "GET /api/v1/gaps/drawing",
}
"""These draw, cluster, or start a reading process: fewer requests each."""

_SLOWER, _PATIENCE = 4, 120
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
CHINESE = re.compile("[\u4e00-\u9fff]")


def described() -> dict[str, Any]:
    """The interface's own description."""
    return create_app(Settings()).openapi()


SCHEMA = described()
_DESCRIBED = {f"{method.upper()} {path}": told for path, ms in SCHEMA["paths"].items() for method, told in ms.items()}
OPERATIONS = list(_DESCRIBED)
VARIED = [name for name, told in _DESCRIBED.items() if told.get("parameters") or "requestBody" in told]
"""What can be asked in many ways."""
AREAS = sorted({name.split("/")[3] for name in OPERATIONS})


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home to copy."""
    home = tmp_path_factory.mktemp("furnished")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shelf, "load", lambda *_: Grams())
        with Desk(Settings(home=home)) as desk:
            office.furnish(desk, tmp_path_factory.mktemp("papers"))
        yield home


@pytest.fixture
def app(furnished: Path, tmp_path: Path) -> FastAPI:
    """The application over a home of its own, so that areas do not depend on which of them was asked before."""
    home = tmp_path / "office"
    shutil.copytree(furnished, home)
    return create_app(Settings(home=home, jobs="outside", requests_a_minute=10_000_000))


@pytest.mark.parametrize("area", AREAS)
def test_every_answer_is_as_described(app: FastAPI, area: str) -> None:
    schema = schemathesis.openapi.from_dict(SCHEMA)
    names = [name for name in OPERATIONS if name.split("/")[3] == area]
    failed: list[str] = []
    told: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    with serving(app) as address, requests.Session() as session:
        session.trust_env = False
        desk: Desk = app.state.desk
        there = office.known(desk)
        for place, name in enumerate(names):
            session.headers["Authorization"] = f"Bearer {office.key(desk, f'cheng.xu.{place}', clock())}"
            method, path = name.split(" ")

            def ask(case: schemathesis.Case, name: str = name) -> None:
                if name.endswith("/events"):
                    office.quiet(desk, clock())
                answer = case.call_and_validate(
                    base_url=address, session=session, checks=[*CHECKS, told_well], timeout=_PATIENCE
                )
                told[name] += 1
                statuses[answer.status_code] += 1

            try:
                made_up(schema[path][method.lower()], there, area, cases_of(name))(ask)
            except (Exception, ExceptionGroup) as error:
                failed.append(f"{name}\n{error}")
    assert not failed, "\n\n".join(failed)
    assert all(told[name] >= cases_of(name) for name in names if name in VARIED)
    assert any(status < 400 for status in statuses), "nothing of what was asked was ever done"


def made_up(
    operation: Any, there: Mapping[str, Sequence[Any]], area: str, many: int
) -> Callable[[Callable[[schemathesis.Case], None]], None]:
    """Make requests as described and against it; half of the names in them stand for something that is there."""
    cases = operation.as_strategy(GenerationMode.POSITIVE) | operation.as_strategy(GenerationMode.NEGATIVE)

    def run(ask: Callable[[schemathesis.Case], None]) -> None:
        @settings(max_examples=many, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
        @given(case=cases, data=st.data())
        def each(case: schemathesis.Case, data: st.DataObject) -> None:
            for told in (case.path_parameters, case.query, case.body):
                for field in told if isinstance(told, dict) else ():
                    held = there.get(f"{area}/{field}", there.get(field))
                    if held and data.draw(st.booleans()):
                        told[field] = data.draw(st.sampled_from(held))
            ask(case)

        each()

    return run


def cases_of(name: str) -> int:
    """How often an operation is asked."""
    shares = len(VARIED) - len(SLOW) * (1 - 1 / _SLOWER)
    return math.ceil(CASES / shares / (_SLOWER if name in SLOW else 1))


def told_well(_: Any, response: Any, case: schemathesis.Case) -> None:
    """What is refused is told as a problem, in Chinese."""
    if response.status_code < 400 or case.path.startswith("/api/v1/health"):
        return
    (kind,) = response.headers["content-type"]
    assert kind == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert CHINESE.search(problem["title"])
