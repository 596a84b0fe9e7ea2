"""The interface's own description is complete: what is sent has an example that is taken, what is refused is told."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient

from tests.signing import sign_in
from xiansuo.access.needs import Need
from xiansuo.app import create_app
from xiansuo.gate.rules import RULES
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

CHINESE = re.compile("[\u4e00-\u9fff]")
SCHEMA = create_app(Settings()).openapi()
OPERATIONS = {f"{method.upper()} {path}": told for path, ms in SCHEMA["paths"].items() for method, told in ms.items()}
BODIES = {
    name: next(iter(told["requestBody"]["content"].items()))
    for name, told in OPERATIONS.items()
    if "requestBody" in told
}
SENT_AS_JSON = {name: body["schema"] for name, (kind, body) in BODIES.items() if kind == "application/json"}
SENT_AS_FORM = {name: body["schema"] for name, (kind, body) in BODIES.items() if kind != "application/json"}


def meant(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference stands for, with what is said beside it."""
    there = SCHEMA["components"]["schemas"][schema["$ref"].split("/")[-1]] if "$ref" in schema else {}
    return {**there, **schema}


def examples(name: str) -> list[Any]:
    told: list[Any] = meant(SENT_AS_JSON[name]).get("examples", [])
    return told


@pytest.mark.parametrize("name", SENT_AS_JSON)
def test_every_body_has_an_example_that_fits(name: str) -> None:
    # References lead into the whole description, so it goes along.
    validator = jsonschema_rs.Draft202012Validator({**SENT_AS_JSON[name], "components": SCHEMA["components"]})
    assert examples(name), name
    for example in examples(name):
        validator.validate(example)
        assert set(example) <= set(meant(SENT_AS_JSON[name]).get("properties", example)), "a field that is not there"


def test_every_example_is_taken_for_well_formed(empty: TestClient) -> None:
    sign_in(empty, "guanli", Role.ADMIN, name="管理员甲")
    for name in SENT_AS_JSON:
        method, path = name.split(" ")
        place = re.sub(r"\{[^}]+\}", "7", path)
        for example in examples(name):
            answer = empty.request(method, place, json=example)
            assert answer.status_code < 500, name
            assert answer.json().get("code") != "malformed", (name, answer.json())


@pytest.mark.parametrize("name", SENT_AS_FORM)
def test_every_field_of_a_form_is_told_in_chinese(name: str) -> None:
    for field, told in meant(SENT_AS_FORM[name])["properties"].items():
        assert CHINESE.search(told.get("description", "")), field


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_says_what_it_does_what_it_takes_and_what_can_go_wrong(name: str) -> None:
    told = OPERATIONS[name]
    assert CHINESE.search(told["summary"])
    assert CHINESE.search(told["tags"][0])
    for parameter in told.get("parameters", ()):
        assert CHINESE.search(parameter["description"]), parameter["name"]
        if parameter["required"]:
            assert parameter["schema"].get("examples"), parameter["name"]
    statuses = set(told["responses"])
    assert {"422", "429", "500", "503"} <= statuses
    if "{" in name:
        assert "404" in statuses
    if RULES[name.replace("{id}", "{id:path}") if "/documents/" in name else name] is not Need.NOTHING:
        assert {"401", "403"} <= statuses
    for status, response in told["responses"].items():
        if status >= "400":
            assert CHINESE.search(response["description"]), status


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.startswith("GET ")])
def test_what_may_be_asked_for_page_by_page_says_so_in_one_way(name: str) -> None:
    parameters = {each["name"]: each for each in OPERATIONS[name].get("parameters", ())}
    schema = OPERATIONS[name]["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {})
    fields = meant(schema).get("properties", {})
    assert ("cursor" in parameters) == ("next" in fields)
    if "cursor" in parameters:
        assert {"limit", "cursor"} <= parameters.keys()
        assert {"type": "null"} in fields["next"]["anyOf"]


def test_an_operation_has_a_name_of_its_own() -> None:
    summaries = [(told["tags"][0], told["summary"]) for told in OPERATIONS.values()]
    assert len(set(summaries)) == len(summaries)
    assert len({told["operationId"] for told in OPERATIONS.values()}) == len(OPERATIONS)
