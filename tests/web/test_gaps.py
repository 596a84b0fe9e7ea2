"""Gaps on the page: the chart shows what the table shows, and a cell leads to its documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import Grams
from tests.signing import sign_in
from tests.web.few import informant, opened, pages
from tests.web.test_frame import INLINE
from xiansuo.desk.gap_board import By
from xiansuo.embed import shelf
from xiansuo.settings import Settings


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("gaps")
    with pytest.MonkeyPatch.context() as patch, opened(Settings(home=folder / "home"), folder, patch) as client:
        yield client


@pytest.fixture
def few(office: TestClient) -> TestClient:
    """Nothing is changed in it."""
    return sign_in(office)


@pytest.mark.parametrize("by", get_args(By))
def test_the_chart_shows_what_the_table_shows(few: TestClient, by: str) -> None:
    page = few.get("/gaps", params={"by": by}).text
    assert INLINE.findall(page) == []
    assert "/api/v1/gaps/drawing?" in page
    told = few.get("/api/v1/gaps", params={"by": by}).json()
    option = few.get("/gaps/map.json", params={"by": by}).json()
    if not told["columns"]:
        assert "empty" in option
        return
    assert option["yAxis"]["data"] == [row["gap"]["theme"]["name"] for row in told["rows"]]
    assert option["xAxis"]["data"] == told["labels"]
    cells = [cell for row in told["rows"] for cell in row["cells"]]
    assert len(option["series"][0]["data"]) == len(cells)
    written = [int(each["label"]["formatter"].split("+")[0].replace("—", "0")) for each in option["series"][0]["data"]]
    assert written == [cell["written"] for cell in cells]


def test_every_cell_leads_to_as_many_documents_as_it_counts(few: TestClient) -> None:
    for by in ("time", "unit"):
        told = few.get("/api/v1/gaps", params={"by": by}).json()
        cells = [cell for row in told["rows"] for cell in row["cells"]]
        links = [each["link"] for each in few.get("/gaps/map.json", params={"by": by}).json()["series"][0]["data"]]
        for cell, link in list(zip(cells, links, strict=True))[::3]:
            page = few.get(link)
            assert page.status_code == 200
            assert len(re.findall(r'<li class="line"><a href="/archive/', page.text)) == cell["written"], link
            assert "/prompts?theme=" in page.text


def test_a_theme_leads_to_all_its_documents(few: TestClient) -> None:
    told = few.get("/api/v1/gaps").json()
    for row in told["rows"]:
        page = few.get(f"/gaps/{row['gap']['theme']['id']}").text
        assert set(re.findall(r'href="/archive/(\w+)"', page)) == set(row["gap"]["documents"])
    assert few.get("/gaps/T99").status_code == 404
    assert few.get("/gaps/T1", params={"column": "nonsense"}).status_code == 200


def test_steps_and_versions_are_asked_for(few: TestClient) -> None:
    assert "一季度" in few.get("/gaps", params={"step": "quarter"}).text
    link = few.get("/gaps/map.json", params={"step": "quarter"}).json()["series"][0]["data"][0]["link"]
    assert "Q" in link
    assert "季度" in few.get(link).text
    assert few.get("/gaps", params={"version": "1999"}).status_code == 404
    assert few.get("/gaps", params={"by": "weather"}).status_code == 422


def test_informants_see_gaps(few: TestClient) -> None:
    informant(few)
    assert few.get("/gaps").status_code == 200
    page = few.get("/gaps/T1").text
    assert "/themes/T1" not in page


def test_an_empty_archive_says_what_to_do(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    with pages(settings) as client:
        assert "还没有可以画的空白" in client.get("/gaps").text
        assert "empty" in client.get("/gaps/map.json").json()
